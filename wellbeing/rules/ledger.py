"""In what state an entry of the ledger is, by who has signed. Source: SM-11, decision 0090."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

EntryState = Literal["proposed", "standing", "leaving", "withdrawn", "ended"]

SIGNATORIES = ("psychology_teacher", "class_teacher")
"""Both stand for an entry, and both for its end."""


def unsigned(signed: Collection[str]) -> tuple[str, ...]:
    """The standings that have yet to sign, in their order."""
    return tuple(standing for standing in SIGNATORIES if standing not in signed)


def state_of(entered: Collection[str], left: Collection[str], closing: str) -> EntryState:
    """proposed, standing, leaving, withdrawn or ended."""
    if closing:
        return "withdrawn" if closing == "withdrawn" else "ended"
    if unsigned(entered):
        return "proposed"
    return "leaving" if left else "standing"
