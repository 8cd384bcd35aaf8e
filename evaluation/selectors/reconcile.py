"""Sheets that do not follow from their facts, and freezes that do not hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from core import clock
from evaluation.models import Freeze, TermEvaluation
from evaluation.rules.chain import GENESIS, content_sha256, link
from evaluation.selectors.sheets import document_of, kept_document, sheets_of_term


@dataclass(frozen=True, slots=True)
class Difference:
    """One school's term whose figures are not what they should be."""

    kind: str
    thing_id: UUID
    detail: str = ""


def differences() -> Iterator[Difference]:
    """Every broken link of a chain, every altered sheet, every figure that facts do not give."""
    yield from _broken_chains()
    rows = TermEvaluation.objects.exclude(sha256="").select_related("unit", "term", "scheme")
    for row in rows.order_by("pk").iterator(chunk_size=100):
        if content_sha256(kept_document(row)) != row.sha256:
            yield Difference("sheets_differ_from_digest", row.pk)
        elif not hasattr(row, "freeze") and not _follows(row):
            yield Difference("sheets_differ_from_facts", row.pk)


def _follows(row: TermEvaluation) -> bool:
    """Whether facts give these sheets; where they are known to be stale nothing is said."""
    until = min(max(clock.today(), row.term.starts_on), row.term.ends_on)
    if row.is_stale or row.as_of != until:
        return True
    computed = sheets_of_term(row.unit, row.term, row.scheme)
    document = document_of(computed, row.unit, row.term, row.scheme)
    return content_sha256(document) == row.sha256


def _broken_chains() -> Iterator[Difference]:
    last: defaultdict[UUID, tuple[int, str]] = defaultdict(lambda: (0, GENESIS))
    freezes = Freeze.objects.order_by("term", "sequence").select_related("evaluation")
    for freeze in freezes.iterator(chunk_size=100):
        sequence, digest = last[freeze.term_id]
        row = freeze.evaluation
        follows = (freeze.sequence, freeze.previous) == (sequence + 1, digest)
        follows &= (freeze.unit_id, freeze.term_id) == (row.unit_id, row.term_id)
        if not follows or link(freeze.previous, freeze.document) != freeze.digest:
            yield Difference("chain_broken", freeze.evaluation_id, str(freeze.sequence))
        elif content_sha256(freeze.document) != row.sha256:
            yield Difference("sheets_differ_from_freeze", freeze.evaluation_id)
        last[freeze.term_id] = (freeze.sequence, freeze.digest)
