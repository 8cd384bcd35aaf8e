"""Attempts at a quiz: started, saved and marked on the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, jobs
from core.errors import DomainError
from courses.models import (
    Attempt,
    AttemptState,
    Enrolment,
    Evidence,
    Lesson,
    LessonKind,
    QuestionKind,
    QuestionVersion,
    Quiz,
    Response,
)
from courses.rules.quizzes import attempts_left, deadline, is_over, picked, score
from courses.selectors.attempts import (
    attempts_used,
    current_versions,
    open_attempt,
    unanswered,
)
from courses.selectors.transcripts import transcript_path
from courses.services.answering import is_open, own_attempt, save_answers
from courses.services.completing import complete_lesson, lock_enrolment
from courses.services.learners import enrolment_to_learn, learner
from courses.services.reading import WrongKind

CLOSE_KIND = "courses.close_attempt"


class AttemptsUsedUp(DomainError):
    """No attempt is left."""

    code = "attempts_used_up"
    message = _("作答次数已用完。")


class QuizNotReady(DomainError):
    """The quiz has no questions yet."""

    code = "quiz_not_ready"
    message = _("本测验还没有题目，请联系课程负责人。")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The attempt, the numbers of questions that another window has answered since, and those
    without an answer that keep it from being handed in unasked.
    """

    attempt: Attempt
    newer: list[int]
    unanswered: list[int]


@transaction.atomic
def start_attempt(*, actor: Any, lesson: Lesson, enrolment: UUID | None = None) -> Attempt:
    """Begin an attempt, or go on with the one under way; the deadline is the server's.

    It counts for the enrolment if one is named, otherwise for the one that fits best. On a
    recording lesson it is an attempt at the check questions of its transcript.

    Raises AttemptsUsedUp, QuizNotReady, WrongKind, Missing, LearningClosed.
    """
    counts_for = enrolment_to_learn(learner(actor), lesson, enrolment)
    quiz, transcript = _questions_of(lesson)
    counts_for = lock_enrolment(counts_for.pk)
    attempt = open_attempt(counts_for, quiz)
    if attempt is not None and not is_over(attempt.deadline_at, clock.now()):
        return attempt
    if attempt is not None:
        _mark(actor, attempt, AttemptState.EXPIRED)
    return _begin(actor, counts_for, _held(quiz), transcript)


@transaction.atomic
def submit_attempt(*, actor: Any, attempt: Attempt) -> Attempt:
    """Mark the answers saved before the deadline; submitting again gives the same mark."""
    attempt = own_attempt(actor, attempt)
    if attempt.state == AttemptState.OPEN:
        over = is_over(attempt.deadline_at, clock.now())
        _mark(actor, attempt, AttemptState.EXPIRED if over else AttemptState.SUBMITTED)
    return attempt


@transaction.atomic
def hand_in(
    *,
    actor: Any,
    attempt: Attempt,
    answers: Mapping[UUID, Sequence[str]],
    seen: Mapping[UUID, int] | None = None,
    asks_about_gaps: bool = False,
) -> HandedIn:
    """Submit with a last form of answers; they count only while the attempt is open.

    Where another window has answered some of them since, the others are kept and nothing is
    submitted: the person looks at the newest answers first. With `asks_about_gaps` an attempt
    under way with unanswered questions is kept and not submitted either.
    """
    attempt = own_attempt(actor, attempt)
    if is_open(attempt):
        newer = save_answers(actor=actor, attempt=attempt, answers=answers, seen=seen)
        gaps = unanswered(attempt) if asks_about_gaps else []
        if newer or gaps:
            return HandedIn(attempt, newer, gaps)
    return HandedIn(submit_attempt(actor=actor, attempt=attempt), [], [])


@transaction.atomic
def close_attempt(*, attempt_id: UUID) -> None:
    """Mark an attempt whose deadline has come; repeating is harmless."""
    attempt = Attempt.objects.filter(pk=attempt_id).select_related("enrolment").first()
    if attempt is None:
        return
    lock_enrolment(attempt.enrolment_id)
    attempt.refresh_from_db()
    if attempt.state == AttemptState.OPEN and is_over(attempt.deadline_at, clock.now()):
        _mark(None, attempt, AttemptState.EXPIRED)


def _questions_of(lesson: Lesson) -> tuple[Quiz, str]:
    """What is asked in the lesson, and the digest of the transcript that goes before."""
    if lesson.kind == LessonKind.QUIZ:
        quiz = Quiz.objects.filter(lesson=lesson).first()
        if quiz is None:
            raise QuizNotReady
        return quiz, ""
    path = transcript_path(lesson)
    if path is None:
        raise WrongKind
    return path.quiz, path.digest


def _held(quiz: Quiz) -> Quiz:
    """The quiz under its row lock: an editor moves it to another lesson before an attempt or not
    at all. Raises QuizNotReady where it has been moved since it was read.
    """
    rows = Quiz.objects.select_for_update(of=("self",))
    held = rows.filter(pk=quiz.pk, lesson=quiz.lesson_id).first()
    if held is None:
        raise QuizNotReady
    return held


def _begin(actor: Any, enrolment: Enrolment, quiz: Quiz, transcript: str) -> Attempt:
    used = attempts_used(enrolment, quiz)
    if attempts_left(used, quiz.max_attempts) == 0:
        raise AttemptsUsedUp
    now = clock.now()
    attempt_id = uuid4()
    versions = picked(
        current_versions(quiz.bank_id), quiz.pick, shuffle=quiz.shuffle, seed=str(attempt_id)
    )
    if not versions:
        raise QuizNotReady
    attempt = Attempt.objects.create(
        id=attempt_id,
        enrolment=enrolment,
        quiz=quiz,
        number=used + 1,
        pass_percent=quiz.pass_percent,
        started_at=now,
        deadline_at=deadline(now, quiz.minutes, enrolment.run.learning_window.closes_at()),
        total=len(versions),
        transcript_digest=transcript,
    )
    Response.objects.bulk_create(
        Response(
            attempt=attempt,
            version=version,
            position=position,
            order=_order(version, quiz, attempt_id),
        )
        for position, version in enumerate(versions, start=1)
    )
    read = {"transcript": transcript} if transcript else {}
    audit.record(actor, "courses.start_attempt", attempt, number=attempt.number, **read)
    if attempt.deadline_at is not None:
        jobs.enqueue(
            CLOSE_KIND,
            actor=actor,
            key=f"{CLOSE_KIND}:{attempt.pk}",
            payload={"attempt": str(attempt.pk)},
            due_in=attempt.deadline_at - now + timedelta(seconds=1),
        )
    return attempt


def _order(version: QuestionVersion, quiz: Quiz, attempt_id: UUID) -> list[str]:
    ids = [option["id"] for option in version.options]
    fixed = version.question.kind == QuestionKind.TRUE_FALSE
    seed = f"{attempt_id}:{version.pk}"
    return picked(ids, None, shuffle=quiz.shuffle and not fixed, seed=seed)


def _mark(actor: Any, attempt: Attempt, state: AttemptState) -> None:
    responses = list(Response.objects.filter(attempt=attempt).select_related("version"))
    result = score(
        {row.version.question_id: row.chosen for row in responses},
        {row.version.question_id: row.version.correct for row in responses},
        attempt.pass_percent,
    )
    attempt.state = state
    attempt.ended_at = clock.now()
    attempt.right = result.right
    attempt.percent = result.percent
    attempt.passed = result.passed
    attempt.save(update_fields=["state", "ended_at", "right", "percent", "passed"])
    audit.record(actor, "courses.mark_attempt", attempt, percent=result.percent)
    if result.passed:
        _complete(actor, attempt, {str(row.version_id): row.chosen for row in responses})


def _complete(actor: Any, attempt: Attempt, answers: dict[str, list[str]]) -> None:
    lesson = attempt.quiz.lesson
    facts: dict[str, Any] = {"attempt": str(attempt.pk), "answers": answers}
    evidence = Evidence.QUIZ
    if lesson.kind == LessonKind.RECORDING:
        evidence = Evidence.TRANSCRIPT
        facts["transcript"] = attempt.transcript_digest
    complete_lesson(
        actor=actor, enrolment=attempt.enrolment, lesson=lesson, evidence=evidence, facts=facts
    )
