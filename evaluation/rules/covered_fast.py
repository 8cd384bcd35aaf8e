"""Covered days for a whole school at once: tables of pupils x days instead of loops.

Equal to ``covered.covered_days`` for every input (held by property tests); only the latest full
and the latest half contact before a day matter, since the clock has run least since then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from evaluation.rules.counting import Counted
from evaluation.rules.covered import Share, grace_starts
from evaluation.rules.facts import Facts, Mentorship, Period, PupilFacts

NOBODY = -1
NEVER = -1
Table = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Days as indices from ``origin`` on; ``first`` is the term's first day, ``size`` the end."""

    origin: date
    first: int
    size: int

    def span(self, period: Period) -> slice:
        """The indices of a period, cut to the timeline."""
        end = self.size if period.end is None else self.index(period.end)
        return slice(self.index(period.start), end)

    def index(self, day: date) -> int:
        """The index of a day, cut to the timeline."""
        return min(max((day - self.origin).days, 0), self.size)

    def holds(self, day: date) -> bool:
        """Whether a day lies on the timeline."""
        return 0 <= (day - self.origin).days < self.size


@dataclass(frozen=True, slots=True)
class PupilShare:
    """One pupil's days with one mentor, by weight: covered of counting ones, and all of them."""

    covered: int
    counting: int
    carried: int


def covered_days(facts: Facts, counted: Iterable[Counted]) -> Mapping[str, Share]:
    """Covered days by mentor; who has no counting day stands not in it."""
    return shares_by_mentor(shares_by_pupil(facts, counted))


def shares_by_mentor(parts: Mapping[tuple[str, str], PupilShare]) -> Mapping[str, Share]:
    """Covered days by mentor, from the parts of their pupils."""
    shares: dict[str, Share] = {}
    for (mentor, _pupil), part in parts.items():
        if part.counting:
            share = shares.setdefault(mentor, Share())
            share.covered += part.covered
            share.counting += part.counting
    return shares


def shares_by_pupil(
    facts: Facts, counted: Iterable[Counted]
) -> Mapping[tuple[str, str], PupilShare]:
    """The days of the term by mentor and pupil, wherever a pupil was enrolled and a mentor's."""
    counted = list(counted)
    line = _timeline(facts, counted)
    mentors = sorted({row.mentor for row in facts.mentorships})
    tables = _Tables(facts, line, mentors)
    clock = np.zeros((len(facts.pupils), line.size + 1), dtype=np.int32)
    np.cumsum(tables.runs, axis=1, out=clock[:, 1:])
    carried = tables.enrolled & (tables.mentor != NOBODY)
    carried[:, : line.first] = False
    counts = carried & tables.runs
    _take_away_grace(facts, line, tables, clock, counts)
    covered = counts & _covered(line, tables, clock, counted, facts.pupils)
    sums = [_sums(tables, mask, len(mentors)) for mask in (covered, counts, carried)]
    return {
        (mentors[mentor], facts.pupils[pupil].id): PupilShare(
            *(int(table[mentor, pupil]) for table in sums)
        )
        for mentor, pupil in np.argwhere(sums[2]).tolist()
    }


def _timeline(facts: Facts, counted: list[Counted]) -> Timeline:
    """From the earliest day that anything in the term can depend on, to the end."""
    starts = [row.period.start for row in facts.mentorships]
    starts += [row.period.start for pupil in facts.pupils for row in pupil.cadences]
    starts += [row.effective_on for row in counted]
    starts += [row.end for pupil in facts.pupils for row in pupil.suspended if row.end]
    origin = min([facts.term.start, *starts])
    size = max((facts.end - origin).days, 0)
    return Timeline(origin, min((facts.term.start - origin).days, size), size)


class _Tables:
    """Pupils x days: mentor, cadence, weight, enrolment, and whether the clock runs."""

    def __init__(self, facts: Facts, line: Timeline, mentors: list[str]) -> None:
        shape = (len(facts.pupils), line.size)
        self.mentor: Table = np.full(shape, NOBODY, dtype=np.int32)
        self.cadence: Table = np.full(shape, facts.default_cadence_days, dtype=np.int32)
        self.weight: Table = np.full(shape, facts.default_weight, dtype=np.int32)
        self.enrolled: Mask = np.zeros(shape, dtype=bool)
        self.row = {pupil.id: number for number, pupil in enumerate(facts.pupils)}
        suspended: Mask = np.zeros(shape, dtype=bool)
        column = {mentor: number for number, mentor in enumerate(mentors)}
        for mentorship in facts.mentorships:
            if mentorship.pupil in self.row:
                days = line.span(mentorship.period)
                self.mentor[self.row[mentorship.pupil], days] = column[mentorship.mentor]
        for number, pupil in enumerate(facts.pupils):
            for period in pupil.enrolled:
                self.enrolled[number, line.span(period)] = True
            for period in pupil.suspended:
                suspended[number, line.span(period)] = True
            for cadence in pupil.cadences:
                self.cadence[number, line.span(cadence.period)] = cadence.days
                self.weight[number, line.span(cadence.period)] = cadence.weight
        stopped = np.zeros(line.size, dtype=bool)
        stopped[[line.index(day) for day in facts.calendar.stopped if line.holds(day)]] = True
        self.runs: Mask = ~stopped | (self.cadence <= facts.calendar.always_runs_days)
        self.runs &= ~suspended


def _take_away_grace(
    facts: Facts, line: Timeline, tables: _Tables, clock: Table, counts: Mask
) -> None:
    """Days within the first window after each start no longer count."""
    mentorships: dict[str, list[Mentorship]] = defaultdict(list)
    for row in facts.mentorships:
        mentorships[row.pupil].append(row)
    starts = [
        (number, line.index(day))
        for number, pupil in enumerate(facts.pupils)
        for day in grace_starts(facts, pupil, mentorships[pupil.id])
        if line.holds(day)
    ]
    if not starts:
        return
    pupil, day = np.array(starts).T
    until = clock[pupil, day] + tables.cadence[pupil, day]
    for number, start, limit in zip(pupil.tolist(), day.tolist(), until.tolist(), strict=True):
        end = int(np.searchsorted(clock[number], limit))
        counts[number, start:end] = False


def _covered(
    line: Timeline,
    tables: _Tables,
    clock: Table,
    counted: list[Counted],
    pupils: tuple[PupilFacts, ...],
) -> Mask:
    """Days reached by the latest full or the latest half contact before them."""
    covered = np.zeros((len(pupils), line.size), dtype=bool)
    allowed = {False: tables.cadence, True: (tables.cadence + 1) // 2}
    for half, reach in allowed.items():
        last: Table = np.full((len(pupils), line.size), NEVER, dtype=np.int32)
        rows = [
            (tables.row[row.pupil], line.index(row.effective_on))
            for row in counted
            if row.half == half and line.holds(row.effective_on)
        ]
        if rows:
            pupil, day = np.array(rows).T
            last[pupil, day] = day
            np.maximum.accumulate(last, axis=1, out=last)
            since = clock[:, 1:] - np.take_along_axis(clock, np.maximum(last, 0) + 1, axis=1)
            covered |= (last != NEVER) & (since <= reach)
    return covered


def _sums(tables: _Tables, mask: Mask, mentors: int) -> NDArray[np.int64]:
    """Weights of the marked days, as a table of mentors x pupils."""
    pupils = len(mask)
    pair = tables.mentor * pupils + np.arange(pupils, dtype=np.int32)[:, None]
    weights = np.bincount(pair[mask], weights=tables.weight[mask], minlength=mentors * pupils)
    return weights.astype(np.int64).reshape(mentors, pupils)
