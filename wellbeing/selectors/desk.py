"""What waits in the room for whoever enters; one signal and one entry as their pages show them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from schools.permissions import scope_of
from wellbeing.models import LedgerEntry, Signal
from wellbeing.permissions import keeps_ledger, knows_reporter, watches_from_above
from wellbeing.selectors.closing import (
    Finding,
    Other,
    final_of,
    findings_of,
    joinable_to,
    joined_into,
    parent_of,
    reporters_of,
    targets_of,
    waiting_finding_of,
)
from wellbeing.selectors.ledger import Line, line_of, to_sign, waiting_for
from wellbeing.selectors.signals import Overdue, SignalLine, lines_of, overdue_for

ROWS, LEDGER_ROWS = 20, 50


@dataclass(frozen=True, slots=True)
class Desk:
    """Signals that nobody took on and those that somebody did, and what waits from below.

    `taken` is None for who reads no signals, `overdue` for who is below the county; `to_sign`
    counts entries of the ledger that wait for the viewer.
    """

    waiting: list[SignalLine]
    taken: Page[Signal] | None
    taken_lines: list[SignalLine]
    overdue: list[Overdue] | None
    keeps_ledger: bool
    to_sign: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries that wait for the viewer, those that are open, one page of those, and closed.

    `counts` tells by category how many pupils are looked after.
    """

    mine: list[Line]
    page: Page[Line]
    closed: list[Line]
    counts: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """One entry with its grounds, and what the viewer can do with it."""

    line: Line
    reason: str
    may_sign: bool
    may_withdraw: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """One signal with its words, its findings, and what the viewer can do with it.

    `reporter` is empty for whoever is not told; `is_mine` for its owner; `may_confirm` for a second
    reader who is waited for. What is `joinable` may become part of this one, and this one part of
    one of `targets`; `parent` is the signal that it was joined to.
    """

    line: SignalLine
    text: str
    names: str
    reporter: str
    is_mine: bool
    may_take: bool
    may_close: bool
    may_confirm: bool
    findings: list[Finding]
    joined: list[Other]
    joinable: list[Other]
    targets: list[Other]
    parent: UUID | None


def desk_of(viewer: Any, signals: QuerySet[Signal] | None, page: int) -> Desk:
    """The desk of a viewer, who reads these signals."""
    waiting: list[SignalLine] = []
    taken: Page[Signal] | None = None
    if signals is not None:
        waiting = lines_of(signals.filter(acknowledgement=None))
        taken = Paginator(signals.exclude(acknowledgement=None), ROWS).get_page(page)
    return Desk(
        waiting=waiting,
        taken=taken,
        taken_lines=lines_of(taken) if taken else [],
        overdue=overdue_for(viewer) if watches_from_above(viewer) else None,
        keeps_ledger=keeps_ledger(viewer),
        to_sign=to_sign(viewer),
    )


def opened_for(viewer: Any, signal: Signal) -> Opened:
    """A signal that the viewer reads, as its page shows it."""
    own = scope_of(viewer).teacher
    key = own.pk if own else None
    taken = getattr(signal, "acknowledgement", None)
    is_mine = taken is not None and taken.by_id == key
    is_open, waits = final_of(signal) is None, waiting_finding_of(signal) is not None
    return Opened(
        line=lines_of([signal])[0],
        text=str(signal.text),
        names=str(signal.names or ""),
        reporter=signal.raised_by.name if knows_reporter(viewer, signal) else "",
        is_mine=is_mine,
        may_take=taken is None and signal.raised_by_id != key,
        may_close=is_mine and is_open,
        may_confirm=waits and not is_mine and key not in reporters_of(signal),
        findings=findings_of(signal),
        joined=joined_into(viewer, signal),
        joinable=joinable_to(viewer, signal) if is_mine and is_open else [],
        targets=targets_of(viewer, signal),
        parent=parent_of(viewer, signal),
    )


def ledger_page_of(viewer: Any, lines: list[Line], page: int) -> Ledger:
    """The ledger of a viewer, cut into what waits, what is open and what has ended."""
    open_lines = [line for line in lines if line.is_open]
    standing = Counter(line.category for line in open_lines if line.state != "proposed")
    return Ledger(
        mine=waiting_for(viewer, open_lines),
        page=Paginator(open_lines, LEDGER_ROWS).get_page(page),
        closed=[line for line in lines if not line.is_open][:LEDGER_ROWS],
        counts=sorted(standing.items(), key=lambda pair: (-pair[1], pair[0])),
    )


def opened_entry_for(viewer: Any, entry: LedgerEntry) -> OpenedEntry:
    """An entry that the viewer reads, as its page shows it."""
    line = line_of(entry)
    return OpenedEntry(
        line=line,
        reason=str(entry.reason),
        may_sign=bool(waiting_for(viewer, [line])),
        may_withdraw=line.state == "proposed",
        may_end=line.state == "standing",
    )
