"""Days on which a pupil's first window begins anew, so that nobody is overdue at once.

Periods are half-open, `end` None is open. Source: docs/features/evaluation.md, definition of a
counting day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

Pair = tuple[str, date, date | None]
"""A mentor, and the period in which the pupil is theirs."""
Rhythm = tuple[int, date, date | None]
"""A cadence in days, and the period in which it holds."""


def begun_anew(pairs: Iterable[Pair]) -> Iterator[date]:
    """Days on which a pupil got a mentor other than the one of the day before."""
    before: Pair | None = None
    for mentor, start, end in sorted(pairs, key=lambda pair: pair[1]):
        if before is None or before[0] != mentor or before[2] != start:
            yield start
        before = (mentor, start, end)


def shortened(
    rhythms: Iterable[Rhythm], default_days: int, enrolled: Callable[[date], bool]
) -> Iterator[date]:
    """Days on which a cadence became shorter than it was for the enrolled pupil the day before.

    Where none was in force the day before, the default one was.
    """
    ended: tuple[int, date | None] = (default_days, None)
    for days, start, end in sorted(rhythms, key=lambda rhythm: rhythm[1]):
        before = ended[0] if ended[1] == start else default_days
        if days < before and enrolled(start - timedelta(days=1)):
            yield start
        ended = (days, end)
