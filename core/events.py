"""The outbox: facts are published with the change, and reach their reactions afterwards.

A fact is a frozen dataclass of plain values. Publishing writes a row in the same transaction;
after commit the delivery looks up who reacts (``lms/wiring.py``). A row that was not delivered
is swept, so a reaction may run twice and must be harmless to repeat.
"""

from __future__ import annotations

import dataclasses
import logging
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from core import clock, waking
from core.models import OutboxEvent

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 500
MAX_BACKOFF = timedelta(hours=1)
UNKNOWN_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all facts."""


E = TypeVar("E", bound=Event)
Reaction = Callable[[Any], object]
_types: dict[str, type[Event]] = {}
_reactions: dict[str, list[Reaction]] = {}


def kind_of(event_type: type[Event]) -> str:
    """The stable name under which a fact is stored: module and class."""
    return f"{event_type.__module__}.{event_type.__qualname__}"


def subscribe(event_type: type[E], reaction: Callable[[E], object]) -> None:
    """Let ``reaction`` follow every ``event_type``; subscribing twice is harmless."""
    kind = kind_of(event_type)
    _types[kind] = event_type
    reactions = _reactions.setdefault(kind, [])
    if reaction not in reactions:
        reactions.append(reaction)


def publish(event: Event) -> OutboxEvent:
    """Record a fact in the transaction of the change that made it true."""
    row = _row(event)
    row.save(force_insert=True)
    transaction.on_commit(partial(_wake, row.pk))
    return row


def publish_all(events: Iterable[Event]) -> None:
    """Record many facts in few queries; otherwise as ``publish``."""
    rows = [_row(event) for event in events]
    OutboxEvent.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    for row in rows:
        transaction.on_commit(partial(_wake, row.pk))


def _row(event: Event) -> OutboxEvent:
    now = clock.now()
    payload = _to_json(event)
    return OutboxEvent(kind=kind_of(type(event)), payload=payload, due_at=now, woken_at=now)


def _wake(event_id: UUID) -> None:
    if not waking.wake_event(event_id):
        OutboxEvent.objects.filter(pk=event_id).update(woken_at=None)


def deliver(event_id: UUID) -> bool:
    """Run all reactions to one fact; True when it is delivered now or was before.

    A failing reaction leaves the row due again, with a growing pause. A fact of a kind that
    this version does not know (a newer one published it) waits for a worker that does.
    """
    row = OutboxEvent.objects.filter(pk=event_id).first()
    if row is None:
        return False
    if row.delivered_at is not None:
        return True
    event_type = _type_of(row.kind)
    if event_type is None:
        logger.error("no worker of this version knows the fact %s", row.kind)
        _put_off(row, UNKNOWN_PAUSE, "unknown kind", attempts=row.attempts)
        return False
    try:
        for reaction in _reactions.get(row.kind, ()):
            reaction(_from_json(event_type, row.payload))
    except (Exception, SystemExit) as error:
        logger.exception("reaction to %s failed", row.kind)
        pause = min(MAX_BACKOFF, timedelta(seconds=5 * 2 ** min(row.attempts, 10)))
        _put_off(row, pause, type(error).__name__, attempts=row.attempts + 1)
        return False
    OutboxEvent.objects.filter(pk=row.pk, delivered_at__isnull=True).update(
        delivered_at=clock.now(), attempts=row.attempts + 1, last_error=""
    )
    return True


def _put_off(row: OutboxEvent, pause: timedelta, why: str, *, attempts: int) -> None:
    OutboxEvent.objects.filter(pk=row.pk, delivered_at__isnull=True).update(
        attempts=attempts, due_at=clock.now() + pause, last_error=why, woken_at=None
    )


def _type_of(kind: str) -> type[Event] | None:
    """The class of a stored fact: one that somebody follows, or one that a room declares."""
    if kind in _types:
        return _types[kind]
    return next((known for known in Event.__subclasses__() if kind_of(known) == kind), None)


def due_events(limit: int = 200) -> Iterator[UUID]:
    """Facts whose delivery is due, oldest first."""
    return iter(waiting().order_by("created_at").values_list("pk", flat=True)[:limit])


def waiting() -> QuerySet[OutboxEvent]:
    """Facts whose delivery is due."""
    return OutboxEvent.objects.filter(delivered_at__isnull=True, due_at__lte=clock.now())


def _to_json(event: Event) -> dict[str, Any]:
    return {field.name: _plain(getattr(event, field.name)) for field in dataclasses.fields(event)}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"an event carries plain values only, not {type(value).__name__}")


def _from_json(event_type: type[Event], payload: dict[str, Any]) -> Event:
    hints = typing.get_type_hints(event_type)
    known = {name: value for name, value in payload.items() if name in hints}
    return event_type(**{name: _typed(hints[name], value) for name, value in known.items()})


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if hint in {UUID, Decimal}:
        return hint(value)
    if hint in {date, datetime}:
        return hint.fromisoformat(value)
    return value
