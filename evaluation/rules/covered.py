"""Covered days, word for word: the definition that every faster form has to equal.

A day of a pupil *counts* when the pupil is enrolled and has a mentor, the clock runs, and the day
is outside grace: the first cadence window, in days on which the clock runs, after a new mentor, a
shortened cadence, or the end of a suspension. It is *covered* when some counted contact took
effect on or before it and, since then, the clock has run on at most as many days as the cadence in
force on that day allows (for an attempt: half of it, rounded up).

Covered days of a mentor = sum of weights of covered days / sum of weights of counting days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from evaluation.rules.counting import Counted
from evaluation.rules.facts import Cadence, Facts, Mentorship, Period, PupilFacts, days_between
from mentoring.rules.grace import begun_anew, shortened

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Share:
    """Weights of covered days over weights of counting days."""

    covered: int = 0
    counting: int = 0


@dataclass(frozen=True, slots=True)
class PupilDays:
    """One pupil's calendar under a set of facts."""

    facts: Facts
    pupil: PupilFacts
    mentorships: tuple[Mentorship, ...]

    def cadence(self, day: date) -> Cadence:
        """The cadence in force on a day."""
        for cadence in self.pupil.cadences:
            if day in cadence.period:
                return cadence
        facts = self.facts
        return Cadence(Period(day), facts.default_cadence_days, facts.default_weight)

    def runs(self, day: date) -> bool:
        """Whether this pupil's clock runs on a day."""
        if any(day in period for period in self.pupil.suspended):
            return False
        return self.facts.calendar.runs(day, self.cadence(day).days)

    def running(self, start: date, end: date) -> int:
        """Days of ``[start, end)`` on which the clock runs."""
        return sum(self.runs(day) for day in days_between(start, end))

    def mentor(self, day: date) -> str | None:
        """The mentor on a day."""
        return next((row.mentor for row in self.mentorships if day in row.period), None)

    def counts(self, day: date) -> bool:
        """Whether the day is asked about at all."""
        if self.mentor(day) is None or not self.runs(day):
            return False
        if not any(day in period for period in self.pupil.enrolled):
            return False
        return not any(
            start <= day and self.running(start, day) < self.cadence(start).days
            for start in grace_starts(self.facts, self.pupil, self.mentorships)
        )

    def is_covered(self, day: date, contacts: Iterable[Counted]) -> bool:
        """Whether some contact reaches this day."""
        allowed = self.cadence(day).days
        for row in contacts:
            reach = (allowed + 1) // 2 if row.half else allowed
            since = self.running(row.effective_on + ONE_DAY, day + ONE_DAY)
            if row.effective_on <= day and since <= reach:
                return True
        return False


def covered_days(facts: Facts, counted: Iterable[Counted]) -> Mapping[str, Share]:
    """Covered days by mentor, day by day."""
    contacts: dict[str, list[Counted]] = defaultdict(list)
    for row in counted:
        contacts[row.pupil].append(row)
    shares: dict[str, Share] = defaultdict(Share)
    for pupil in facts.pupils:
        own = tuple(row for row in facts.mentorships if row.pupil == pupil.id)
        calendar = PupilDays(facts, pupil, own)
        for day in facts.days:
            mentor = calendar.mentor(day)
            if mentor is None or not calendar.counts(day):
                continue
            weight = calendar.cadence(day).weight
            shares[mentor].counting += weight
            shares[mentor].covered += weight * calendar.is_covered(day, contacts[pupil.id])
    return shares


def grace_starts(
    facts: Facts, pupil: PupilFacts, mentorships: Iterable[Mentorship]
) -> Iterator[date]:
    """Days on which a pupil's grace begins."""
    pairs = ((row.mentor, row.period.start, row.period.end) for row in mentorships)
    yield from begun_anew(pairs)
    rhythms = ((row.days, row.period.start, row.period.end) for row in pupil.cadences)
    yield from shortened(
        rhythms,
        facts.default_cadence_days,
        lambda day: any(day in period for period in pupil.enrolled),
    )
    yield from (period.end for period in pupil.suspended if period.end)
