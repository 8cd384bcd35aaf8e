"""Shapes of the locked room's API; names and states as the contracts write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from core.api import AskedPage
from wellbeing.models import SignalOutcome, Standing, Step, Urgency
from wellbeing.rules.ledger import EntryState
from wellbeing.selectors.desk import Opened, OpenedEntry
from wellbeing.selectors.ledger import Line
from wellbeing.selectors.signals import Overdue, SignalLine
from wellbeing.services.ledger import LONGEST
from wellbeing.services.signals import LONGEST_NAME, LONGEST_TEXT

SignalLevel = Literal["recipients", "school_lead", "county", "bureau", ""]


class SignalIn(Schema):
    """A worry; the pupil by id where the caller sees the record, else described in words."""

    urgency: Urgency
    text: str = Field("", max_length=LONGEST_TEXT, description="只有 red 可以不写")
    pupil: UUID | None = None
    pupil_name: str = Field("", max_length=LONGEST_NAME)
    class_name: str = Field("", max_length=LONGEST_NAME)
    names: str = Field("", max_length=LONGEST_NAME, description="牵涉的成年人，他们不会收到")


class SignalSentOut(Schema):
    id: UUID
    received_at: datetime


class SignalLineOut(Schema):
    """A signal as the inbox shows it; `pupil_name` is empty where the register does not tell,
    `level` once somebody took it on, `outcome` until it has ended.
    """

    id: UUID
    school: str
    pupil_name: str
    school_class: str
    about: str
    urgency: Urgency
    raised_at: datetime
    level: SignalLevel
    owner: str
    taken_at: datetime | None
    outcome: SignalOutcome | Literal[""]


class SignalPage(Schema):
    count: int
    next: str | None
    results: list[SignalLineOut]


class SignalOut(SignalLineOut):
    """One signal with its words; `reporter` is empty for whoever is not told."""

    text: str
    names: str
    reporter: str


class TakenOut(Schema):
    owner: str
    taken_at: datetime


class OverdueOut(Schema):
    school: str
    urgency: Urgency
    raised_at: datetime


class OverduePage(Schema):
    count: int
    next: str | None
    results: list[OverdueOut]


class LedgerCategoryOut(Schema):
    code: str
    name: str


class LedgerAsked(AskedPage):
    state: EntryState | Literal[""] = Field("", description="默认全部状态")


class EntryIn(Schema):
    pupil: UUID
    category: str = Field(max_length=20, description="类别代码")
    reason: str = Field(max_length=LONGEST)


class EntryEndIn(Schema):
    reason: str = Field(max_length=LONGEST)


class EntryStateOut(Schema):
    """In which state an entry is; `waits_for` are the standings that have yet to sign."""

    id: UUID
    state: EntryState
    waits_for: list[Standing]


class EntryLineOut(EntryStateOut):
    """An entry as the ledger lists it."""

    pupil: UUID
    pupil_name: str
    school_class: str
    category: str
    proposed_on: date
    closed_on: date | None


class EntryPage(Schema):
    count: int
    next: str | None
    results: list[EntryLineOut]


class SignatureOut(Schema):
    step: Step
    standing: Standing
    by: str
    at: datetime
    reason: str


class EntryOut(EntryLineOut):
    """One entry with its grounds and signatures."""

    reason: str
    signatures: list[SignatureOut]


def signal_line_out(line: SignalLine) -> dict[str, Any]:
    """A signal of the inbox."""
    return {
        "id": line.signal_id,
        "school": line.unit_name,
        "pupil_name": line.pupil_name,
        "school_class": line.school_class,
        "about": line.about,
        "urgency": line.urgency,
        "raised_at": line.raised_at,
        "level": "" if line.level is None else line.level.name.lower(),
        "owner": line.owner,
        "taken_at": line.taken_at,
        "outcome": line.outcome,
    }


def signal_out(opened: Opened) -> dict[str, Any]:
    """One signal with its words."""
    words = {"text": opened.text, "names": opened.names, "reporter": opened.reporter}
    return signal_line_out(opened.line) | words


def overdue_out(row: Overdue) -> dict[str, Any]:
    """That a signal waits in a school."""
    return {"school": row.unit_name, "urgency": row.urgency, "raised_at": row.raised_at}


def entry_line_out(line: Line) -> dict[str, Any]:
    """An entry of the ledger."""
    return {
        "id": line.entry_id,
        "pupil": line.pupil_id,
        "pupil_name": line.pupil_name,
        "school_class": line.school_class,
        "category": line.category_code,
        "state": line.state,
        "waits_for": list(line.unsigned),
        "proposed_on": line.proposed_on,
        "closed_on": line.closed_on,
    }


def entry_out(opened: OpenedEntry) -> dict[str, Any]:
    """One entry with its grounds and signatures."""
    signatures = [
        {
            "step": row.step,
            "standing": row.standing,
            "by": row.by.name,
            "at": row.created_at,
            "reason": row.reason or "",
        }
        for row in opened.line.signatures
    ]
    return entry_line_out(opened.line) | {"reason": opened.reason, "signatures": signatures}
