"""The arithmetic of the credit ledger: what counts, and what a balance is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

RULE_VERSION: Final = "2026.1"
ZERO: Final = Decimal("0.00")

Kind = Literal["award", "adjust", "reverse"]
Reason = Literal["course_completed", "course_counted_before", "certificate_revoked", "released"]


@dataclass(frozen=True)
class Entry:
    """One posting as the arithmetic sees it; hours are exact decimals, never rounded."""

    category: str
    raw_hours: Decimal
    counted_hours: Decimal


@dataclass(frozen=True)
class CategoryBalance:
    """Counted and uncounted hours of one category; `share` is its part of the whole in percent."""

    category: str
    counted_hours: Decimal
    uncounted_hours: Decimal
    share: int


@dataclass(frozen=True)
class Balance:
    """The sum of all postings, and its parts by category, largest first."""

    total: Decimal
    categories: tuple[CategoryBalance, ...]


def counted(
    course: UUID, hours: Decimal, counted_courses: Collection[UUID]
) -> tuple[Decimal, Reason]:
    """The hours of a completion that count and why: one course counts once.

    `counted_courses` are the courses whose hours stand in the ledger unreversed, by what never
    changes of them: a code may be corrected.
    """
    if course in counted_courses:
        return ZERO, "course_counted_before"
    return hours, "course_completed"


def balance(entries: Iterable[Entry]) -> Balance:
    """The balance of any set of postings, in any order: sums only, no state."""
    counted_by: dict[str, Decimal] = defaultdict(Decimal)
    raw_by: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        counted_by[entry.category] += entry.counted_hours
        raw_by[entry.category] += entry.raw_hours
    total = sum(counted_by.values(), ZERO)
    parts = [
        CategoryBalance(
            category,
            hours,
            raw_by[category] - hours,
            int(hours * 100 / total) if total > 0 else 0,
        )
        for category, hours in counted_by.items()
    ]
    parts.sort(key=lambda part: (-part.counted_hours, part.category))
    return Balance(total, tuple(parts))
