"""Rows that hold for a period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet[Any]):
    """Rows of a half-open period [starts_on, ends_on)."""

    def on(self, day: date) -> DatedQuerySet:
        """Rows that hold on the civil date `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def lasting(self) -> DatedQuerySet:
        """Rows that hold on some day at all: what was called off or taken back holds on none."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")))

    def reaching(self, day: date) -> DatedQuerySet:
        """Rows that hold on the civil date `day` or on a later one, empty periods left out."""
        open_end = Q(ends_on__isnull=True)
        return self.filter(open_end | Q(ends_on__gt=day) & Q(ends_on__gt=F("starts_on")))


def last_day(ends_on: date | None) -> date | None:
    """The last day of a half-open period; None while it is open."""
    return ends_on - timedelta(days=1) if ends_on is not None else None
