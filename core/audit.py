"""The trace: append-only rows, sealed each minute into a hash chain.

Digest of row n = SHA-256(digest of row n-1 ‖ canonical JSON of row n); the chain begins with
64 zeros. Sealing runs apart from the requests, so that writers do not queue for one another.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from core import actors, clock, readonly
from core.models import AuditEvent, AuditSeal

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds; ``broken_at`` names the first row that does not."""

    sealed: int
    broken_at: int | None
    reason: str


def record(
    actor: Any,
    verb: str,
    thing: models.Model | None = None,
    *,
    unit_path: str = "",
    purpose: str = "",
    basis: str = "",
    **detail: Any,
) -> AuditEvent:
    """Write one trace in the caller's transaction; ``detail`` holds ids and counts, never content.

    If the trace cannot be written the caller's act fails with it.
    """
    origin = actors.origin.get()
    with readonly.writing_audit():
        return AuditEvent.objects.create(
            actor_id=actors.actor_id(actor),
            verb=verb,
            thing_type=thing._meta.label_lower if thing is not None else "",
            thing_id=str(thing.pk) if thing is not None else "",
            unit_path=unit_path,
            purpose=purpose,
            basis=basis,
            detail=detail,
            request_id=origin.request_id,
            address=origin.address,
        )


def seal(limit: int = 10_000) -> int:
    """Chain the rows that are not sealed yet, oldest first; returns how many."""
    with transaction.atomic():
        last = AuditSeal.objects.select_for_update().order_by("-sequence").first()
        sequence, digest = (last.sequence, last.digest) if last else (0, GENESIS)
        seals = []
        for event in AuditEvent.objects.filter(seal=None).order_by("at", "id")[:limit]:
            sequence += 1
            digest = _link(digest, event)
            seals.append(AuditSeal(sequence=sequence, event=event, digest=digest))
        AuditSeal.objects.bulk_create(seals)
    if seals:
        _write_outside(sequence, digest)
    return len(seals)


def verify() -> Verdict:
    """Walk the chain from its beginning and find the first row that was altered or removed."""
    digest = GENESIS
    expected = 0
    for link in AuditSeal.objects.select_related("event").order_by("sequence").iterator(2000):
        expected += 1
        if link.sequence != expected:
            return Verdict(expected - 1, expected, "missing")
        digest = _link(digest, link.event)
        if digest != link.digest:
            return Verdict(expected - 1, expected, "altered")
    outside = _read_outside()
    if outside is not None and outside[0] > expected:
        return Verdict(expected, expected + 1, "missing")
    return Verdict(expected, None, "")


def _link(previous: str, event: AuditEvent) -> str:
    facts = json.dumps(event.facts(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + facts).encode()).hexdigest()


def _write_outside(sequence: int, digest: str) -> None:
    file = Path(settings.AUDIT_SEAL_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="ascii") as stream:
        stream.write(f"{clock.now().isoformat()} {sequence} {digest}\n")


def _read_outside() -> tuple[int, str] | None:
    file = Path(settings.AUDIT_SEAL_FILE)
    if not file.is_file():
        return None
    lines = file.read_text(encoding="ascii").splitlines()
    if not lines:
        return None
    _instant, sequence, digest = lines[-1].split()
    return int(sequence), digest
