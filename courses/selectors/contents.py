"""Course content as its editors list it: what tells one row from another comes along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery

from courses.models import (
    Course,
    CourseRun,
    Lesson,
    Question,
    QuestionBank,
    QuestionVersion,
    Quiz,
)

Rows = QuerySet[Any]


def listed(rows: Rows) -> Rows:
    """The rows with what their list shows; the number of queries does not grow with them."""
    widen = _WIDER.get(rows.model)
    return widen(rows) if widen else rows


def _in_use(path: str) -> Count:
    """Questions that are put to new attempts."""
    return Count(path, filter=Q(**{f"{path}__retired_at__isnull": True}), distinct=True)


def _newest_wording() -> Subquery:
    versions = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number")
    return Subquery(versions.values("text")[:1])


_WIDER: dict[type[Model], Callable[[Rows], Rows]] = {
    Course: lambda rows: rows.select_related("category"),
    CourseRun: lambda rows: rows.select_related("course"),
    Lesson: lambda rows: rows.select_related("course", "recording"),
    QuestionBank: lambda rows: rows.select_related("course").annotate(in_use=_in_use("questions")),
    Question: lambda rows: rows.select_related("bank__course").annotate(wording=_newest_wording()),
    Quiz: lambda rows: rows.select_related("lesson__course", "bank").annotate(
        in_use=_in_use("bank__questions")
    ),
}
