"""The indicators of a term: one definition each, with id and version, the same on every screen.

Ratios are kept as numerator and denominator; where nothing is due there is no value, never zero.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from evaluation.rules.counting import Counted, Excluded, judge_contacts
from evaluation.rules.covered_fast import covered_days
from evaluation.rules.facts import Contact, Facts, Kind, Mentorship, Outcome
from evaluation.rules.quality import WHOLE, share_of

COVERAGE, COVERED_DAYS = "coverage", "covered_days"
PRODUCTS, LATE = "required_products", "late_entries"
LAG_MEDIAN, LAG_P90 = "entry_lag_median", "entry_lag_p90"
VERSIONS: Final[Mapping[str, int]] = {
    COVERAGE: 1,
    COVERED_DAYS: 1,
    PRODUCTS: 1,
    LATE: 1,
    LAG_MEDIAN: 1,
    LAG_P90: 1,
}
REQUIRED: Final = (Kind.VISIT, Kind.TALK, Kind.LETTER)
"""三个一: one home visit, one heart-to-heart, one letter for every pupil and term."""
SETTLED_DAYS: Final = 30
"""A pupil's products are due from whoever is the mentor at the end, for at least so long."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of a mentor, or of the whole school where ``mentor`` is None."""

    mentor: str | None
    code: str
    numerator: int
    denominator: int

    @property
    def version(self) -> int:
        """The version of its definition."""
        return VERSIONS[self.code]

    @property
    def value(self) -> float | None:
        """The ratio to four places; None where nothing is due."""
        return share_of(self.numerator, self.denominator) / WHOLE if self.denominator else None


@dataclass(frozen=True, slots=True)
class Results:
    """Every indicator, and every contact with what became of it."""

    indicators: tuple[Indicator, ...]
    counted: tuple[Counted, ...]
    excluded: tuple[Excluded, ...]


def compute(facts: Facts) -> Results:
    """All indicators of a term, school first, then mentor by mentor."""
    counted, excluded = judge_contacts(facts)
    shares = covered_days(facts, counted)
    products = required_products(facts, counted)
    lags = entry_lags(facts)
    rows = [coverage(facts)]
    for mentor in sorted({row.mentor for row in facts.mentorships}):
        share = shares.get(mentor)
        rows.append(
            Indicator(
                mentor,
                COVERED_DAYS,
                share.covered if share else 0,
                share.counting if share else 0,
            )
        )
        rows.append(Indicator(mentor, PRODUCTS, *products.get(mentor, (0, 0))))
        rows += _lag_rows(mentor, lags.get(mentor, []), facts.allowed_lag_days)
    return Results(tuple(rows), tuple(counted), tuple(excluded))


def coverage(facts: Facts) -> Indicator:
    """Pupil-days with a mentor over pupil-days enrolled."""
    mentorships = _by_pupil(facts.mentorships)
    days = facts.days
    enrolled = with_mentor = 0
    for pupil in facts.pupils:
        for day in days:
            if any(day in period for period in pupil.enrolled):
                enrolled += 1
                with_mentor += any(day in row.period for row in mentorships[pupil.id])
    return Indicator(None, COVERAGE, with_mentor, enrolled)


@dataclass(frozen=True, slots=True)
class Product:
    """One of the required kinds for one settled pupil, and the first contact that did it."""

    mentor: str
    pupil: str
    kind: Kind
    contact: Contact | None


def required_products(facts: Facts, counted: Iterable[Counted]) -> Mapping[str, tuple[int, int]]:
    """Products done and due, by mentor: each kind once for every settled pupil."""
    totals: dict[str, tuple[int, int]] = {}
    for product in products(facts, counted):
        done, due = totals.get(product.mentor, (0, 0))
        totals[product.mentor] = (done + (product.contact is not None), due + 1)
    return totals


def products(facts: Facts, counted: Iterable[Counted]) -> Iterator[Product]:
    """Every product that is due, done or not, pupil by pupil."""
    if not facts.days:
        return
    done: dict[tuple[str, Kind], Contact] = {}
    for row in counted:
        contact = row.contact
        in_term = facts.term.start <= contact.occurred_on < facts.end
        if in_term and contact.outcome == Outcome.MADE:
            done.setdefault((row.pupil, contact.kind), contact)
    last = facts.end - timedelta(days=1)
    mentorships = _by_pupil(facts.mentorships)
    for pupil in facts.pupils:
        mentor = _settled_mentor(mentorships[pupil.id], last)
        if mentor is None or not any(last in period for period in pupil.enrolled):
            continue
        for kind in REQUIRED:
            yield Product(mentor, pupil.id, kind, done.get((pupil.id, kind)))


def _settled_mentor(mentorships: Iterable[Mentorship], last: date) -> str | None:
    for row in mentorships:
        if last in row.period:
            settled = (last - row.period.start).days + 1 >= SETTLED_DAYS
            return row.mentor if settled else None
    return None


def entry_lags(facts: Facts) -> Mapping[str, list[int]]:
    """Days between occurrence and entry of the contacts of the term, by mentor, sorted."""
    lags: dict[str, list[int]] = defaultdict(list)
    for contact in facts.contacts:
        if not contact.voided and facts.term.start <= contact.occurred_on < facts.end:
            lags[contact.mentor].append(max(0, contact.lag_days))
    return {mentor: sorted(days) for mentor, days in lags.items()}


def _lag_rows(mentor: str, lags: list[int], allowed: int) -> list[Indicator]:
    """Share of late entries; median and 90th percentile by nearest rank, in days."""
    count = len(lags)
    late = sum(lag > allowed for lag in lags)
    rows = [Indicator(mentor, LATE, late, count)]
    for code, share in ((LAG_MEDIAN, 0.5), (LAG_P90, 0.9)):
        days = lags[math.ceil(share * count) - 1] if count else 0
        rows.append(Indicator(mentor, code, days, 1 if count else 0))
    return rows


def _by_pupil(mentorships: Iterable[Mentorship]) -> Mapping[str, list[Mentorship]]:
    rows: dict[str, list[Mentorship]] = defaultdict(list)
    for row in mentorships:
        rows[row.pupil].append(row)
    return rows
