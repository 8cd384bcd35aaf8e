"""Looks into the locked room: each leaves its trace, or does not happen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core import audit
from wellbeing.models import LedgerEntry
from wellbeing.selectors.ledger import Line, get_entry_for, ledger_for

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
