"""What leaves the room: how often a pupil is to be seen and since when, never why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final
from uuid import UUID

from core import clock
from wellbeing.models import Closing, LedgerCategory, LedgerEntry, Step
from wellbeing.models.ledger import pupil_index
from wellbeing.rules.care import Care, together
from wellbeing.rules.ledger import unsigned

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class CareSince:
    """The care of a pupil as of now (None: as everybody's) and the day it came into force: of a
    signature, of an end, or of a new version of the category.
    """

    care: Care | None
    since: date


def care_of(pupil_id: UUID) -> CareSince | None:
    """What the entries that stand demand together; None where none has ever stood."""
    entries = LedgerEntry.objects.filter(pupil_index=pupil_index(pupil_id))
    return _together(entries.prefetch_related("signatures"), categories_by_code())


def all_care() -> Iterator[tuple[UUID, CareSince]]:
    """The same of every pupil for whom an entry has ever stood, each once."""
    entries = LedgerEntry.objects.order_by("pupil_index", "pk").prefetch_related("signatures")
    rows, known = entries.iterator(chunk_size=AT_ONCE), categories_by_code()
    for _index, of_one in groupby(rows, key=lambda entry: entry.pupil_index):
        held = list(of_one)
        care = _together(held, known)
        if care is not None:
            yield held[0].pupil_id, care


def _together(entries: Iterable[LedgerEntry], known: dict[str, LedgerCategory]) -> CareSince | None:
    changed: list[date] = []
    codes: list[str] = []
    for entry in entries:
        entered = [row for row in entry.signatures.all() if row.step == Step.ENTER]
        if unsigned({row.standing for row in entered}):
            continue
        changed.append(clock.civil_date(max(row.created_at for row in entered)))
        if entry.closing == Closing.ENDED and entry.closed_at is not None:
            changed.append(clock.civil_date(entry.closed_at))
        else:
            codes.append(str(entry.category))
    if not changed:
        return None
    changed += [known[code].starts_on for code in codes]
    return CareSince(together(known[code].care for code in codes), max(changed))


def categories_by_code() -> dict[str, LedgerCategory]:
    """The version of each category that holds today, or held last."""
    begun = LedgerCategory.objects.filter(starts_on__lte=clock.today())
    return {category.code: category for category in begun.order_by("starts_on")}
