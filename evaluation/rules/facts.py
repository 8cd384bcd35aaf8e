"""Facts of contact as plain values: days, periods, assignments, cadences, contacts.

Days are civil dates in Asia/Shanghai, periods half-open ``[start, end)``; ``end`` None is open.
Nothing here says why a pupil must be seen more often: a cadence is a bare number of days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mentoring.rules.due import effective_on

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` up to, not including, ``end``."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Once in ``days`` a pupil has to be seen in a period; ``weight`` counts those days."""

    period: Period
    days: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Mentorship:
    """A teacher is a pupil's mentor in a period."""

    pupil: str
    mentor: str
    period: Period


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """When a pupil was enrolled or suspended, the cadences in force, and the household."""

    id: str
    enrolled: tuple[Period, ...]
    cadences: tuple[Cadence, ...] = ()
    suspended: tuple[Period, ...] = ()
    household: str | None = None


class Kind(StrEnum):
    """What a contact was."""

    TALK = "talk"
    VISIT = "visit"
    LETTER = "letter"
    ONLINE = "online"
    GROUP = "group"


class Outcome(StrEnum):
    """What came of it."""

    MADE = "made"
    ATTEMPTED = "attempted"
    REFUSED = "refused"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as it was logged; ``escalated``: the mentor passed the matter on."""

    id: str
    mentor: str
    pupils: tuple[str, ...]
    kind: Kind
    outcome: Outcome
    occurred_at: datetime
    recorded_at: datetime
    escalated: bool = False
    voided: bool = False

    @property
    def occurred_on(self) -> date:
        """The civil day on which it took place."""
        return self.occurred_at.astimezone(SHANGHAI).date()

    @property
    def recorded_on(self) -> date:
        """The civil day on which it was entered."""
        return self.recorded_at.astimezone(SHANGHAI).date()

    @property
    def lag_days(self) -> int:
        """Civil days between the two."""
        return (self.recorded_on - self.occurred_on).days

    def effective_on(self, allowed_lag_days: int) -> date:
        """The day from which it counts: back-dating gains at most the allowed lag."""
        return effective_on(self.occurred_on, self.recorded_on, allowed_lag_days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days on which the clock stands still.

    A cadence of at most ``always_runs_days`` keeps running through them.
    """

    stopped: frozenset[date] = frozenset()
    always_runs_days: int = 0

    def runs(self, day: date, cadence_days: int) -> bool:
        """Whether the clock runs on a day for somebody with this cadence."""
        return day not in self.stopped or cadence_days <= self.always_runs_days


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the indicators of one term are computed from.

    ``as_of`` is the first day that does not count yet; ``allowed_lag_days`` is 7, or 14 for a
    school that has been declared offline. Where no cadence is in force the default one is.
    """

    term: Period
    as_of: date
    calendar: Calendar
    pupils: tuple[PupilFacts, ...]
    mentorships: tuple[Mentorship, ...]
    contacts: tuple[Contact, ...]
    allowed_lag_days: int = 7
    default_cadence_days: int = 45
    default_weight: int = 1

    @property
    def end(self) -> date:
        """The first day that does not count."""
        return min(self.term.end or self.as_of, self.as_of)

    @property
    def days(self) -> list[date]:
        """The days that count."""
        return list(days_between(self.term.start, self.end))


def days_between(start: date, end: date) -> Iterable[date]:
    """Every day of ``[start, end)``."""
    return (start + timedelta(days=n) for n in range((end - start).days))
