"""Completions, marks and watched times that do not follow from their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from courses.models import (
    Attempt,
    AttemptState,
    CompletionRule,
    CourseCompletion,
    Enrolment,
    EnrolmentState,
    LessonCompletion,
    WatchRow,
)
from courses.rules.completion import completion_digest
from courses.rules.intervals import decode, length
from courses.rules.quizzes import score
from courses.selectors.progress import met_rules

AT_ONCE = 100
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored figure that its evidence does not give."""

    kind: str
    thing_id: UUID
    detail: str = ""


def differences() -> Iterator[Difference]:
    """Every enrolment, completion, attempt and watched time that does not add up."""
    yield from _enrolments()
    yield from _completions()
    yield from _marks()
    yield from _watched_times()


def _enrolments() -> Iterator[Difference]:
    """States against completions, and both against the rule as it is judged now."""
    done = Q(state=EnrolmentState.COMPLETED)
    recorded = CourseCompletion.objects.filter(enrolment=OuterRef("pk"))
    rows = Enrolment.objects.annotate(is_recorded=Exists(recorded))
    for pk in rows.filter(done, is_recorded=False).values_list("pk", flat=True):
        yield Difference("completed_without_completion", pk)
    for pk in rows.filter(~done, is_recorded=True).values_list("pk", flat=True):
        yield Difference("completion_of_open_enrolment", pk)
    learning = rows.filter(done | Q(state=EnrolmentState.ENROLLED)).order_by("pk")
    for batch in _in_batches(learning):
        meeting = met_rules(batch)
        for row in batch:
            met = row.pk in meeting
            if met != (row.state == EnrolmentState.COMPLETED) and _still_differs(row):
                kind = "rule_met_without_completion" if met else "completed_without_evidence"
                yield Difference(kind, row.pk)


def _still_differs(enrolment: Enrolment) -> bool:
    """Whether state and rule differ when both are read anew, the state last: who completes
    meanwhile is no difference.
    """
    met = enrolment.pk in met_rules([enrolment])
    done = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.COMPLETED)
    return met != done.exists()


def _completions() -> Iterator[Difference]:
    """The digest that was taken on that day against the evidence that was there."""
    rows = CourseCompletion.objects.select_related("enrolment__run").order_by("pk")
    for batch in _in_batches(rows):
        rules = _rules(batch)
        lessons = _lessons_done(batch)
        for row in batch:
            rule = rules.get((row.enrolment.run.course_id, row.rule_version))
            if rule is None or not _bears_out(lessons[row.enrolment_id], rule, row):
                yield Difference("completion_differs_from_evidence", row.pk)


def _bears_out(lessons: list[tuple[UUID, str]], rule: Any, row: CourseCompletion) -> bool:
    """Whether the lessons that the completion names make it up: others came later."""
    if row.lessons is None:
        return _some_first_bear_out(lessons, rule, row)
    named = {lesson: evidence for lesson, evidence in lessons if str(lesson) in row.lessons}
    return completion_digest(named, rule) == row.evidence_digest


def _some_first_bear_out(lessons: list[tuple[UUID, str]], rule: Any, row: CourseCompletion) -> bool:
    """The same of a completion of an older release, which names none: it is told by the times."""
    return any(
        completion_digest(dict(lessons[:count]), rule) == row.evidence_digest
        for count in range(len(lessons), 0, -1)
    )


def _rules(completions: Sequence[CourseCompletion]) -> dict[tuple[UUID, int], Any]:
    courses = {row.enrolment.run.course_id for row in completions}
    rules = CompletionRule.objects.filter(course__in=courses)
    return {(rule.course_id, rule.version): rule.data for rule in rules}


def _lessons_done(
    completions: Sequence[CourseCompletion],
) -> dict[UUID, list[tuple[UUID, str]]]:
    grouped: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = LessonCompletion.objects.filter(enrolment__in=[row.enrolment_id for row in completions])
    wanted = ("enrolment_id", "lesson_id", "evidence_digest")
    for enrolment, lesson, evidence in rows.order_by("completed_at").values_list(*wanted):
        grouped[enrolment].append((lesson, evidence))
    return grouped


def _marks() -> Iterator[Difference]:
    """Marks against the answers that were given and the right ones of that wording."""
    ended = Attempt.objects.exclude(state=AttemptState.OPEN).order_by("pk")
    for batch in _in_batches(ended.prefetch_related("responses__version")):
        for row in batch:
            answers = {answer.pk: answer for answer in row.responses.all()}
            result = score(
                {pk: answer.chosen for pk, answer in answers.items()},
                {pk: answer.version.correct for pk, answer in answers.items()},
                row.pass_percent,
            )
            marked = (row.right, row.percent, row.passed)
            if marked != (result.right, result.percent, result.passed):
                yield Difference("mark_differs_from_answers", row.pk)


def _watched_times() -> Iterator[Difference]:
    """Watched times that are not the length of the ranges that were watched."""
    rows = WatchRow.objects.order_by("pk").values_list("pk", "media", "watched_ms")
    for pk, media, watched_ms in rows.iterator(chunk_size=2000):
        try:
            told = length(decode(media))
        except ValueError:
            yield Difference("ranges_unreadable", pk)
        else:
            if told != watched_ms:
                yield Difference("watched_time_differs_from_ranges", pk, f"{watched_ms} {told}")


def _in_batches(rows: QuerySet[M]) -> Iterator[list[M]]:
    stream = rows.iterator(chunk_size=AT_ONCE)
    while batch := list(islice(stream, AT_ONCE)):
        yield batch
