"""What the objects of learning are called in the access log: identity, for auditors only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from core.trace import Thing, named
from courses.models import Course, CourseCompletion, CourseRun, Enrolment, Lesson
from schools.models import Role
from schools.permissions import scope_of
from schools.selectors.names import teacher_name


def _learner(row: Enrolment | CourseCompletion) -> str:
    return teacher_name(row.enrolment.teacher if isinstance(row, CourseCompletion) else row.teacher)


NAMED: Final[dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any], str]]]] = {
    "courses.course": (Course.objects.all, str),
    "courses.courserun": (CourseRun.objects.all, lambda run: run.code),
    "courses.lesson": (Lesson.objects.all, str),
    "courses.enrolment": (lambda: Enrolment.objects.select_related("teacher"), _learner),
    "courses.coursecompletion": (
        lambda: CourseCompletion.objects.select_related("enrolment__teacher"),
        _learner,
    ),
}
"""An enrolment and a completion are called by their learner: what was learnt is content."""


def learning_names(viewer: Any, wanted: Mapping[str, Collection[str]]) -> dict[Thing, str]:
    """Names of courses and learners by kind and id; nothing for anybody but an auditor."""
    return named(NAMED, wanted) if scope_of(viewer).holds(Role.AUDITOR) else {}
