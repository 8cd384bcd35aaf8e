"""Answers of an attempt under way: the newest is kept, and an older window is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import DomainError, Invalid, Missing
from courses.models import Attempt, AttemptState, QuestionKind, Response
from courses.permissions import LEARNING_STATES
from courses.rules.quizzes import is_newest, is_over
from courses.services.completing import lock_enrolment
from courses.services.learners import learner


class AttemptOver(DomainError):
    """The attempt was submitted, or its deadline has come."""

    code = "attempt_over"
    message = _("本次作答已结束，答案不再更改。")


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What stands for a question now, and whether it is what was sent."""

    chosen: list[str]
    sequence: int
    kept: bool


@transaction.atomic
def save_answer(
    *,
    actor: Any,
    attempt: Attempt,
    question: UUID,
    options: Sequence[str],
    sequence: int,
    seen: int | None = None,
) -> SavedAnswer:
    """Keep the newest answer by its sequence; an older one that arrives later changes nothing.

    With `seen`, the sequence that the window last knew, an answer that another window has saved
    since is never replaced. Sending the same answer again is harmless.

    Raises AttemptOver, Invalid for options that were not put, Missing.
    """
    attempt = open_own_attempt(actor, attempt)
    response = _responses(attempt).get(question)
    if response is None:
        raise Missing
    return _keep(response, _checked(response, options), sequence, seen)


@transaction.atomic
def save_answers(
    *,
    actor: Any,
    attempt: Attempt,
    answers: Mapping[UUID, Sequence[str]],
    seen: Mapping[UUID, int] | None = None,
) -> list[int]:
    """Keep a form of answers, and give the numbers of the questions that another window has
    answered since (`seen` holds the sequences of the form). Raises as `save_answer`.
    """
    responses = _responses(open_own_attempt(actor, attempt))
    newer = []
    for question, options in answers.items():
        response = responses.get(question)
        if response is None:
            raise Missing
        chosen, known = _checked(response, options), (seen or {}).get(question)
        if chosen == response.chosen:
            continue
        if not _keep(response, chosen, response.sequence + 1, known).kept:
            newer.append(response.position)
    return sorted(newer)


def own_attempt(actor: Any, attempt: Attempt) -> Attempt:
    """The actor's attempt, read again under the enrolment's lock. Raises Missing."""
    if attempt.enrolment.teacher_id != learner(actor).pk:
        raise Missing
    enrolment = lock_enrolment(attempt.enrolment_id)
    if enrolment.state not in LEARNING_STATES:
        raise Missing
    fresh = Attempt.objects.select_related("quiz__lesson").get(pk=attempt.pk)
    fresh.enrolment = enrolment
    return fresh


def is_open(attempt: Attempt) -> bool:
    """Whether answers still count now."""
    return attempt.state == AttemptState.OPEN and not is_over(attempt.deadline_at, clock.now())


def open_own_attempt(actor: Any, attempt: Attempt) -> Attempt:
    """Like `own_attempt`; raises AttemptOver where nothing is taken any more."""
    attempt = own_attempt(actor, attempt)
    if not is_open(attempt):
        raise AttemptOver
    return attempt


def _responses(attempt: Attempt) -> dict[UUID, Response]:
    rows = Response.objects.filter(attempt=attempt).select_related("version__question")
    return {row.version.question_id: row for row in rows}


def _keep(response: Response, chosen: list[str], sequence: int, seen: int | None) -> SavedAnswer:
    """The enrolment's lock makes reading and writing one step."""
    stands = response.sequence if response.saved_at else -1
    newest = is_newest(sequence, stands=stands, seen=seen)
    if newest:
        response.chosen, response.sequence, response.saved_at = chosen, sequence, clock.now()
        response.save(update_fields=["chosen", "sequence", "saved_at"])
    return SavedAnswer(response.chosen, response.sequence, newest or chosen == response.chosen)


def _checked(response: Response, options: Sequence[str]) -> list[str]:
    chosen = [option for option in response.order if option in set(options)]
    if len(chosen) != len(set(options)):
        raise Invalid(fields={"options": _("所选选项不属于这道题。")})
    if response.version.question.kind != QuestionKind.MULTIPLE and len(chosen) > 1:
        raise Invalid(fields={"options": _("这道题只能选一项。")})
    return chosen
