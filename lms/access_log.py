"""The access log as its readers see it: who did or looked at what, never its content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from accounts.selectors import actors_called, names_of_actors
from core import audit, trace
from core.models import AuditEvent
from core.trace import Thing, Wanted
from lms import deeds
from lms.log_reach import Reading, reading_of
from lms.named import names_of, things_called

ROWS = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; everything is optional, days are civil days in Shanghai."""

    verb: str = ""
    person: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log; actor, deed, thing, purpose and basis in words, the thing's name too."""

    at: datetime
    actor: str
    verb: str
    deed: str
    thing: str
    thing_name: str
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
    is_whole: bool


def read_log(viewer: Any, filters: Filters, number: int) -> Log:
    """A page of the log, newest first; reading it leaves a trace of its own."""
    audit.record(viewer, "audit.read", purpose="access_log", page=number)
    reading = reading_of(viewer)
    wanted = _wanted(viewer, filters, reading)
    page = Paginator(trace.events(wanted), ROWS).get_page(number)
    names = names_of_actors(row.actor_id for row in page.object_list if row.actor_id)
    things = names_of(viewer, {(row.thing_type, row.thing_id) for row in page.object_list})
    entries = [_entry(row, names, things) for row in page.object_list]
    verbs = reading.verbs({*trace.recorded_verbs(), *filter(None, [filters.verb])})
    named = sorted(((verb, deeds.words_of(verb)) for verb in verbs), key=_reading_order)
    return Log(page, entries, named, trace.sealed_up_to(), reading.is_whole)


def _reading_order(pair: tuple[str, str]) -> bytes:
    """Words by their pinyin, as GB 2312 orders common characters; English by its letters."""
    return pair[1].casefold().encode("gb18030")


def _wanted(viewer: Any, filters: Filters, reading: Reading) -> Wanted:
    return Wanted(
        verb=filters.verb,
        actors=actors_called(filters.person) if filters.person else None,
        things=things_called(viewer, filters.about) if filters.about else None,
        since=filters.since,
        until=filters.until,
        unsealed=filters.sealed == "no",
        reaches=None if reading.is_whole else reading.reaches,
    )


def _actor(row: AuditEvent, names: dict[UUID, str]) -> str:
    if row.actor_id is not None:
        return names.get(row.actor_id, _("已注销的账号"))
    return _("未登录的访客") if row.address else _("系统")


def _entry(row: AuditEvent, names: dict[UUID, str], things: Mapping[Thing, str]) -> Entry:
    return Entry(
        at=row.at,
        actor=_actor(row, names),
        verb=row.verb,
        deed=deeds.words_of(row.verb),
        thing=deeds.words_of_thing(row.thing_type),
        thing_name=things.get((row.thing_type, row.thing_id), ""),
        purpose=deeds.words_of_reason(row.purpose),
        basis=deeds.words_of_reason(row.basis),
        address=row.address,
        sealed=hasattr(row, "seal"),
    )
