"""Course content as its editors list it: what tells one row from another comes along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, OuterRef, Prefetch, Q, QuerySet, Subquery

from core.errors import Missing
from courses.models import (
    Course,
    CourseEditor,
    CoursePage,
    CourseRun,
    CourseState,
    Lesson,
    Question,
    QuestionBank,
    QuestionVersion,
    Quiz,
)
from courses.permissions import keeps_courses

Rows = QuerySet[Any]


def listed(rows: Rows) -> Rows:
    """The rows with what their list shows; the number of queries does not grow with them."""
    widen = _WIDER.get(rows.model)
    return widen(rows) if widen else rows


def get_kept_course_for(*, viewer: Any, course_id: UUID) -> Course:
    """A course for those who keep all courses by post. Raises Missing for everybody else."""
    course = Course.objects.filter(pk=course_id).first() if keeps_courses(viewer) else None
    if course is None:
        raise Missing
    return course


def co_editors_of(course: Course) -> QuerySet[CourseEditor]:
    """Who edits the course although no post says so, with account and person, by name."""
    rows = CourseEditor.objects.filter(content_object=course)
    return rows.select_related("user__teacher").order_by("user__name", "pk")


def get_co_editor_of(course: Course, user_id: UUID) -> CourseEditor:
    """One co-editor of the course. Raises Missing for any other account."""
    row = co_editors_of(course).filter(user=user_id).first()
    if row is None:
        raise Missing
    return row


def lacks_page(course: Course) -> bool:
    """Whether the course is on offer and has no page that the public can read."""
    offered = course.state == CourseState.PUBLISHED
    return offered and not CoursePage.objects.live().filter(course=course.pk).exists()


def _in_use(path: str) -> Count:
    """Questions that are put to new attempts."""
    return Count(path, filter=Q(**{f"{path}__retired_at__isnull": True}), distinct=True)


def _newest_wording() -> Subquery:
    versions = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values("text")[:1])


_IN_COURSE = ("position", "created_at")
_WIDER: dict[type[Model], Callable[[Rows], Rows]] = {
    Course: lambda rows: (
        rows.select_related("category")
        .annotate(shared_with=Count("editors", distinct=True))
        .prefetch_related(Prefetch("page", queryset=CoursePage.objects.defer_streamfields()))
    ),
    CourseRun: lambda rows: rows.select_related("course"),
    Lesson: lambda rows: rows.select_related("course", "recording").order_by(
        "course__title", "course__code", *_IN_COURSE
    ),
    QuestionBank: lambda rows: rows.select_related("course").annotate(in_use=_in_use("questions")),
    Question: lambda rows: (
        rows.select_related("bank__course")
        .annotate(wording=_newest_wording())
        .order_by("bank__course__title", "bank__course__code", "bank__name", "bank", *_IN_COURSE)
    ),
    Quiz: lambda rows: rows.select_related("lesson__course", "bank").annotate(
        in_use=_in_use("bank__questions")
    ),
}
