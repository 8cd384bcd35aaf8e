"""Cadences that are not what the locked room says; why a pupil is seen more often is never asked.

What is told is the pupil alone: neither figures nor how many entries are behind them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from core import clock, events
from core.models import OutboxEvent
from mentoring.models import CareCadence
from wellbeing.events import CareCadenceSet
from wellbeing.selectors import CareSince, all_care, care_of

DIFFERS: Final = "cadence_differs"
Figures = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Difference:
    """One pupil whose cadence is not what it should be."""

    kind: str
    thing_id: UUID
    detail: str = ""


def differing_cadences() -> Iterator[Difference]:
    """Every pupil whose cadence from today on is missing, left over or another one."""
    wanted = {pupil: _wanted(care) for pupil, care in all_care()}
    held: defaultdict[UUID, list[Figures]] = defaultdict(list)
    for row in CareCadence.objects.reaching(clock.today()).order_by("starts_on"):
        held[row.pupil_id].append(_figures(row))
    for pupil in sorted(wanted.keys() | held.keys()):
        if wanted.get(pupil, []) != held.get(pupil, []) and _still_differs(pupil):
            yield Difference(DIFFERS, pupil)


def _still_differs(pupil: UUID) -> bool:
    """Whether both differ when read anew: what is signed meanwhile, or is on its way, does not."""
    before = care_of(pupil)
    rows = CareCadence.objects.reaching(clock.today()).filter(pupil=pupil).order_by("starts_on")
    differs = _wanted(before) != [_figures(row) for row in rows]
    coming = OutboxEvent.objects.filter(
        kind=events.kind_of(CareCadenceSet), delivered_at=None, payload__pupil_id=str(pupil)
    )
    return differs and not coming.exists() and care_of(pupil) == before


def _wanted(care: CareSince | None) -> list[Figures]:
    if care is None or care.care is None:
        return []
    return [(care.care.days, care.care.weight, care.care.needs_qualified)]


def _figures(row: CareCadence) -> Figures:
    return row.days, row.weight, row.needs_qualified
