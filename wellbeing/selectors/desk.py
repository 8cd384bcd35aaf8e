"""What waits in the room for whoever enters, and one signal as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from schools.permissions import scope_of
from wellbeing.models import Signal
from wellbeing.permissions import keeps_ledger, watches_from_above
from wellbeing.selectors.signals import Overdue, SignalLine, lines_of, overdue_for

ROWS = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """Signals that nobody took on and those that somebody did, and what waits from below.

    `taken` is None for who reads no signals, `overdue` for who is below the county.
    """

    waiting: list[SignalLine]
    taken: Page[Signal] | None
    taken_lines: list[SignalLine]
    overdue: list[Overdue] | None
    keeps_ledger: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """One signal with its words; `is_mine` for its owner, `may_take` while nobody took it on."""

    line: SignalLine
    text: str
    names: str
    is_mine: bool
    may_take: bool


def desk_of(viewer: Any, signals: QuerySet[Signal] | None, page: int) -> Desk:
    """The desk of a viewer, who reads these signals."""
    waiting: list[SignalLine] = []
    taken: Page[Signal] | None = None
    if signals is not None:
        waiting = lines_of(viewer, signals.filter(acknowledgement=None))
        taken = Paginator(signals.exclude(acknowledgement=None), ROWS).get_page(page)
    return Desk(
        waiting=waiting,
        taken=taken,
        taken_lines=lines_of(viewer, taken) if taken else [],
        overdue=overdue_for(viewer) if watches_from_above(viewer) else None,
        keeps_ledger=keeps_ledger(viewer),
    )


def opened_for(viewer: Any, signal: Signal) -> Opened:
    """A signal that the viewer reads, as its page shows it."""
    own = scope_of(viewer).teacher
    taken = getattr(signal, "acknowledgement", None)
    return Opened(
        line=lines_of(viewer, [signal])[0],
        text=str(signal.text),
        names=str(signal.names or ""),
        is_mine=taken is not None and taken.by_id == (own.pk if own else None),
        may_take=taken is None and signal.raised_by_id != (own.pk if own else None),
    )
