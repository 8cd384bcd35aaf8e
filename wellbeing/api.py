"""The locked room's part of the API, and the call by which anybody at school raises a worry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from core.api import AskedPage, Router, idempotent, key_of, page_of
from core.openapi import refusals
from core.reasons import ReasonMissing
from core.submissions import submission_key
from wellbeing import schemas, services
from wellbeing.models import Standing
from wellbeing.selectors.ledger import categories_today, get_entry_for, get_pupil_for, line_of
from wellbeing.selectors.naming import get_pupil_to_name
from wellbeing.selectors.signals import get_signal_for, lines_of
from wellbeing.services import reading
from wellbeing.services.ledger import (
    CategoryUnknown,
    EntryClosed,
    EntryNotConfirmed,
    EntryStands,
    SecondPersonNeeded,
)
from wellbeing.services.signals import OwnSignal, SignalWrong, TakenBefore

router = Router(tags=["wellbeing"])


@router.post(
    "signals",
    response={201: schemas.SignalSentOut},
    url_name="raise_signal",
    openapi_extra=refusals(SignalWrong),
)
@idempotent
def raise_signal(request: HttpRequest, body: schemas.SignalIn) -> tuple[int, schemas.SignalSentOut]:
    """Tell of a worry about a pupil; nothing of it can be read back by who raised it."""
    facts = body.dict()
    key = facts.pop("pupil")
    signal = services.raise_signal(
        actor=request.user,
        pupil=get_pupil_to_name(request.user, key) if key else None,
        submission_key=submission_key(request.user.pk, "signals", key_of(request)),
        **facts,
    )
    return 201, schemas.SignalSentOut(id=signal.pk, received_at=signal.created_at)


@router.get("wellbeing/signals", response=schemas.SignalPage, url_name="signals")
def list_signals(request: HttpRequest, asked: Query[AskedPage]) -> dict[str, Any]:
    """The caller's signals, what nobody took on first; the look is traced."""
    rows = reading.open_signals(actor=request.user)
    page = page_of(rows, request, asked, lambda row: row)
    lines = lines_of(page["results"])
    return page | {"results": [schemas.signal_line_out(line) for line in lines]}


@router.get("wellbeing/overdue", response=schemas.OverduePage, url_name="overdue_signals")
def list_overdue(request: HttpRequest, asked: Query[AskedPage]) -> dict[str, Any]:
    """For county and bureau: in which school a signal waits, how urgent it is and since when."""
    rows = reading.open_overdue(actor=request.user)
    return page_of(rows, request, asked, schemas.overdue_out)


@router.get("wellbeing/signals/{uuid:signal_id}", response=schemas.SignalOut, url_name="signal")
def show_signal(request: HttpRequest, signal_id: UUID) -> dict[str, Any]:
    """One signal with its words; the look is traced."""
    return schemas.signal_out(reading.open_signal_page(actor=request.user, signal_id=signal_id))


@router.post(
    "wellbeing/signals/{uuid:signal_id}/acknowledgement",
    response=schemas.TakenOut,
    url_name="acknowledgement",
    openapi_extra=refusals(TakenBefore, OwnSignal),
)
@idempotent
def acknowledge(request: HttpRequest, signal_id: UUID) -> schemas.TakenOut:
    """Take a signal on; it has one owner and climbs no further."""
    signal = get_signal_for(request.user, signal_id)
    row = services.acknowledge_signal(actor=request.user, signal=signal)
    return schemas.TakenOut(owner=row.by.name, taken_at=row.created_at)


@router.get(
    "wellbeing/categories", response=list[schemas.LedgerCategoryOut], url_name="ledger_categories"
)
def list_categories(request: HttpRequest) -> list[dict[str, str]]:
    """The categories under which a pupil may be proposed today."""
    return [{"code": row.code, "name": row.label} for row in categories_today()]


@router.get("wellbeing/ledger", response=schemas.EntryPage, url_name="ledger")
def list_entries(request: HttpRequest, asked: Query[schemas.LedgerAsked]) -> dict[str, Any]:
    """The ledger of the caller's pupils; the look is traced."""
    lines = reading.open_ledger(actor=request.user)
    wanted = [line for line in lines if asked.state in {"", line.state}]
    return page_of(wanted, request, asked, schemas.entry_line_out)


@router.post(
    "wellbeing/ledger",
    response={201: schemas.EntryStateOut},
    url_name="ledger",
    openapi_extra=refusals(CategoryUnknown, ReasonMissing),
)
@idempotent
def propose(request: HttpRequest, body: schemas.EntryIn) -> tuple[int, schemas.EntryStateOut]:
    """Propose that a pupil is looked after; what is open already is given as it stands."""
    entry = services.propose_entry(
        actor=request.user,
        pupil=get_pupil_for(request.user, body.pupil),
        category=body.category,
        reason=body.reason,
    )
    return 201, _state(request, entry.pk)


@router.get("wellbeing/ledger/{uuid:entry_id}", response=schemas.EntryOut, url_name="ledger_entry")
def show_entry(request: HttpRequest, entry_id: UUID) -> dict[str, Any]:
    """One entry with its grounds and signatures; the look is traced."""
    return schemas.entry_out(reading.open_entry_page(actor=request.user, entry_id=entry_id))


@router.post(
    "wellbeing/ledger/{uuid:entry_id}/confirmation",
    response=schemas.EntryStateOut,
    url_name="ledger_confirmation",
    openapi_extra=refusals(EntryClosed, SecondPersonNeeded),
)
@idempotent
def confirm(request: HttpRequest, entry_id: UUID) -> schemas.EntryStateOut:
    """Sign that an entry stands."""
    services.confirm_entry(actor=request.user, entry=get_entry_for(request.user, entry_id))
    return _state(request, entry_id)


@router.post(
    "wellbeing/ledger/{uuid:entry_id}/withdrawal",
    response=schemas.EntryStateOut,
    url_name="ledger_withdrawal",
    openapi_extra=refusals(EntryClosed, EntryStands),
)
@idempotent
def withdraw(request: HttpRequest, entry_id: UUID) -> schemas.EntryStateOut:
    """Take back a proposal that has not been signed twice."""
    services.withdraw_entry(actor=request.user, entry=get_entry_for(request.user, entry_id))
    return _state(request, entry_id)


@router.post(
    "wellbeing/ledger/{uuid:entry_id}/end",
    response=schemas.EntryStateOut,
    url_name="ledger_end",
    openapi_extra=refusals(EntryClosed, EntryNotConfirmed, SecondPersonNeeded, ReasonMissing),
)
@idempotent
def end(request: HttpRequest, entry_id: UUID, body: schemas.EntryEndIn) -> schemas.EntryStateOut:
    """Sign that a pupil leaves the ledger; with the second signature the entry ends."""
    entry = get_entry_for(request.user, entry_id)
    services.end_entry(actor=request.user, entry=entry, reason=body.reason)
    return _state(request, entry_id)


def _state(request: HttpRequest, entry_id: UUID) -> schemas.EntryStateOut:
    """What a write answers: the first answer is kept in clear, so neither pupil nor words."""
    line = line_of(get_entry_for(request.user, entry_id))
    waits_for = [Standing(standing) for standing in line.unsigned]
    return schemas.EntryStateOut(id=line.entry_id, state=line.state, waits_for=waits_for)
