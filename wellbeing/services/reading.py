"""Looks into the locked room: each leaves its trace, or does not happen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core import audit
from core.errors import Missing
from wellbeing.models import LedgerEntry, Signal
from wellbeing.permissions import keeps_ledger, reads_signals, watches_from_above
from wellbeing.selectors.closing import in_hand, left_behind, to_confirm
from wellbeing.selectors.desk import (
    Desk,
    Ledger,
    Opened,
    OpenedEntry,
    desk_of,
    ledger_page_of,
    opened_entry_for,
    opened_for,
)
from wellbeing.selectors.ledger import Line, get_entry_for, ledger_for, to_sign
from wellbeing.selectors.signals import (
    Overdue,
    SignalLine,
    get_signal_for,
    lines_of,
    overdue_for,
    signals_for,
)

PURPOSE = "care"


def open_ledger(*, actor: Any) -> list[Line]:
    """The ledger of the actor's pupils (see `selectors.ledger.ledger_for`); the look is traced.

    Raises Missing for who keeps none.
    """
    if not keeps_ledger(actor):
        raise Missing
    lines = ledger_for(actor)
    audit.record(actor, "wellbeing.read_ledger", purpose=PURPOSE, basis="post", rows=len(lines))
    return lines


def open_entry(*, actor: Any, entry_id: UUID) -> LedgerEntry:
    """One entry with its words; the look is traced. Raises Missing."""
    entry = get_entry_for(actor, entry_id)
    audit.record(
        actor, "wellbeing.read_entry", entry, unit=entry.unit, purpose=PURPOSE, basis="post"
    )
    return entry


def open_signals(*, actor: Any) -> QuerySet[Signal]:
    """The actor's signals (see `selectors.signals.signals_for`); the look is traced.

    Raises Missing for whom no signal can be before.
    """
    if not reads_signals(actor):
        raise Missing
    rows = signals_for(actor)
    audit.record(actor, "wellbeing.read_signals", purpose=PURPOSE, basis="post", rows=rows.count())
    return rows


def open_signal(*, actor: Any, signal_id: UUID) -> Signal:
    """One signal with its words; the look is traced. Raises Missing."""
    signal = get_signal_for(actor, signal_id)
    audit.record(
        actor, "wellbeing.read_signal", signal, unit=signal.unit, purpose=PURPOSE, basis="post"
    )
    return signal


def open_signal_page(*, actor: Any, signal_id: UUID) -> Opened:
    """One signal as its page shows it; the look is traced. Raises Missing."""
    opened = opened_for(actor, open_signal(actor=actor, signal_id=signal_id))
    others = len(opened.joined) + len(opened.joinable) + len(opened.targets)
    if others:
        audit.record(actor, "wellbeing.read_signals", purpose=PURPOSE, basis="post", rows=others)
    return opened


def open_desk(*, actor: Any, page: int = 1) -> Desk:
    """What waits for the actor in the room; a look at signals is traced."""
    signals = open_signals(actor=actor) if reads_signals(actor) else None
    return desk_of(actor, signals, page)


def open_ledger_page(*, actor: Any, page: int = 1) -> Ledger:
    """The ledger as its page shows it; the look is traced. Raises Missing for who keeps none."""
    return ledger_page_of(actor, open_ledger(actor=actor), page)


def open_entry_page(*, actor: Any, entry_id: UUID) -> OpenedEntry:
    """One entry as its page shows it; the look is traced. Raises Missing."""
    return opened_entry_for(actor, open_entry(actor=actor, entry_id=entry_id))


def open_overdue(*, actor: Any) -> list[Overdue]:
    """What waits below the actor's county or the bureau; the look is traced. Raises Missing for
    who is at a school.
    """
    if not watches_from_above(actor):
        raise Missing
    rows = overdue_for(actor)
    audit.record(actor, "wellbeing.read_signals", purpose=PURPOSE, basis="post", rows=len(rows))
    return rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody today: signals to take on, signals from below, entries to sign,
    signals in hand that have not ended, findings to confirm, and for heads the open signals whose
    owner has left.
    """

    signals: list[SignalLine]
    overdue: list[Overdue]
    to_sign: int
    in_hand: int
    to_confirm: int
    left_behind: int


def open_waiting(*, actor: Any) -> Waiting:
    """What waits for the actor; a look at signals is traced where there are any."""
    waiting = signals_for(actor).filter(acknowledgement=None)
    signals = lines_of(waiting)
    overdue = overdue_for(actor)
    rows = len(signals) + len(overdue)
    if rows:
        audit.record(actor, "wellbeing.read_signals", purpose=PURPOSE, basis="post", rows=rows)
    return Waiting(
        signals=signals,
        overdue=overdue,
        to_sign=to_sign(actor),
        in_hand=in_hand(actor),
        to_confirm=to_confirm(actor),
        left_behind=left_behind(actor),
    )
