"""Schools are held first, before the people in them, so that nobody waits for one another."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from schools.models import Household, Unit


def hold_schools(units: Iterable[Unit]) -> None:
    """Hold these schools until the transaction ends, so that classes, seats and principals change
    one at a time; new rows that only refer to a school do not wait."""
    keys = sorted({unit.pk for unit in units})
    rows = Unit.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def held_households(which: Q) -> list[Household]:
    """These households as they stand now, held until the transaction ends, so that one at a time
    comes into them, leaves or renames them: their children may be of several schools, each of
    which holds only itself. Schools and pupils are held before them."""
    rows = Household.objects.filter(which).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))
