"""The trace: append-only rows, sealed each minute into a hash chain.

Digest of row n = SHA-256(digest of row n-1 ‖ canonical JSON of row n); the chain begins with
64 zeros. Sealing runs apart from the requests, so that writers do not queue for one another.
Each sealing is also noted outside the database (``core.witness``): who rewrites the whole chain,
or cuts its end off, is found by these notes.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core import actors, readonly, reasons, witness
from core.errors import DomainError
from core.locks import one_at_a_time
from core.models import AuditEvent, AuditSeal, UnsealedEvent
from core.witness import Note

GENESIS = "0" * 64
LOCK = "core.audit.seal"
BATCH = 5_000
LEAST_REASON = 4
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds; ``broken_at`` names the first link that does not.

    ``reason`` is missing, altered, rewritten, unwitnessed (no note outside covers it) or forgotten
    (rows wait for no seal); ``witnessed`` counts the links with an outside note that agrees.
    """

    sealed: int
    witnessed: int
    broken_at: int | None = None
    reason: str = ""


class ChainBroken(DomainError):
    """The chain does not hold, so that nothing may be witnessed anew."""

    code = "chain_broken"
    message = _("审计链在第 %(number)s 条断裂（%(reason)s），不能补写见证；请先查明原因。")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did to a thing; ``detail`` holds ids and counts, never content."""

    verb: str
    thing: models.Model | None = None
    unit_path: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(
    actor: Any,
    verb: str,
    thing: models.Model | None = None,
    *,
    unit: Any = None,
    unit_path: str = "",
    purpose: str = "",
    basis: str = "",
    **detail: Any,
) -> AuditEvent:
    """Write one trace in the caller's transaction; ``detail`` holds ids and counts, never content.

    ``unit`` is the organisation it happened in (anything with a ``path``). If the trace cannot
    be written the caller's act fails with it. Raises TypeError for a detail that is not plain.
    """
    act = Act(verb, thing, unit.path if unit is not None else unit_path, detail)
    with readonly.writing_audit():
        return AuditEvent.objects.create(**_facts(act, actor), purpose=purpose, basis=basis)


def record_all(actor: Any, acts: Iterable[Act]) -> None:
    """Write one trace for each act, in few queries; otherwise as ``record``."""
    rows = [AuditEvent(**_facts(act, actor)) for act in acts]
    with readonly.writing_audit():
        AuditEvent.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def seal() -> int:
    """Chain all rows that are not sealed yet, oldest first; returns how many."""
    total = 0
    while sealed := _seal_batch():
        total += sealed
        if sealed < BATCH:
            break
    return total


def verify() -> Verdict:
    """Walk the chain from its beginning and find the first link that does not hold.

    Every sealing notes outside which links it made, so the notes together cover the chain. Two
    sealed notes that differ about one link are as bad as one that differs from the chain: the
    chain was made twice.
    """
    end, notes = _end_and_notes()
    verdict, agreeing = _walk(end, notes)
    if verdict.broken_at is not None:
        return verdict
    covered = witness.covered_by(agreeing)
    if any(note.last > end for note in notes if not note.begun):
        return replace(verdict, broken_at=end + 1, reason="missing")
    if covered < end:
        return replace(verdict, broken_at=covered + 1, reason="unwitnessed")
    if forgotten().exists():
        return replace(verdict, broken_at=end + 1, reason="forgotten")
    return verdict


def _walk(end: int, notes: list[Note]) -> tuple[Verdict, list[Note]]:
    """Follow the links up to ``end``; how far they hold, and the notes that bear them out."""
    ending: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        ending[note.last].append(note)
    digest, number, witnessed = GENESIS, 0, 0
    agreeing: list[Note] = []
    links = AuditSeal.objects.filter(sequence__lte=end).select_related("event")
    for link in links.order_by("sequence").iterator(2000):
        number += 1
        digest = _link(digest, link.event)
        said = ending.get(number, [])
        agreed = [note for note in said if note.digest == digest]
        reason = _fault_of(link, number, digest, said)
        if reason:
            return Verdict(number - 1, witnessed, number, reason), agreeing
        witnessed += bool(agreed)
        agreeing += agreed
    return Verdict(number, witnessed), agreeing


def _fault_of(link: AuditSeal, number: int, digest: str, said: list[Note]) -> str:
    if link.sequence != number:
        return "missing"
    if link.digest != digest:
        return "altered"
    denied = any(note.digest != digest for note in said if not note.begun)
    return "rewritten" if denied else ""


def forgotten() -> models.QuerySet[AuditEvent]:
    """Rows that have no seal and wait for none: somebody took them out of the queue."""
    return AuditEvent.objects.filter(seal=None, unsealed=None)


def remember_forgotten() -> int:
    """Let those rows wait for their seal; returns how many."""
    rows = [UnsealedEvent(event=event) for event in forgotten()]
    UnsealedEvent.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    return len(rows)


def renew_witness(reason: str) -> Note | None:
    """Witness anew the links that no note covers any more, because notes were lost for ``reason``.

    The trace keeps the reason. None where no note is missing. Raises ChainBroken where the chain
    itself, or a note that is there, says something else; ReasonMissing without a reason.
    """
    why = reasons.required(reason, LEAST_REASON)
    verdict = verify()
    if verdict.broken_at is None:
        return None
    if verdict.reason != "unwitnessed":
        raise ChainBroken(number=verdict.broken_at, reason=verdict.reason)
    link = AuditSeal.objects.get(sequence=verdict.sealed)
    note = Note(verdict.broken_at, link.sequence, link.digest)
    record(None, "audit.witness_renewed", first=note.first, last=note.last, reason=why)
    witness.write(note)
    return note


def _end_and_notes() -> tuple[int, list[Note]]:
    """Where the chain ends, and the notes of that same instant: nobody is sealing."""
    with transaction.atomic():
        one_at_a_time(LOCK)
        return _end()[0], witness.notes()


def _end() -> tuple[int, str]:
    last = AuditSeal.objects.order_by("-sequence").first()
    return (last.sequence, last.digest) if last else (0, GENESIS)


def _seal_batch() -> int:
    with transaction.atomic():
        one_at_a_time(LOCK)
        sequence, digest = _end()
        witness.settle(sequence, digest)
        seals = []
        for event in _waiting()[:BATCH]:
            sequence += 1
            digest = _link(digest, event)
            seals.append(AuditSeal(sequence=sequence, event=event, digest=digest))
        AuditSeal.objects.bulk_create(seals)
        UnsealedEvent.objects.filter(event__seal__isnull=False).delete()
        if not seals:
            return 0
        note = Note(seals[0].sequence, sequence, digest, begun=True)
        witness.write(note)
    witness.write(replace(note, begun=False))
    return len(seals)


def _waiting() -> models.QuerySet[AuditEvent]:
    unsealed = AuditEvent.objects.filter(unsealed__isnull=False, seal=None)
    return unsealed.order_by("at", "id")


def _facts(act: Act, actor: Any) -> dict[str, Any]:
    origin = actors.origin.get()
    return {
        "actor_id": actors.actor_id(actor),
        "verb": act.verb,
        "thing_type": act.thing._meta.label_lower if act.thing is not None else "",
        "thing_id": str(act.thing.pk) if act.thing is not None else "",
        "unit_path": act.unit_path,
        "detail": {name: _plain(value) for name, value in act.detail.items()},
        "request_id": origin.request_id,
        "address": origin.address,
    }


def _link(previous: str, event: AuditEvent) -> str:
    facts = json.dumps(event.facts(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + facts).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    raise TypeError(f"an audit detail is a plain value, not {type(value).__name__}")
