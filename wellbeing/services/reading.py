"""Looks into the locked room: each leaves its trace, or does not happen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core import audit
from wellbeing.models import LedgerEntry, Signal
from wellbeing.permissions import reads_signals
from wellbeing.selectors.desk import Desk, Opened, desk_of, opened_for
from wellbeing.selectors.ledger import Line, get_entry_for, ledger_for
from wellbeing.selectors.signals import get_signal_for, signals_for

PURPOSE = "care"


def open_ledger(*, actor: Any) -> list[Line]:
    """The ledger of the actor's pupils (see `selectors.ledger.ledger_for`); the look is traced."""
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
    """The actor's signals (see `selectors.signals.signals_for`); the look is traced."""
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
    return opened_for(actor, open_signal(actor=actor, signal_id=signal_id))


def open_desk(*, actor: Any, page: int = 1) -> Desk:
    """What waits for the actor in the room; a look at signals is traced."""
    signals = open_signals(actor=actor) if reads_signals(actor) else None
    return desk_of(actor, signals, page)
