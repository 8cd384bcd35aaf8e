"""How often a pupil on the ledger is to be seen; the categories themselves never leave the room.

Unit: civil days; weights are small whole numbers. Source: docs/decisions/0090, SM-11 of the
bureau's scheme (a category alone never makes a tier, it only sets a care cadence).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Care:
    """A pupil is seen within `days` days, weighs `weight`, and may need a qualified mentor."""

    days: int
    weight: int
    needs_qualified: bool


def together(cares: Iterable[Care]) -> Care | None:
    """What several categories demand of one pupil: the strictest of each; None without any."""
    known = list(cares)
    if not known:
        return None
    return Care(
        days=min(care.days for care in known),
        weight=max(care.weight for care in known),
        needs_qualified=any(care.needs_qualified for care in known),
    )
