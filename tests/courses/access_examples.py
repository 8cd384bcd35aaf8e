"""Runs, lessons and attempts for the access sweep."""

from __future__ import annotations

from datetime import date
from typing import Any

from courses import services
from courses.models import CourseRun, Lesson, LessonKind, Quiz
from tests.access.examples import Case, example
from tests.access.town import SIGNED_IN, Town
from tests.courses.build import a_course, a_run, lesson_of, offer_transcript, right_answers

EDITORS = {"editor", "bureau"}
READERS = {"principal", "schooladmin", "registrar", "county", "bureau"}
LONG = date(2099, 1, 1)


def a_long_run(town: Town) -> CourseRun:
    """A run that is open today, with the teacher and the stranger in it."""
    run = a_run(a_course(), enrol_closes_on=LONG, learn_closes_on=LONG)
    for role in ("teacher", "stranger"):
        services.enrol(actor=town.user(role), run=run)
    return run


def a_hidden_run() -> CourseRun:
    """A run of a course that is still being written."""
    return a_run(a_course("尚未发布的课程", code="XL-02", publish=False), code="XL-02-A")


@example("courses:enrol")
def runs_to_enrol_in(town: Town) -> list[Case]:
    return [
        Case("on offer", {"code": a_long_run(town).code}, SIGNED_IN),
        Case("not on offer", {"code": a_hidden_run().code}, EDITORS),
    ]


@example("api:enrolments")
def runs_by_id(town: Town) -> list[Case]:
    return [
        Case("on offer", {"run_id": a_long_run(town).pk}, SIGNED_IN),
        Case("not on offer", {"run_id": a_hidden_run().pk}, EDITORS),
    ]


@example("courses:run", "courses:withdraw")
def runs_of_learners(town: Town) -> list[Case]:
    return [
        Case("enrolled", {"code": a_long_run(town).code}, {"teacher", "stranger"}),
        Case("not enrolled", {"code": a_hidden_run().code}, set()),
    ]


@example("courses:progress")
def runs_with_learners(town: Town) -> list[Case]:
    return [Case("on offer", {"code": a_long_run(town).code}, READERS)]


def lessons(town: Town, kind: LessonKind) -> list[Case]:
    run, hidden = a_long_run(town), a_hidden_run()
    return [
        Case(
            "own course",
            {"code": run.code, "lesson_id": lesson_of(run.course, kind).pk},
            {"teacher", "stranger"},
        ),
        Case(
            "own run, lesson of another course",
            {"code": run.code, "lesson_id": lesson_of(hidden.course, kind).pk},
            set(),
        ),
    ]


@example("courses:lesson", "courses:read")
def readings(town: Town) -> list[Case]:
    return lessons(town, LessonKind.READING)


@example("courses:start-attempt")
def quizzes(town: Town) -> list[Case]:
    return lessons(town, LessonKind.QUIZ)


@example("courses:transcript")
def transcripts(town: Town) -> list[Case]:
    cases = lessons(town, LessonKind.RECORDING)
    for lesson in Lesson.objects.filter(kind=LessonKind.RECORDING):
        offer_transcript(lesson)
    return cases


@example("api:transcript")
def transcripts_by_id(town: Town) -> list[Case]:
    return [
        Case(case.place, {"lesson_id": case.kwargs["lesson_id"]}, case.open_to)
        for case in transcripts(town)
    ]


@example("api:reading")
def readings_by_id(town: Town) -> list[Case]:
    return [
        Case(case.place, {"lesson_id": case.kwargs["lesson_id"]}, case.open_to)
        for case in lessons(town, LessonKind.READING)
    ]


def attempts(town: Town) -> dict[str, Any]:
    run = a_long_run(town)
    quiz = lesson_of(run.course, LessonKind.QUIZ)
    return {
        role: services.start_attempt(actor=town.user(role), lesson=quiz)
        for role in ("teacher", "stranger")
    }


@example("courses:attempt", "courses:submission", "api:attempt", "api:submission")
def own_attempts(town: Town) -> list[Case]:
    return [
        Case(role, {"attempt_id": attempt.pk}, {role}) for role, attempt in attempts(town).items()
    ]


@example("api:answer")
def own_answers(town: Town) -> list[Case]:
    started = attempts(town)
    quiz = Quiz.objects.get(lesson__course__code="XL-01")
    question = next(iter(right_answers(quiz)))
    return [
        Case(
            role,
            {"attempt_id": attempt.pk, "question": question},
            {role},
            body={"options": [], "sequence": 1},
        )
        for role, attempt in started.items()
    ]


@example("api:enrolment")
def enrolments(town: Town) -> list[Case]:
    run = a_long_run(town)
    near = run.enrolments.get(teacher=town.people["teacher"])
    far = run.enrolments.get(teacher=town.people["stranger"])
    return [
        Case("own school", {"enrolment_id": near.pk}, READERS | {"teacher"}),
        Case("other county", {"enrolment_id": far.pk}, {"bureau", "stranger"}),
    ]
