"""Which civil dates people may enter: a mistyped year is caught before it rewrites anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""No date of the bureau lies before or after. Source: docs/decisions/0041."""
RECORDED_WITHIN = timedelta(days=366)
"""What happened is recorded at most so much later, and planned at most so much ahead."""
WORKING_LIFE = timedelta(days=60 * 366)
"""Nobody has worked longer in one place."""


MISTAKEN_FOR = timedelta(days=30)
"""So long after it was recorded a seat may be called a mistake; afterwards check-ins, absences and
figures rest on it. Source: docs/decisions/0046."""


def may_be_mistaken(began: date, recorded: date, today: date) -> bool:
    """Whether a seat that began and was recorded on these days may still be taken back whole."""
    return today <= max(began, recorded) + MISTAKEN_FOR


def span_of_a_change(today: date, begun: Iterable[date]) -> tuple[date, date]:
    """The first and last day for a move, a leave or a post recorded on `today`.

    `begun` are the first days of what the change would end; what has begun is not undone.
    """
    return max([today - RECORDED_WITHIN, *begun]), today + RECORDED_WITHIN


def span_of_a_start(today: date, ended: Iterable[date]) -> tuple[date, date]:
    """The first and last day from which a person may be said to work, `ended` having ended."""
    return max([today - WORKING_LIFE, *ended]), today + RECORDED_WITHIN
