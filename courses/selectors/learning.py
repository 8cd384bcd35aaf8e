"""What one viewer may open: runs, enrolments and lessons, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from core import clock
from core.errors import Missing
from courses.models import Course, CourseRun, Enrolment, EnrolmentState, Lesson
from courses.permissions import (
    LEARNING_STATES,
    can_view_progress,
    visible_enrolments,
    visible_lessons,
    visible_runs,
)
from schools.models import Teacher
from schools.permissions import scope_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How a viewer stands to a course: signed in, a teacher, taking part in which run."""

    teacher: Teacher | None
    enrolment: Enrolment | None
    runs: list[CourseRun]


def get_run_for(*, viewer: Any, code: str) -> CourseRun:
    """The run with this code. Raises Missing where the viewer may not see it."""
    run = visible_runs(viewer).select_related("course__category").filter(code=code).first()
    if run is None:
        raise Missing
    return run


def get_run_by_id_for(*, viewer: Any, run_id: UUID) -> CourseRun:
    """The run with this id. Raises Missing where the viewer may not see it."""
    run = visible_runs(viewer).select_related("course__category").filter(pk=run_id).first()
    if run is None:
        raise Missing
    return run


def get_enrolment_for(*, viewer: Any, enrolment_id: UUID) -> Enrolment:
    """The enrolment with this id. Raises Missing where the viewer may not see it."""
    rows = visible_enrolments(viewer).select_related("run__course__category", "teacher", "rule")
    enrolment = rows.filter(pk=enrolment_id).first()
    if enrolment is None:
        raise Missing
    return enrolment


def get_learning_for(*, viewer: Any, code: str) -> Enrolment:
    """The viewer's own enrolment in the run with this code. Raises Missing without one.

    Where there is none, the one that was completed when its run had this code: notices and
    bookmarks outlive a correction.
    """
    teacher = scope_of(viewer).teacher
    if teacher is None:
        raise Missing
    own = Enrolment.objects.filter(teacher=teacher, state__in=LEARNING_STATES)
    rows = own.select_related("run__course__category", "rule")
    before = rows.filter(completion__run_code=code).order_by("-completion__completed_at")
    enrolment = rows.filter(run__code=code).first() or before.first()
    if enrolment is None:
        raise Missing
    return enrolment


def get_own_enrolment_for(*, viewer: Any, code: str) -> Enrolment:
    """The viewer's newest enrolment in the run with this code, left or not. Raises Missing."""
    teacher = scope_of(viewer).teacher
    rows = Enrolment.objects.filter(run__code=code, teacher=teacher).order_by("-pass_number")
    enrolment = rows.first() if teacher else None
    if enrolment is None:
        raise Missing
    return enrolment


def get_progress_run_for(*, viewer: Any, code: str) -> CourseRun:
    """The run whose learners the viewer may look at. Raises Missing.

    A run that is not offered is found by whom its learners stand under, and by nobody else.
    """
    if not can_view_progress(viewer):
        raise Missing
    learned = visible_enrolments(viewer).values("run")
    found = CourseRun.objects.filter(
        Q(pk__in=visible_runs(viewer).values("pk")) | Q(pk__in=learned), code=code
    )
    run = found.select_related("course__category").first()
    if run is None:
        raise Missing
    return run


def get_lesson_for(*, viewer: Any, lesson_id: UUID, enrolment: Enrolment | None = None) -> Lesson:
    """The lesson with this id. Raises Missing unless the viewer learns in its course.

    With an enrolment, it is a lesson of that run's course.
    """
    rows = visible_lessons(viewer).select_related("course", "recording", "quiz")
    if enrolment is not None:
        rows = rows.filter(course=enrolment.run.course_id)
    lesson = rows.filter(pk=lesson_id).first()
    if lesson is None:
        raise Missing
    return lesson


def my_enrolments(viewer: Any) -> QuerySet[Enrolment]:
    """The viewer's own enrolments that are under way or completed, those under way first."""
    teacher = scope_of(viewer).teacher
    if teacher is None:
        return Enrolment.objects.none()
    rows = Enrolment.objects.filter(teacher=teacher, state__in=LEARNING_STATES)
    return rows.select_related("run__course__category", "rule").order_by(
        _under_way_first(), "run__learn_closes_on", "-enrolled_at"
    )


def learning_enrolment(
    teacher: Teacher, lesson: Lesson, named: UUID | None = None
) -> Enrolment | None:
    """The enrolment to which the teacher's work on a lesson counts: the named one or none.

    Without a name one under way whose learning is open comes first, then any other under way,
    then a completed.
    """
    today = clock.today()
    rows = _enrolments_with(teacher, lesson)
    if named is not None:
        return rows.filter(pk=named).first()
    return min(
        rows,
        key=lambda row: (
            row.state != EnrolmentState.ENROLLED,
            not row.run.learning_window.holds(today),
        ),
        default=None,
    )


def is_ahead(enrolment: Enrolment) -> bool:
    """Whether learning has not begun, so that its lessons show nothing yet."""
    begun = enrolment.state == EnrolmentState.COMPLETED
    return not begun and enrolment.run.learning_window.is_ahead(clock.today())


def has_begun(teacher: Teacher, lesson: Lesson) -> bool:
    """Whether learning has begun in some run that shows the teacher this lesson."""
    return any(not is_ahead(row) for row in _enrolments_with(teacher, lesson))


def standing_in(*, viewer: Any, course: Course) -> Standing:
    """How the viewer stands to a course on offer."""
    runs = list(getattr(course, "offered", ()))
    teacher = scope_of(viewer).teacher
    if teacher is None:
        return Standing(None, None, runs)
    rows = Enrolment.objects.filter(teacher=teacher, run__course=course, state__in=LEARNING_STATES)
    enrolment = rows.select_related("run").order_by(_under_way_first(), "-enrolled_at").first()
    return Standing(teacher, enrolment, runs)


def _enrolments_with(teacher: Teacher, lesson: Lesson) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(
        teacher=teacher, run__course=lesson.course_id, state__in=LEARNING_STATES
    )
    return rows.select_related("run__course", "rule").order_by("-enrolled_at")


def _under_way_first() -> Case:
    return Case(
        When(state=EnrolmentState.ENROLLED, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
