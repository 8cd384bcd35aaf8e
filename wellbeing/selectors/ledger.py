"""The ledger as its two signatories read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from core import clock
from core.errors import Missing
from schools.models import ClassMembership, Pupil, SchoolClass
from schools.permissions import scope_of
from wellbeing.models import LedgerCategory, LedgerEntry, LedgerSignature, Standing, Step
from wellbeing.permissions import (
    can_view_entry,
    keeps_ledger,
    pupils_in_reach,
    pupils_of_class,
    pupils_of_school,
    visible_entries,
)
from wellbeing.rules.ledger import EntryState, state_of, unsigned
from wellbeing.selectors.care import categories_by_code


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: whose, what, in which state since when, and who has yet to sign.

    `waits_for` names in words the standings of `unsigned`.
    """

    entry_id: UUID
    pupil_id: UUID
    pupil_name: str
    school_class: str
    category: str
    category_code: str
    state: EntryState
    proposed_by: str
    proposed_on: date
    closed_on: date | None
    waits_for: tuple[str, ...]
    unsigned: tuple[str, ...]
    signatures: tuple[LedgerSignature, ...]

    @property
    def is_open(self) -> bool:
        """Whether the entry is neither withdrawn nor ended."""
        return self.closed_on is None


def ledger_for(viewer: Any) -> list[Line]:
    """The entries of the viewer's pupils: what waits first, then by class and name, closed last.

    A fixed number of queries, whatever the length.
    """
    order = {"proposed": 0, "leaving": 1, "standing": 2}
    lines = _lines(_with_people(visible_entries(viewer)))
    return sorted(
        lines,
        key=lambda line: (
            order.get(line.state, 3),
            line.school_class,
            line.pupil_name,
            line.entry_id,
        ),
    )


def waiting_for(viewer: Any, lines: Iterable[Line]) -> list[Line]:
    """Of these lines those that wait for a signature that the viewer can give."""
    held = {
        Standing.PSYCHOLOGY_TEACHER: set(pupils_of_school(viewer).values_list("pk", flat=True)),
        Standing.CLASS_TEACHER: set(pupils_of_class(viewer).values_list("pk", flat=True)),
    }
    return [
        line
        for line in lines
        if not signed_by(viewer, line)
        and any(line.pupil_id in held[Standing(standing)] for standing in line.unsigned)
    ]


def to_sign(viewer: Any) -> int:
    """How many entries wait for a signature of the viewer; 0 for who keeps no ledger."""
    return len(waiting_for(viewer, ledger_for(viewer))) if keeps_ledger(viewer) else 0


def signed_by(viewer: Any, line: Line) -> bool:
    """Whether the viewer has signed what the line waits for."""
    own = scope_of(viewer).teacher
    step = Step.LEAVE if line.state == "leaving" else Step.ENTER
    return any(row.step == step and row.by == own for row in line.signatures)


def get_entry_for(viewer: Any, entry_id: UUID) -> LedgerEntry:
    """An entry of a pupil in reach. Raises Missing."""
    entry = _with_people(LedgerEntry.objects.filter(pk=entry_id)).first()
    if entry is None or not can_view_entry(viewer, entry):
        raise Missing
    return entry


def line_of(entry: LedgerEntry) -> Line:
    """An entry as a line of the ledger."""
    return _lines([entry])[0]


def get_pupil_for(viewer: Any, pupil_id: UUID) -> Pupil:
    """A pupil whose ledger the viewer keeps. Raises Missing."""
    pupil = pupils_in_reach(viewer).filter(pk=pupil_id).first()
    if pupil is None:
        raise Missing
    return pupil


def categories_today() -> QuerySet[LedgerCategory]:
    """The categories under which somebody may be proposed today."""
    return LedgerCategory.objects.on(clock.today())


def classes_in_reach(viewer: Any) -> QuerySet[SchoolClass]:
    """The classes of whose pupils the viewer keeps the ledger, the youngest last."""
    seats = ClassMembership.objects.on(clock.today()).filter(pupil__in=pupils_in_reach(viewer))
    return SchoolClass.objects.filter(pk__in=seats.values("school_class")).order_by(
        "unit", "entry_year", "number"
    )


def pupils_to_propose(viewer: Any, school_class: SchoolClass) -> list[tuple[UUID, str]]:
    """The pupils of a class whose ledger the viewer keeps, by pinyin."""
    seats = ClassMembership.objects.on(clock.today()).filter(school_class=school_class)
    reached = pupils_in_reach(viewer).filter(pk__in=seats.values("pupil"))
    return list(reached.order_by("pinyin", "pk").values_list("pk", "name"))


def classes_of(pupil_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The class in which each of these pupils sits today."""
    seats = ClassMembership.objects.on(clock.today()).filter(pupil__in=list(pupil_ids))
    return {seat.pupil_id: str(seat.school_class) for seat in seats.select_related("school_class")}


def _with_people(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    signed = LedgerSignature.objects.select_related("by")
    return entries.select_related("proposed_by", "unit").prefetch_related(
        Prefetch("signatures", signed)
    )


def _lines(entries: Iterable[LedgerEntry]) -> list[Line]:
    rows = list(entries)
    ids = {entry.pupil_id for entry in rows}
    pupils = Pupil.objects.in_bulk(ids)
    seats = classes_of(ids)
    kinds = categories_by_code()
    return [
        _line(entry, pupils[entry.pupil_id], seats.get(entry.pupil_id, ""), kinds) for entry in rows
    ]


def _line(entry: LedgerEntry, pupil: Pupil, seat: str, kinds: dict[str, LedgerCategory]) -> Line:
    signed = tuple(entry.signatures.all())
    entered, left = (
        {row.standing for row in signed if row.step == step} for step in (Step.ENTER, Step.LEAVE)
    )
    state = state_of(entered, left, entry.closing)
    waiting = {"proposed": unsigned(entered), "leaving": unsigned(left)}.get(state, ())
    closed_at = entry.closed_at
    return Line(
        entry_id=entry.pk,
        pupil_id=pupil.pk,
        pupil_name=pupil.name,
        school_class=seat,
        category=kinds[str(entry.category)].label,
        category_code=str(entry.category),
        state=state,
        proposed_by=entry.proposed_by.name,
        proposed_on=clock.civil_date(entry.created_at),
        closed_on=clock.civil_date(closed_at) if closed_at else None,
        waits_for=tuple(str(Standing(standing).label) for standing in waiting),
        unsigned=tuple(waiting),
        signatures=signed,
    )
