"""When a pupil must be seen next: the day on which the present window ends.

Unit: civil days in Asia/Shanghai. Source: docs/features/evaluation.md, definition of a covered day:
a day counts as covered while the clock has run on at most `cadence_days` days since the contact.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ALLOWED_LAG_DAYS = 7
"""Dating a contact back gains no more than this many days."""
ATTEMPTS_IN_A_ROW = 2
CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far a clock may be ahead of the server's."""
NEVER = 3_650
"""Days after which a clock that stands still is taken to stand still for ever."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of the window, and how many civil days ago that was (0 when it is not over)."""

    on: date
    overdue_days: int


def effective_on(
    occurred_on: date, recorded_on: date, allowed_lag_days: int = ALLOWED_LAG_DAYS
) -> date:
    """The day from which a contact counts: dating back gains at most the allowed lag."""
    return max(occurred_on, recorded_on - timedelta(days=allowed_lag_days))


@dataclass(frozen=True, slots=True)
class Seen:
    """A contact as its window sees it: from when it counts, whether the pupil was met, and
    whether the matter was passed on.
    """

    since: date
    made: bool
    escalated: bool = False


def windows(contacts: Iterable[Seen]) -> list[tuple[date, bool]]:
    """The windows that contacts in their order open: from when, and whether in full.

    An attempt opens half a window. After two attempts in a row a third one opens none, unless the
    matter was passed on: then it counts in full.
    """
    opened: list[tuple[date, bool]] = []
    attempts = 0
    for contact in contacts:
        full = contact.made or (contact.escalated and attempts >= ATTEMPTS_IN_A_ROW)
        if full or attempts < ATTEMPTS_IN_A_ROW:
            opened.append((contact.since, full))
            attempts = 0 if full else attempts + 1
    return opened


def window_of(cadence_days: int, *, full: bool) -> int:
    """Running days that a contact covers: the whole cadence, or half of it rounded up."""
    return cadence_days if full else (cadence_days + 1) // 2


def due_on(since: date, running_days: int, stopped: Container[date]) -> date:
    """The day on which the clock has run `running_days` days after `since`.

    `stopped` holds the days on which it stands still.
    """
    day, left = since, running_days
    for _step in range(NEVER):
        if left == 0:
            return day
        day += timedelta(days=1)
        left -= day not in stopped
    return day


def due_after(since: date, running_days: int, stopped: Container[date], today: date) -> Due:
    """When the window that began on `since` ends, seen from `today`."""
    on = due_on(since, running_days, stopped)
    return Due(on, max(0, (today - on).days))
