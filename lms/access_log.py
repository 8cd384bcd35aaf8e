"""The access log as an auditor reads it: who did or looked at what, never its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from accounts.selectors import actors_called, names_of_actors
from core import audit, trace
from core.models import AuditEvent
from core.trace import Wanted
from lms import deeds

ROWS = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; everything is optional, days are civil days in Shanghai."""

    verb: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    sealed: str = ""


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
    page = Paginator(trace.events(_wanted(filters)), ROWS).get_page(number)
    names = names_of_actors(row.actor_id for row in page.object_list if row.actor_id)
    entries = [_entry(row, names) for row in page.object_list]
    verbs = ((verb, deeds.words_of(verb)) for verb in trace.recorded_verbs())
    named = sorted(verbs, key=lambda pair: pair[1])
    return Log(page=page, entries=entries, verbs=named, sealed_up_to=trace.sealed_up_to())


def _wanted(filters: Filters) -> Wanted:
    actors = actors_called(filters.person) if filters.person else None
    return Wanted(
        verb=filters.verb,
        actors=actors,
        since=filters.since,
        until=filters.until,
        unsealed=filters.sealed == "no",
    )


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
