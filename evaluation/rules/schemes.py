"""What a version of the evaluation scheme must be like. Shares are in ten-thousandths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from evaluation.rules.quality import WHOLE

MOST_WEIGHT: Final = 100
MOST_MARGIN: Final = 500
FEWEST_DAYS, MOST_DAYS = 5, 20
"""Working days on notice. Source: the bureau's mentor plan, at least five."""


class Fault(StrEnum):
    """What is wrong with a field."""

    BEGUN = "begun"
    NO_WEIGHT = "no_weight"
    WEIGHT = "weight"
    NOT_FALLING = "not_falling"
    SHARE = "share"
    MARGIN = "margin"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class SchemeFacts:
    """A version as it is proposed; the three floors are those of excellent, good and fair."""

    starts_on: date
    covered_days: int
    required_products: int
    excellent_from: int
    good_from: int
    fair_from: int
    margin: int
    effective_from: int
    notice_days: int

    @property
    def columns(self) -> dict[str, Any]:
        """The same facts as a version keeps them."""
        weights = {
            "covered_days": self.covered_days,
            "required_products": self.required_products,
        }
        return {
            "starts_on": self.starts_on,
            "weights": {code: weight for code, weight in weights.items() if weight},
            "floors": [self.excellent_from, self.good_from, self.fair_from],
            "margin": self.margin,
            "effective_from": self.effective_from,
            "notice_days": self.notice_days,
        }


def faults_of(facts: SchemeFacts, today: date) -> dict[str, Fault]:
    """What is wrong, by field; a version holds only for terms that begin after today."""
    return dict(_faults(facts, today))


def _faults(facts: SchemeFacts, today: date) -> Iterator[tuple[str, Fault]]:
    if facts.starts_on <= today:
        yield "starts_on", Fault.BEGUN
    for name in ("covered_days", "required_products"):
        if not 0 <= getattr(facts, name) <= MOST_WEIGHT:
            yield name, Fault.WEIGHT
    if not facts.covered_days and not facts.required_products:
        yield "covered_days", Fault.NO_WEIGHT
    yield from _wrong_shares(facts)
    if not FEWEST_DAYS <= facts.notice_days <= MOST_DAYS:
        yield "notice_days", Fault.DAYS


def _wrong_shares(facts: SchemeFacts) -> Iterator[tuple[str, Fault]]:
    for name in ("excellent_from", "good_from", "fair_from", "effective_from"):
        if not 0 < getattr(facts, name) <= WHOLE:
            yield name, Fault.SHARE
    if facts.good_from >= facts.excellent_from:
        yield "good_from", Fault.NOT_FALLING
    if facts.fair_from >= facts.good_from:
        yield "fair_from", Fault.NOT_FALLING
    if not 0 <= facts.margin <= MOST_MARGIN:
        yield "margin", Fault.MARGIN
