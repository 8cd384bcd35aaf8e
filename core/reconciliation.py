"""Derived figures against their facts: each room registers what it can compare and repair."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.db import connection

from core import audit, clock, events, triggers
from core.models import OutboxEvent

LATE = timedelta(minutes=10)


class Difference(Protocol):
    """One fact without its consequence, or one consequence without its fact."""

    @property
    def kind(self) -> str: ...

    @property
    def thing_id(self) -> Any: ...

    @property
    def detail(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A difference that core itself finds."""

    kind: str
    thing_id: Any
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one room compares; ``repair`` is harmless to repeat and may be absent."""

    name: str
    differences: Callable[[], Iterable[Difference]]
    repair: Callable[[], object] | None


_comparisons: dict[str, Comparison] = {}


def register(
    name: str,
    differences: Callable[[], Iterable[Difference]],
    repair: Callable[[], object] | None = None,
) -> None:
    """Let ``reconcile`` compare one more kind of figure (called in ``lms/wiring.py``)."""
    _comparisons[name] = Comparison(name, differences, repair)


def comparisons() -> list[Comparison]:
    """All comparisons, in the order of their names."""
    return [_comparisons[name] for name in sorted(_comparisons)]


def undelivered() -> Iterable[Found]:
    """Facts that should have reached their reactions by now."""
    late = OutboxEvent.objects.filter(delivered_at__isnull=True, created_at__lt=clock.now() - LATE)
    for row in late.order_by("created_at").iterator():
        yield Found("undelivered", row.pk, row.kind)


def deliver_late() -> int:
    """Deliver those facts now; returns how many arrived."""
    return sum(events.deliver(found.thing_id) for found in list(undelivered()))


def unguarded() -> Iterable[Found]:
    """Tables that lost a trigger."""
    for name in triggers.missing(connection):
        yield Found("trigger_missing", name)


def unqueued() -> Iterable[Found]:
    """Audit rows that would never be sealed."""
    for event in audit.forgotten().iterator():
        yield Found("unqueued", event.pk, event.verb)


register("core.audit", unqueued, audit.remember_forgotten)
register("core.outbox", undelivered, deliver_late)
register("core.triggers", unguarded, triggers.install_all)
