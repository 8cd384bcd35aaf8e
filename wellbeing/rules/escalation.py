"""How far a signal that nobody has taken on has climbed, by the time that has passed.

Units: minutes and hours of the wall clock; for yellow, whole school days. Source: SM-2 of the
bureau's scheme, decision 0091. The waits of the first two levels (class and grade) pass while the
signal lies with its named recipients.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Final

RED, ORANGE, YELLOW = "red", "orange", "yellow"


class Level(IntEnum):
    """Who has a signal before them; each level keeps the ones below."""

    RECIPIENTS = 1
    SCHOOL_LEAD = 3
    COUNTY = 4
    BUREAU = 5


CLIMBS: Final = {
    RED: {
        Level.SCHOOL_LEAD: timedelta(minutes=20),
        Level.COUNTY: timedelta(minutes=35),
        Level.BUREAU: timedelta(minutes=65),
    },
    ORANGE: {
        Level.SCHOOL_LEAD: timedelta(hours=8),
        Level.COUNTY: timedelta(hours=32),
        Level.BUREAU: timedelta(hours=56),
    },
}
"""After how long a level has a red or orange signal before it."""
CLIMBS_IN_SCHOOL_DAYS: Final = {Level.SCHOOL_LEAD: 10, Level.COUNTY: 20}
"""After how many whole school days a level has a yellow signal; the county is the last."""
FARTHEST_BACK: Final = 400
"""Civil days after which a yellow signal has climbed whatever the calendar says."""


def climbed_on(level: Level, today: date, stopped: Container[date]) -> date | None:
    """The latest civil day whose yellow signals have climbed to a level by `today`.

    The day itself does not count, nor does today: a school day counts when it is over. `stopped`
    holds the days on which duties rest; weekends rest too. None for a level they never reach.
    """
    wanted = CLIMBS_IN_SCHOOL_DAYS.get(level)
    if wanted is None:
        return None
    day, counted = today, 0
    for _step in range(FARTHEST_BACK):
        day -= timedelta(days=1)
        counted += day.weekday() < 5 and day not in stopped
        if counted == wanted:
            break
    return day - timedelta(days=1)


def climbed_at(urgency: str, level: Level, now: datetime) -> datetime | None:
    """The latest instant whose red or orange signals have climbed to a level by `now`."""
    wait = CLIMBS[urgency].get(level)
    return None if wait is None else now - wait


def level_at(
    urgency: str,
    *,
    raised_at: datetime,
    raised_on: date,
    now: datetime,
    today: date,
    stopped: Container[date],
) -> Level:
    """The highest level to which a signal that nobody took on has climbed by now."""
    reached = Level.RECIPIENTS
    for level in Level:
        if urgency == YELLOW:
            last = climbed_on(level, today, stopped)
            climbed = last is not None and raised_on <= last
        else:
            since = climbed_at(urgency, level, now)
            climbed = since is not None and raised_at <= since
        reached = level if climbed else reached
    return reached
