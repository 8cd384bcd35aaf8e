"""Who edits courses, who learns in them, and who sees how far others are.

Rights come from dated posts; a course's co-editors are the one exception, kept by guardian in
its own table. A superuser is not special here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm
from wagtail.permission_policies import BasePermissionPolicy

from core import clock
from courses.models import (
    Course,
    CourseEditor,
    CourseRun,
    CourseState,
    CreditCategory,
    Enrolment,
    EnrolmentState,
    Lesson,
    Question,
    QuestionBank,
    Quiz,
    RunState,
)
from schools.models import Employment, Role, Teacher
from schools.permissions import scope_of, works_under

COURSE_KEEPERS = (Role.EDITOR, Role.BUREAU_OFFICER)
"""Who keeps every course: content, runs, lessons and questions."""
PROGRESS_READERS = (
    Role.PRINCIPAL,
    Role.DEPUTY,
    Role.SCHOOL_ADMIN,
    Role.REGISTRAR,
    Role.COUNTY_OFFICER,
    Role.BUREAU_OFFICER,
)
"""Who sees how far the people under their unit are."""
LEARNING_STATES = (EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)
EDIT = "courses.change_course"


def keeps_courses(user: Any) -> bool:
    """Whether the user keeps all courses by post."""
    return scope_of(user).holds(*COURSE_KEEPERS)


def shared_courses(user: Any) -> QuerySet[Course]:
    """The courses that colleagues share with the user, whatever posts say, while the user works for
    a unit of the bureau."""
    teacher = scope_of(user).teacher
    if teacher is None or not employed_today().filter(teacher=teacher).exists():
        return Course.objects.none()
    shared: QuerySet[Course] = get_objects_for_user(
        user, EDIT, Course, use_groups=False, with_superuser=False, accept_global_perms=False
    )
    return shared


def editable_courses(user: Any) -> QuerySet[Course]:
    """The courses whose content the user may change."""
    return Course.objects.all() if keeps_courses(user) else shared_courses(user)


def can_edit_course(user: Any, course: Course) -> bool:
    """Whether the course is among the user's editable courses."""
    return keeps_courses(user) or shared_courses(user).filter(pk=course.pk).exists()


def share_course(user: Any, course: Course) -> bool:
    """Let a colleague edit one course; whether that is new. Repeating is harmless."""
    is_new = not CourseEditor.objects.filter(user=user, content_object=course).exists()
    assign_perm(EDIT, user, course)
    return is_new


def unshare_course(user: Any, course: Course) -> bool:
    """Take a colleague's right to edit one course back; whether there was one. Repeating is
    harmless."""
    was_there = CourseEditor.objects.filter(user=user, content_object=course).exists()
    remove_perm(EDIT, user, course)
    return was_there


def co_editors() -> QuerySet[Any]:
    """The ids of all accounts with which some course is shared, of people who work today."""
    people = employed_today().values("teacher__user")
    return CourseEditor.objects.filter(user__in=people).values("user")


def employed_today() -> QuerySet[Any]:
    """The rows of those who work for some unit today."""
    return Employment.objects.on(clock.today())


def offered_courses() -> QuerySet[Course]:
    """The courses that everybody may see."""
    return Course.objects.filter(state=CourseState.PUBLISHED)


def offered_runs() -> QuerySet[CourseRun]:
    """The runs that everybody may see."""
    return CourseRun.objects.filter(state=RunState.PUBLISHED, course__state=CourseState.PUBLISHED)


def visible_runs(user: Any) -> QuerySet[CourseRun]:
    """Runs on offer, runs the user takes part in, and runs of courses the user edits."""
    teacher = scope_of(user).teacher
    mine = Q(enrolments__teacher=teacher) if teacher else Q(pk__in=[])
    return CourseRun.objects.filter(
        pk__in=CourseRun.objects.filter(
            Q(state=RunState.PUBLISHED, course__state=CourseState.PUBLISHED)
            | mine
            | Q(course__in=editable_courses(user))
        ).values("pk")
    )


def visible_lessons(user: Any) -> QuerySet[Lesson]:
    """Lessons of the courses that the user learns in."""
    teacher = scope_of(user).teacher
    if teacher is None:
        return Lesson.objects.none()
    learning = Enrolment.objects.filter(teacher=teacher, state__in=LEARNING_STATES)
    return Lesson.objects.filter(
        course__in=learning.values("run__course"), withdrawn_at__isnull=True
    )


def visible_enrolments(user: Any) -> QuerySet[Enrolment]:
    """The user's own enrolments and those of people under the user's units.

    Who keeps a course sees its content, not how far its learners are.
    """
    scope = scope_of(user)
    condition = Q(pk__in=[])
    if scope.teacher is not None:
        condition |= Q(teacher=scope.teacher)
    paths = scope.paths(*PROGRESS_READERS)
    if paths:
        condition |= Q(teacher__in=Teacher.objects.filter(works_under(paths)).values("pk"))
    return Enrolment.objects.filter(condition)


def can_view_enrolment(user: Any, enrolment: Enrolment) -> bool:
    """Whether the enrolment is among the user's visible enrolments."""
    scope = scope_of(user)
    if scope.teacher is not None and enrolment.teacher_id == scope.teacher.pk:
        return True
    paths = scope.paths(*PROGRESS_READERS)
    under = Teacher.objects.filter(works_under(paths), pk=enrolment.teacher_id)
    return bool(paths) and under.exists()


def can_view_progress(user: Any) -> bool:
    """Whether the user may open lists of learners; which rows they show is another matter."""
    return scope_of(user).holds(*PROGRESS_READERS)


class CoursePartPolicy(BasePermissionPolicy):
    """Wagtail's question to us: parts of a course follow the course; nothing is deleted here."""

    def __init__(self, model: type[Model], to_course: str) -> None:
        super().__init__(model)
        self.to_course = to_course

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this to some instance."""
        if action == "delete":
            return False
        if not self.to_course or (self.model is Course and action == "add"):
            return keeps_courses(user)
        return keeps_courses(user) or shared_courses(user).exists()

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Whether the user may do one of these to some instance."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Whether the user may do this to the instance."""
        reach = self.instances_user_has_permission_for(user, action)
        return bool(reach.filter(pk=instance.pk).exists())

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        """Whether the user may do one of these to the instance."""
        return any(self.user_has_permission_for_instance(user, each, instance) for each in actions)

    def instances_user_has_permission_for(self, user: Any, action: str) -> Any:
        """The instances to which the user may do this."""
        return self.instances_user_has_any_permission_for(user, [action])

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """The instances to which the user may do one of these."""
        rows = self.model._default_manager.all()
        if set(actions) <= {"delete"}:
            return rows.none()
        if keeps_courses(user):
            return rows
        if not self.to_course:
            return rows.none()
        return rows.filter(**{f"{self.to_course}__in": shared_courses(user).values("pk")})

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """Nobody is listed: rights come from posts, not from accounts."""
        return get_user_model()._default_manager.none()


def reach_of(model: type[Model]) -> CoursePartPolicy:
    """The policy of one kind of course content."""
    return CoursePartPolicy(model, PATHS_TO_COURSE[model])


PATHS_TO_COURSE: dict[type[Model], str] = {
    CreditCategory: "",
    Course: "pk",
    CourseRun: "course",
    Lesson: "course",
    QuestionBank: "course",
    Question: "bank__course",
    Quiz: "lesson__course",
}
