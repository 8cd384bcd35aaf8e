"""The trace: append-only rows, sealed each minute into a hash chain.

Digest of row n = SHA-256(digest of row n-1 ‖ canonical JSON of row n); the chain begins with
64 zeros. Sealing runs apart from the requests, so that writers do not queue for one another.
Each sealing also notes its last digest in ``AUDIT_SEAL_FILE``, outside the database: who
rewrites the whole chain, or cuts its end off, is found by these notes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from core import actors, clock, readonly
from core.locks import one_at_a_time
from core.models import AuditEvent, AuditSeal

GENESIS = "0" * 64
BATCH = 5_000
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds; ``broken_at`` names the first link that does not.

    ``reason`` is missing, altered, rewritten or unwitnessed (no note outside covers it);
    ``witnessed`` counts the outside notes that agree.
    """

    sealed: int
    witnessed: int
    broken_at: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Note:
    """What stands outside the database: links ``first`` to ``last``, and the last one's digest."""

    first: int
    last: int
    digest: str


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

    Every sealing notes outside which links it made, so the notes together cover the chain.
    """
    outside = list(_outside_notes())
    notes = {note.last: note.digest for note in outside}
    digest, expected, witnessed = GENESIS, 0, 0
    for link in AuditSeal.objects.select_related("event").order_by("sequence").iterator(2000):
        expected += 1
        if link.sequence != expected:
            return Verdict(expected - 1, witnessed, expected, "missing")
        digest = _link(digest, link.event)
        if digest != link.digest:
            return Verdict(expected - 1, witnessed, expected, "altered")
        if notes.get(expected, digest) != digest:
            return Verdict(expected - 1, witnessed, expected, "rewritten")
        witnessed += expected in notes
    if notes and max(notes) > expected:
        return Verdict(expected, witnessed, expected + 1, "missing")
    covered = _covered_by(outside)
    if covered < expected:
        return Verdict(expected, witnessed, covered + 1, "unwitnessed")
    return Verdict(expected, witnessed)


def _seal_batch() -> int:
    with transaction.atomic():
        one_at_a_time("core.audit.seal")
        last = AuditSeal.objects.order_by("-sequence").first()
        sequence, digest = (last.sequence, last.digest) if last else (0, GENESIS)
        seals = []
        for event in AuditEvent.objects.filter(seal=None).order_by("at", "id")[:BATCH]:
            sequence += 1
            digest = _link(digest, event)
            seals.append(AuditSeal(sequence=sequence, event=event, digest=digest))
        AuditSeal.objects.bulk_create(seals)
    if seals:
        _note_outside(_Note(seals[0].sequence, sequence, digest))
    return len(seals)


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


def _note_outside(note: _Note) -> None:
    """Written through to the disk, as the database writes its own commit."""
    file = Path(settings.AUDIT_SEAL_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as stream:
        stream.write(f"{clock.now().isoformat()} {note.last} {note.digest} {note.first}\n")
        stream.flush()
        os.fsync(stream.fileno())


def _outside_notes() -> Iterator[_Note]:
    """Each complete note; a line torn by a crash is passed over.

    A note of an older release names no first link: it goes on where the one before it ended.
    """
    file = Path(settings.AUDIT_SEAL_FILE)
    if not file.is_file():
        return
    before = 0
    with file.open(encoding="ascii", errors="replace") as stream:
        for line in stream:
            _at, *words = line.split() or [""]
            if not (2 <= len(words) <= 3 and words[0].isdigit() and len(words[1]) == 64):
                continue
            first = int(words[2]) if len(words) == 3 and words[2].isdigit() else before + 1
            before = int(words[0])
            yield _Note(first, before, words[1])


def _covered_by(notes: Iterable[_Note]) -> int:
    """How many links from the beginning the notes cover without a gap."""
    covered = 0
    for note in sorted(notes, key=lambda note: note.last):
        if note.first > covered + 1:
            break
        covered = note.last
    return covered
