"""Reads of the trace, for the one page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from core.clock import SHANGHAI, civil_date
from core.models import AuditEvent, AuditSeal

Thing = tuple[str, str]
"""The kind (``app.model``) and the id of an object."""


_VERBS = """
WITH RECURSIVE found (verb) AS (
    SELECT min(verb) FROM core_auditevent
    UNION ALL
    SELECT (SELECT min(verb) FROM core_auditevent WHERE verb > found.verb)
    FROM found WHERE found.verb IS NOT NULL
)
SELECT verb FROM found WHERE verb IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """Some deeds, in the units with these paths."""

    paths: Collection[str]
    verbs: Collection[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are asked for; None stands for any. Days are civil days in Shanghai."""

    verb: str = ""
    actors: Collection[UUID] | None = None
    things: Collection[Thing] | None = None
    since: date | None = None
    until: date | None = None
    unsealed: bool = False
    reaches: Collection[Reach] | None = None


def events(wanted: Wanted) -> QuerySet[AuditEvent]:
    """The rows that fit, newest first, each with its seal."""
    rows = AuditEvent.objects.filter(_things_q(wanted.things))
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.actors is not None:
        rows = rows.filter(actor_id__in=wanted.actors)
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.unsealed:
        rows = rows.filter(unsealed__isnull=False)
    if wanted.reaches is not None:
        rows = rows.filter(_reaches_q(wanted.reaches))
    return rows.select_related("seal").order_by("-at", "-id")


def _reaches_q(reaches: Collection[Reach]) -> Q:
    condition = Q(pk__in=[])
    for reach in reaches:
        condition |= Q(unit_path__in=reach.paths, verb__in=reach.verbs)
    return condition


def last_day_of(
    actor_id: UUID, *, under: str, since: date, without: Collection[str] = ()
) -> date | None:
    """The last civil day, from `since` on, on which somebody acted in the unit with the path
    `under` or below; what was done on a basis `without` does not count."""
    rows = AuditEvent.objects.filter(actor_id=actor_id, unit_path__startswith=under)
    rows = rows.exclude(basis__in=without)
    last = rows.filter(at__gte=_midnight(since)).order_by("-at").values_list("at", flat=True)
    at = last.first()
    return civil_date(at) if at is not None else None


def recorded_verbs() -> list[str]:
    """Every verb that occurs in the trace, each found by one step through the index of verbs."""
    with connection.cursor() as cursor:
        cursor.execute(_VERBS)
        return [verb for (verb,) in cursor.fetchall()]


def sealed_up_to() -> int:
    """The number of the last link of the chain; 0 before the first."""
    last = AuditSeal.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return last or 0


def named(
    ways: Mapping[str, tuple[Callable[[], QuerySet[Any]], Callable[[Any], str]]],
    wanted: Mapping[str, Collection[str]],
) -> dict[Thing, str]:
    """Names of the wanted ids of those kinds for which ``ways`` knows rows and how to call one."""
    found: dict[Thing, str] = {}
    for kind in wanted.keys() & ways.keys():
        rows, called = ways[kind]
        ids = [key for key in wanted[kind] if _is_uuid(key)]
        found |= {(kind, str(row.pk)): called(row) for row in rows().filter(pk__in=ids)}
    return found


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _things_q(things: Collection[Thing] | None) -> Q:
    if things is None:
        return Q()
    condition = Q(pk__in=[])
    for kind in sorted({kind for kind, _id in things}):
        ids = [thing_id for its_kind, thing_id in things if its_kind == kind]
        condition |= Q(thing_type=kind, thing_id__in=ids)
    return condition


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
