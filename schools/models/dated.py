"""Rows that hold for a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet[Any]):
    """Rows of a half-open period [starts_on, ends_on)."""

    def on(self, day: date) -> DatedQuerySet:
        """Rows that hold on the civil date `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
