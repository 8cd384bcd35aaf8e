from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.constraints import NoOverlap
from core.fields import EncryptedTextField
from core.models import Row
from core.triggers import append_only


class Letter(Row):
    text = EncryptedTextField()
    aside = EncryptedTextField(null=True)
    title = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.title


@append_only
class Entry(Row):
    """A fact with words: added, never changed, and still under a key that can be rotated."""

    text = EncryptedTextField()
    title = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.title


class Shift(models.Model):
    """Dates, a condition, a field that may be empty."""

    guard = models.CharField(max_length=20, null=True)  # noqa: DJ001
    state = models.CharField(max_length=10, default="active")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            NoOverlap(name="shelf_one_shift", fields=("guard",), condition=Q(state="active"))
        ]

    def __str__(self) -> str:
        return f"{self.guard}"


class Booking(models.Model):
    """Instants, two fields, no condition."""

    house = models.CharField(max_length=20)
    room = models.IntegerField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            NoOverlap(
                name="shelf_one_booking",
                fields=("house", "room"),
                start="begins_at",
                end="ends_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.house} {self.room}"
