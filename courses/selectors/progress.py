"""How far learners are: one computation for every screen, list and answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from courses.models import (
    CompletionRule,
    CourseCompletion,
    CourseRun,
    Enrolment,
    EnrolmentState,
    Lesson,
    LessonCompletion,
    LessonKind,
    WatchRow,
)
from courses.permissions import visible_enrolments
from courses.rules.completion import Explanation, Facts, best, evaluate, lessons_of
from courses.rules.watching import watched_percent


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """One lesson of an enrolment: its whole per cent, when it was first completed, and by what."""

    lesson: Lesson
    percent: int
    completed_at: datetime | None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an enrolment is, and why."""

    percent: int
    completed_at: datetime | None
    lessons: tuple[LessonProgress, ...]
    explanation: Explanation

    @property
    def next_lesson(self) -> Lesson | None:
        """The first lesson that still counts, then the first that is open."""
        missing = self.explanation.missing()
        waiting = [row.lesson for row in self.lessons if row.completed_at is None]
        needed = [lesson for lesson in waiting if lesson.pk in missing]
        return next(iter(needed or waiting), None)

    def of(self, lesson: Lesson) -> LessonProgress | None:
        """The row of one lesson."""
        return next((row for row in self.lessons if row.lesson.pk == lesson.pk), None)


def progress_of(enrolment: Enrolment) -> Progress:
    """How far one enrolment is."""
    return progress_of_many([enrolment])[enrolment.pk]


def progress_of_many(enrolments: Sequence[Enrolment]) -> dict[UUID, Progress]:
    """How far these enrolments are, in six queries however many they are."""
    ground = _Ground(enrolments)
    return {enrolment.pk: ground.progress(enrolment) for enrolment in enrolments}


def explain(enrolment: Enrolment) -> tuple[CompletionRule, Explanation]:
    """The kindest verdict on an enrolment, and the version of the rule that gives it."""
    return _Ground([enrolment]).judged(enrolment)


def met_rules(enrolments: Sequence[Enrolment]) -> set[UUID]:
    """Those of the enrolments whose rule is met, whatever their state says."""
    ground = _Ground(enrolments)
    return {enrolment.pk for enrolment in enrolments if ground.judged(enrolment)[1].met}


def run_progress(*, viewer: Any, run: CourseRun) -> QuerySet[Enrolment]:
    """The learners of a run whom the viewer may see, by staff number."""
    rows = visible_enrolments(viewer).filter(run=run)
    rows = rows.exclude(state=EnrolmentState.WITHDRAWN)
    return rows.select_related("teacher", "rule", "run").order_by("teacher__staff_number", "pk")


class _Ground:
    """Everything that the progress of some enrolments is computed from."""

    def __init__(self, enrolments: Sequence[Enrolment]) -> None:
        runs = dict(
            CourseRun.objects.filter(pk__in={row.run_id for row in enrolments}).values_list(
                "pk", "course_id"
            )
        )
        self.courses = runs
        self.lessons = _lessons(set(runs.values()))
        self.rules = _rules(set(runs.values()))
        self.done = _done(enrolments)
        self.completed = _completed(enrolments)
        self.watched = _watched({row.teacher_id for row in enrolments}, self.lessons)

    def progress(self, enrolment: Enrolment) -> Progress:
        done = self.done[enrolment.pk]
        percents = self._percents(enrolment)
        lessons = tuple(
            LessonProgress(lesson, 100, *done[lesson.pk])
            if lesson.pk in done
            else LessonProgress(lesson, percents[lesson.pk], None)
            for lesson in self._lessons_of(enrolment)
            if lesson.withdrawn_at is None
        )
        _rule, explanation = self.judged(enrolment)
        if enrolment.state == EnrolmentState.COMPLETED:
            return Progress(100, self.completed[enrolment.pk], lessons, explanation)
        before = max(self._before_withdrawals(enrolment), default=0)
        percent = min(99, max(explanation.percent, before))
        return Progress(percent, None, lessons, explanation)

    def _before_withdrawals(self, enrolment: Enrolment) -> Iterator[int]:
        """The per cent as it was before each withdrawal since the learner began, by what is done
        now: work on a lesson that went is not lost, so nobody ever falls back.
        """
        gone = [
            (row.withdrawn_at, row.pk)
            for row in self._lessons_of(enrolment)
            if row.withdrawn_at is not None and row.withdrawn_at >= enrolment.enrolled_at
        ]
        rows = [pk for _at, pk in sorted(gone)]
        for first in range(len(rows)):
            yield self.judged(enrolment, frozenset(rows[first:]))[1].percent

    def judged(
        self, enrolment: Enrolment, as_if_offered: frozenset[UUID] = frozenset()
    ) -> tuple[CompletionRule, Explanation]:
        rules = self.rules[self.courses[enrolment.run_id]]
        offered = {row.pk for row in self._lessons_of(enrolment) if not row.withdrawn_at}
        named = {lesson for rule in rules for lesson in lessons_of(rule.data)}
        facts = Facts(
            done=frozenset(self.done[enrolment.pk]),
            percents=self._percents(enrolment),
            withdrawn=frozenset(named - offered - as_if_offered),
        )
        own = [rule for rule in rules if rule.pk == enrolment.rule_id]
        later = [rule for rule in rules if rule.version > own[0].version]
        return best((rule, evaluate(rule.data, facts)) for rule in [*own, *later])

    def _percents(self, enrolment: Enrolment) -> dict[UUID, int]:
        return {
            lesson.pk: min(99, self.watched.get((enrolment.teacher_id, lesson.recording_id), 0))
            for lesson in self._lessons_of(enrolment)
        }

    def _lessons_of(self, enrolment: Enrolment) -> list[Lesson]:
        return self.lessons[self.courses[enrolment.run_id]]


def _completed(enrolments: Iterable[Enrolment]) -> dict[UUID, datetime]:
    rows = CourseCompletion.objects.filter(enrolment__in=[row.pk for row in enrolments])
    return dict(rows.values_list("enrolment_id", "completed_at"))


def _lessons(courses: set[UUID]) -> dict[UUID, list[Lesson]]:
    grouped: dict[UUID, list[Lesson]] = defaultdict(list)
    for lesson in Lesson.objects.filter(course__in=courses).defer("text"):
        grouped[lesson.course_id].append(lesson)
    return grouped


def _rules(courses: set[UUID]) -> dict[UUID, list[CompletionRule]]:
    grouped: dict[UUID, list[CompletionRule]] = defaultdict(list)
    for rule in CompletionRule.objects.filter(course__in=courses).order_by("version"):
        grouped[rule.course_id].append(rule)
    return grouped


def _done(enrolments: Iterable[Enrolment]) -> dict[UUID, dict[UUID, tuple[datetime, str]]]:
    grouped: dict[UUID, dict[UUID, tuple[datetime, str]]] = defaultdict(dict)
    rows = LessonCompletion.objects.filter(enrolment__in=[row.pk for row in enrolments])
    wanted = ("enrolment_id", "lesson_id", "completed_at", "evidence")
    for enrolment, lesson, at, evidence in rows.values_list(*wanted):
        grouped[enrolment][lesson] = (at, evidence)
    return grouped


def _watched(
    teachers: set[UUID], lessons: dict[UUID, list[Lesson]]
) -> dict[tuple[UUID, UUID | None], int]:
    """The furthest coverage of any cut: a new cut takes no progress away."""
    recordings = {
        lesson.recording_id
        for rows in lessons.values()
        for lesson in rows
        if lesson.kind == LessonKind.RECORDING
    }
    furthest: dict[tuple[UUID, UUID | None], int] = defaultdict(int)
    rows = WatchRow.objects.filter(
        teacher__in=teachers, version__recording__in=recordings, watched_ms__gt=0
    ).values_list("teacher_id", "version__recording_id", "watched_ms", "version__duration_ms")
    for teacher, recording, watched_ms, duration_ms in rows:
        key = (teacher, recording)
        furthest[key] = max(furthest[key], watched_percent(watched_ms, duration_ms))
    return furthest
