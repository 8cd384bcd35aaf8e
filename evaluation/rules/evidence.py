"""The sheets of a school's term: every number with the rows that count, and why others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from evaluation.rules.counting import Counted, Excluded
from evaluation.rules.covered_fast import PupilShare, shares_by_pupil
from evaluation.rules.facts import Contact, Facts, Outcome
from evaluation.rules.indicators import (
    COVERAGE,
    COVERED_DAYS,
    LAG_MEDIAN,
    LAG_P90,
    LATE,
    PRODUCTS,
    REQUIRED,
    VERSIONS,
    Indicator,
    Product,
    Results,
    products,
)

WORKLOAD: Final = "workload"
WORKLOAD_VERSION: Final = 1
SAME_ROWS: Final[Mapping[str, str]] = {LAG_MEDIAN: LATE, LAG_P90: LATE}
"""Indicators that are taken from the rows of another one."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One number: its parts pupil by pupil, which contacts count, and why others do not."""

    code: str
    version: int
    numerator: int
    denominator: int
    pupils: list[Row]
    rows: list[Row]
    excluded: list[Row]


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one mentor, or of the whole school where `mentor` is None."""

    mentor: str | None
    lines: list[Line]

    @property
    def shares(self) -> dict[str, tuple[int, int]]:
        """Numerator and denominator by indicator."""
        return {line.code: (line.numerator, line.denominator) for line in self.lines}


def pages(facts: Facts, results: Results, mentors: Collection[str]) -> list[Page]:
    """The page of the school, then those of these mentors in order of their ids."""
    found = _Found(facts, results)
    figures: dict[str | None, list[Indicator]] = defaultdict(list)
    for indicator in results.indicators:
        figures[indicator.mentor].append(indicator)
    school = [found.line(row) for row in figures[None]]
    return [
        Page(None, school),
        *(
            Page(mentor, [*(found.line(row) for row in figures[mentor]), found.workload(mentor)])
            for mentor in sorted(mentors)
            if mentor in figures
        ),
    ]


class _Found:
    """What the facts say, sorted by mentor and pupil."""

    def __init__(self, facts: Facts, results: Results) -> None:
        self.facts = facts
        self.shares: dict[str, dict[str, PupilShare]] = defaultdict(dict)
        for (mentor, pupil), share in shares_by_pupil(facts, results.counted).items():
            self.shares[mentor][pupil] = share
        self.counted: dict[str, list[Counted]] = defaultdict(list)
        for row in results.counted:
            self.counted[row.pupil].append(row)
        self.excluded: dict[str, list[Excluded]] = defaultdict(list)
        for gone in results.excluded:
            self.excluded[gone.contact.mentor].append(gone)
        self.products: dict[str, list[Product]] = defaultdict(list)
        for product in products(facts, results.counted):
            self.products[product.mentor].append(product)
        self.own: dict[str, list[Contact]] = defaultdict(list)
        for contact in facts.contacts:
            if self.in_term(contact):
                self.own[contact.mentor].append(contact)

    def in_term(self, contact: Contact) -> bool:
        return self.facts.term.start <= contact.occurred_on < self.facts.end

    def line(self, figure: Indicator) -> Line:
        parts = {
            COVERAGE: self._coverage,
            COVERED_DAYS: self._covered,
            PRODUCTS: self._products,
            LATE: self._entries,
        }
        rows = parts[figure.code](figure.mentor or "") if figure.code in parts else ([], [], [])
        return Line(figure.code, VERSIONS[figure.code], figure.numerator, figure.denominator, *rows)

    def workload(self, mentor: str) -> Line:
        """Days with a pupil by weight, whether or not they count: it stands beside quality."""
        shares = sorted(self.shares[mentor].items())
        carried = [{"pupil": pupil, "days": share.carried} for pupil, share in shares]
        total = sum(share.carried for _pupil, share in shares)
        return Line(WORKLOAD, WORKLOAD_VERSION, total, 1, carried, [], [])

    def _coverage(self, _school: str) -> tuple[list[Row], list[Row], list[Row]]:
        return list(_gaps(self.facts)), [], []

    def _covered(self, mentor: str) -> tuple[list[Row], list[Row], list[Row]]:
        shares = {pupil: row for pupil, row in self.shares[mentor].items() if row.counting}
        pupils = [
            {"pupil": pupil, "covered": row.covered, "counting": row.counting}
            for pupil, row in sorted(shares.items())
        ]
        rows = [
            {
                "id": row.contact.id,
                "pupil": pupil,
                "effective_on": row.effective_on.isoformat(),
                "half": row.half,
            }
            for pupil in sorted(shares)
            for row in _reaching(self.counted[pupil], self.facts.term.start)
        ]
        return pupils, rows, self._not_counted(mentor)

    def _not_counted(self, mentor: str) -> list[Row]:
        return [
            {"id": row.contact.id, "pupil": row.pupil, "reason": row.reason.value}
            for row in self.excluded[mentor]
            if self.in_term(row.contact)
        ]

    def _products(self, mentor: str) -> tuple[list[Row], list[Row], list[Row]]:
        own = self.products[mentor]
        done: dict[str, list[str]] = {row.pupil: [] for row in own}
        for row in own:
            if row.contact is None:
                done[row.pupil].append(row.kind.value)
        pupils = [
            {"pupil": pupil, "done": len(REQUIRED) - len(missing), "due": len(REQUIRED)}
            | {"missing": missing}
            for pupil, missing in done.items()
        ]
        rows = [
            {"id": row.contact.id, "pupil": row.pupil, "kind": row.kind.value}
            for row in own
            if row.contact is not None
        ]
        used = {(row["id"], row["pupil"]) for row in rows}
        others = [
            {"id": row.contact.id, "pupil": pupil, "reason": _no_product(row.contact)}
            for pupil in done
            for row in self.counted[pupil]
            if self.in_term(row.contact) and (row.contact.id, pupil) not in used
        ]
        return pupils, rows, [*others, *self._not_counted(mentor)]

    def _entries(self, mentor: str) -> tuple[list[Row], list[Row], list[Row]]:
        allowed = self.facts.allowed_lag_days
        rows, excluded = [], []
        for contact in self.own[mentor]:
            lag = max(0, contact.lag_days)
            if contact.voided:
                excluded.append({"id": contact.id, "reason": "voided"})
            else:
                rows.append({"id": contact.id, "lag_days": lag, "late": lag > allowed})
        return [], rows, excluded


def _reaching(counted: Iterable[Counted], start: date) -> Iterator[Counted]:
    """Contacts that took effect in the term, and before it the latest full and half one."""
    before: dict[bool, Counted] = {}
    inside = []
    for row in sorted(counted, key=lambda row: row.effective_on):
        if row.effective_on < start:
            before[row.half] = row
        else:
            inside.append(row)
    yield from sorted(before.values(), key=lambda row: row.effective_on)
    yield from inside


def _no_product(contact: Contact) -> str:
    """Why a counted contact of the term is no required product."""
    if contact.outcome != Outcome.MADE:
        return "not_made"
    return "repeated" if contact.kind in REQUIRED else "not_required"


def _gaps(facts: Facts) -> Iterator[Row]:
    """Pupils who had no mentor on a day on which they were enrolled: from when up to when."""
    pairs: dict[str, list[Any]] = defaultdict(list)
    for row in facts.mentorships:
        pairs[row.pupil].append(row.period)
    for pupil in facts.pupils:
        start: date | None = None
        for day in [*facts.days, facts.end]:
            is_gap = (
                day < facts.end
                and any(day in period for period in pupil.enrolled)
                and not any(day in period for period in pairs[pupil.id])
            )
            if is_gap and start is None:
                start = day
            elif not is_gap and start is not None:
                last = (day - timedelta(days=1)).isoformat()
                yield {"pupil": pupil.id, "from": start.isoformat(), "last": last}
                start = None
