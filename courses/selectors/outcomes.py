"""What was earned, as it was on the day it was earned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from core.errors import Missing
from courses.models import CourseCompletion, CourseRun


@dataclass(frozen=True, slots=True)
class CompletionFacts:
    """Everything that credits and certificates say of a completion; nothing of it changes later."""

    completion_id: UUID
    teacher_id: UUID
    teacher_name: str
    unit_id: UUID | None
    unit_name: str
    unit_path: str
    course_id: UUID
    course_code: str
    course_title: str
    run_code: str
    category_id: UUID
    category_code: str
    category_name: str
    credit_hours: Decimal
    completed_on: date
    rule_version: int


def completion_facts(completion_id: UUID) -> CompletionFacts:
    """The frozen facts of a completion. Raises Missing where there is none."""
    return facts_of_completions([completion_id])[0]


def facts_of_completions(completion_ids: Sequence[UUID]) -> list[CompletionFacts]:
    """The frozen facts of completions, in their order, in one query. Raises Missing."""
    rows = CourseCompletion.objects.select_related("enrolment__run").in_bulk(completion_ids)
    if len(rows) < len(set(completion_ids)):
        raise Missing
    return [_facts(rows[completion_id]) for completion_id in completion_ids]


def _facts(row: CourseCompletion) -> CompletionFacts:
    return CompletionFacts(
        completion_id=row.pk,
        teacher_id=row.enrolment.teacher_id,
        teacher_name=row.teacher_name,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        unit_path=row.unit_path,
        course_id=row.enrolment.run.course_id,
        course_code=row.course_code,
        course_title=row.course_title,
        run_code=row.run_code,
        category_id=row.category_id,
        category_code=row.category_code,
        category_name=row.category_name,
        credit_hours=row.credit_hours,
        completed_on=row.completed_on,
        rule_version=row.rule_version,
    )


def completions_of_run(run: CourseRun) -> QuerySet[CourseCompletion]:
    """The completions of a run, oldest first, whatever its code was when they came."""
    rows = CourseCompletion.objects.filter(enrolment__run=run)
    return rows.order_by("completed_at", "pk")


def runs_with_code(code: str) -> list[CourseRun]:
    """The run that bears the code; where none does, the runs that bore it at a completion."""
    bearers = list(CourseRun.objects.filter(code=code))
    if bearers:
        return bearers
    bore = CourseCompletion.objects.filter(run_code=code).values("enrolment__run")
    return list(CourseRun.objects.filter(pk__in=bore).order_by("code"))


def titles_of(completion_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Completion → its course's title in the reader's language, where it is another than Chinese
    and known.
    """
    return english_titles_of(completion_ids) if get_language() == "en" else {}


def english_titles_of(completion_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Completion → its course's English title, where there is one."""
    return _in_english(completion_ids, "enrolment__run__course__title_en")


def categories_of(completion_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Completion → the name of its credit category; as for `titles_of`."""
    if get_language() != "en":
        return {}
    return _in_english(completion_ids, "category__name_en")


def _in_english(completion_ids: Iterable[UUID | None], field: str) -> dict[UUID, str]:
    rows = CourseCompletion.objects.filter(pk__in={pk for pk in completion_ids if pk})
    return dict(rows.exclude(**{field: ""}).values_list("pk", field))
