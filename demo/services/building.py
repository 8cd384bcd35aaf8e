"""The whole demo bureau, in the order in which its parts need each other."""

from __future__ import annotations

from accounts.models import User
from core import audit
from core.models import AuditEvent
from demo.rules import places
from demo.services import (
    bureau,
    catalogue,
    crowd,
    evaluating,
    learning,
    mentors,
    pages,
    pupils,
    wellbeing,
)
from mentoring.services import count_schools


def build(*, size: str, seed: int) -> dict[str, User]:
    """Add everything that is missing, each part in a transaction of its own; returns the sign-ins.

    The public pages come first, so that there is something to see while the rest is made.
    """
    measure = places.SIZES[size]
    if standing_seed() is None:
        audit.record(None, "demo.begun", seed=seed, size=size)
    units = bureau.build_units(measure)
    if measure.is_bulk:
        crowd.build_schools(measure, units)
    bureau.build_calendar()
    users = bureau.build_sign_ins(units)
    pages.build_site(editor=users["editor"])
    catalogue.build_catalogue(editor=users["editor"])
    bureau.build_staff(measure, seed, units)
    if measure.is_bulk:
        crowd.build_staff_in_bulk(measure, seed, units)
    learning.build_learning(users)
    pupils.build_pupils(measure, seed, units)
    mentors.build_mentoring(measure, seed, units)
    evaluating.build_evaluation(measure, units)
    count_schools()
    wellbeing.build_wellbeing(measure, units, users)
    return users


def standing_seed() -> int | None:
    """The seed that the people here were invented from; None where no demo stands."""
    begun = AuditEvent.objects.filter(verb="demo.begun").order_by("at").first()
    return int(begun.detail["seed"]) if begun is not None else None
