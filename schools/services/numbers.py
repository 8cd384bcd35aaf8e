"""School numbers (学籍号) stand once in the bureau, and are not found out by trying."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction

from core import audit, throttle
from core.errors import Invalid
from schools.models import Pupil
from schools.selectors.wording import problem_text

P = ParamSpec("P")
R = TypeVar("R")
REFUSED = "schools.number_refused"
REFUSALS_AN_HOUR = 20
"""A clerk who copies a class list mistypes some numbers; a list that is tried out is longer."""


class NumberHeld(Invalid):
    """The number cannot be taken here; the answer never says who has it, where, or whether the
    name was right."""

    def __init__(self) -> None:
        super().__init__(fields={"number": problem_text({"code": "pupil_number_held"})})


def against_trying_out(verb: Callable[P, R]) -> Callable[P, R]:
    """The verb, with every refused number traced, and refused itself after twenty in an hour."""

    @wraps(verb)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        actor: Any = kwargs["actor"]
        if actor is not None:
            throttle.refuse_spent(REFUSED, str(actor.pk), REFUSALS_AN_HOUR, 3600)
        try:
            return verb(*args, **kwargs)
        except NumberHeld:
            if actor is not None:
                audit.record(actor, "pupil.number_refused")
                throttle.hit(REFUSED, str(actor.pk), REFUSALS_AN_HOUR, 3600)
            raise

    return guarded


def save_unless_held(pupil: Pupil) -> None:
    """Save a pupil. Raises NumberHeld when somebody else has the school number, taken a moment ago
    perhaps: the database alone sees every school."""
    try:
        with transaction.atomic():
            pupil.save()
    except IntegrityError as error:
        raise NumberHeld from error
