"""The one fact that leaves the locked room."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.events import Event


@dataclass(frozen=True, slots=True)
class CareCadenceSet(Event):
    """How often this pupil is to be seen may have changed; `selectors.care_of` says to what.

    The figures are read when the fact is delivered, so that an old fact delivered late or again
    never sets an old cadence. There is no reason in it.
    """

    pupil_id: UUID
