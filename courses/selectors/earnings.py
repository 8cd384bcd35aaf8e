"""What a completed course has earned, as the room that keeps the credits tells it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Earned:
    """Hours of a completion that count now, and the day on which they were taken back."""

    counted_hours: Decimal
    taken_back_on: date | None


Provider = Callable[[Collection[UUID]], Mapping[UUID, Earned]]
_providers: list[Provider] = []


def earnings_are(provider: Provider) -> None:
    """Register who knows what enrolments earned; repeating is harmless."""
    if provider not in _providers:
        _providers.append(provider)


def earned_in(enrolment_ids: Collection[UUID]) -> dict[UUID, Earned]:
    """Enrolment → what it earned, for those whose credit is posted."""
    found: dict[UUID, Earned] = {}
    for provider in _providers:
        found.update(provider(enrolment_ids))
    return found
