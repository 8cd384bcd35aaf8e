"""Attempts as their owner sees them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from core.errors import Missing
from courses.models import (
    Attempt,
    AttemptState,
    Enrolment,
    Question,
    QuestionVersion,
    Quiz,
    Response,
)
from schools.permissions import scope_of


def get_attempt_for(*, viewer: Any, attempt_id: UUID) -> Attempt:
    """The viewer's own attempt with its questions in order. Raises Missing for any other."""
    teacher = scope_of(viewer).teacher
    responses = Response.objects.select_related("version__question").order_by("position")
    attempt = (
        Attempt.objects.filter(pk=attempt_id, enrolment__teacher=teacher)
        .select_related("quiz__lesson", "enrolment__run__course")
        .prefetch_related(Prefetch("responses", queryset=responses))
        .first()
        if teacher
        else None
    )
    if attempt is None:
        raise Missing
    return attempt


def open_attempt(enrolment: Enrolment, quiz: Quiz) -> Attempt | None:
    """The attempt that is under way."""
    return Attempt.objects.filter(enrolment=enrolment, quiz=quiz, state=AttemptState.OPEN).first()


def attempts_at(enrolment: Enrolment, quiz: Quiz) -> list[Attempt]:
    """All attempts of an enrolment at a quiz, oldest first."""
    return list(Attempt.objects.filter(enrolment=enrolment, quiz=quiz).order_by("number"))


def attempts_used(enrolment: Enrolment, quiz: Quiz) -> int:
    """How many attempts the learner has begun in this run, whichever pass it was: leaving and
    coming back brings none back.
    """
    passes = Enrolment.objects.filter(teacher=enrolment.teacher_id, run=enrolment.run_id)
    return Attempt.objects.filter(enrolment__in=passes.values("pk"), quiz=quiz).count()


def unanswered(attempt: Attempt) -> list[int]:
    """The numbers of the questions without an answer, in order."""
    rows = Response.objects.filter(attempt=attempt).order_by("position")
    return [row.position for row in rows if not row.chosen]


def current_versions(bank_id: UUID) -> list[QuestionVersion]:
    """The newest wording of every question in use, in the bank's order."""
    newest: dict[UUID, QuestionVersion] = {}
    for version in QuestionVersion.objects.filter(
        question__bank=bank_id, question__retired_at__isnull=True
    ).order_by("number"):
        newest[version.question_id] = version
    order = Question.objects.filter(bank=bank_id, pk__in=newest).values_list("pk", flat=True)
    return [newest[question] for question in order]


def question_key(quiz: Quiz) -> dict[UUID, list[str]]:
    """The ids of the right options per question, for examiners and the demonstration."""
    return {version.question_id: version.correct for version in current_versions(quiz.bank_id)}
