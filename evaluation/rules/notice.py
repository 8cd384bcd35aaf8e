"""How long figures are on notice before they may be frozen. Unit: working days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def open_until(announced_on: date, days: int, working: Iterable[date]) -> date | None:
    """The first day after `days` whole working days of notice; the day of announcing is none.

    `working` holds working days in order; None where they do not reach so far.
    """
    after = [day for day in working if day > announced_on]
    return after[days] if len(after) > days else None
