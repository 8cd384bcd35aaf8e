"""The access log as an auditor reads it: who did or looked at what, never its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.clock import SHANGHAI
from core.models import AuditEvent, AuditSeal
from lms import deeds

ROWS = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; everything is optional, days are civil days in Shanghai."""

    verb: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log with its actor's name; deed, thing, purpose and basis in words."""

    at: datetime
    actor: str
    verb: str
    deed: str
    thing: str
    thing_id: str
    purpose: str
    basis: str
    address: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log, the verbs that occur, and how far the chain is sealed."""

    page: Page[AuditEvent]
    entries: list[Entry]
    verbs: list[tuple[str, str]]
    sealed_up_to: int


def read_log(viewer: Any, filters: Filters, number: int) -> Log:
    """A page of the log, newest first; reading it leaves a trace of its own."""
    audit.record(viewer, "audit.read", purpose="access_log", page=number)
    rows = _matching(filters).select_related("seal").order_by("-at", "-id")
    page = Paginator(rows, ROWS).get_page(number)
    names = _names({row.actor_id for row in page.object_list if row.actor_id})
    entries = [_entry(row, names) for row in page.object_list]
    verbs = AuditEvent.objects.order_by("verb").values_list("verb", flat=True).distinct()
    last = AuditSeal.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    named = sorted(((verb, deeds.words_of(verb)) for verb in verbs), key=lambda pair: pair[1])
    return Log(page=page, entries=entries, verbs=named, sealed_up_to=last or 0)


def _matching(filters: Filters) -> QuerySet[AuditEvent]:
    rows = AuditEvent.objects.all()
    if filters.verb:
        rows = rows.filter(verb=filters.verb)
    if filters.person:
        people = User.objects.filter(name=filters.person) | User.objects.filter(
            username=filters.person
        )
        rows = rows.filter(actor_id__in=list(people.values_list("pk", flat=True)))
    if filters.since:
        rows = rows.filter(at__gte=_midnight(filters.since))
    if filters.until:
        rows = rows.filter(at__lt=_midnight(filters.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _names(ids: set[UUID]) -> dict[UUID, str]:
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _entry(row: AuditEvent, names: dict[UUID, str]) -> Entry:
    actor = names.get(row.actor_id, _("已注销的账号")) if row.actor_id else _("系统")
    return Entry(
        at=row.at,
        actor=actor,
        verb=row.verb,
        deed=deeds.words_of(row.verb),
        thing=deeds.words_of_thing(row.thing_type),
        thing_id=row.thing_id,
        purpose=deeds.words_of_reason(row.purpose),
        basis=deeds.words_of_reason(row.basis),
        address=row.address,
        sealed=hasattr(row, "seal"),
    )
