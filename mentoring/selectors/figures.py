"""Numbers of a school's mentoring, and how they are told above the school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.errors import Missing
from mentoring.models import MentorAssignment, SchoolFigures
from mentoring.selectors.caseload import overdue_among
from schools.models import ClassMembership, Unit, UnitKind
from schools.permissions import OFFICERS, scope_of
from schools.rules.small_counts import SMALLEST_TOLD, with_small_hidden, with_small_hidden_within


@dataclass(frozen=True, slots=True)
class Counted:
    """Pupils in classes, those of them without a mentor, and those overdue, from the facts."""

    pupils: int
    without_mentor: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Pupils in classes, those of them without a mentor, and those overdue; None is not told."""

    pupils: int | None
    without_mentor: int | None
    overdue: int | None

    @property
    def overdue_percent(self) -> int | None:
        """Overdue pupils of all pupils, where both are told."""
        if self.overdue is None or not self.pupils:
            return None
        return round(100 * self.overdue / self.pupils)


@dataclass(frozen=True, slots=True)
class UnitTold:
    """A county or school below the one that is looked at, and its counts as they are told; None
    while nothing of it has been counted."""

    unit: Unit
    counts: Counts | None


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """A unit, what lies below it, all of it together (None while nothing has been counted), when
    the oldest of it was counted, and how many schools lack."""

    unit: Unit
    below: list[UnitTold]
    total: Counts | None
    oldest_at: datetime | None
    uncounted: int

    @property
    def hides(self) -> bool:
        """Whether some count is not told."""
        counts = [row.counts for row in self.below if row.counts]
        return any(None in (one.pupils, one.without_mentor, one.overdue) for one in counts)


def count_school(unit: Unit, today: date) -> Counted:
    """A school's counts from the facts. Nine queries, whatever the school's size."""
    seats = ClassMembership.objects.on(today).filter(school_class__unit=unit)
    pupils = set(seats.order_by().values_list("pupil_id", flat=True))
    pairs = MentorAssignment.objects.on(today).filter(unit=unit)
    here = [pair for pair in pairs if pair.pupil_id in pupils]
    mentored = {pair.pupil_id for pair in here}
    return Counted(len(pupils), len(pupils - mentored), overdue_among(here, today))


def figures_for(viewer: Any, unit_id: UUID | None = None) -> FiguresPage:
    """The numbers below a unit, the viewer's own by default; small ones are not told.

    Raises Missing. Three queries.
    """
    scope = scope_of(viewer)
    asked = {"pk": unit_id} if unit_id else {"path__in": scope.paths(*OFFICERS)}
    unit = Unit.objects.filter(**asked).exclude(kind=UnitKind.SCHOOL).order_by("path").first()
    if unit is None or not scope.covers(unit.path, *OFFICERS):
        raise Missing
    schools = list(Unit.objects.under(unit).filter(kind=UnitKind.SCHOOL))
    rows = {row.unit_id: row for row in SchoolFigures.objects.filter(unit__in=schools)}
    below = schools
    if unit.kind == UnitKind.BUREAU:
        below = list(Unit.objects.filter(parent=unit, kind=UnitKind.COUNTY).order_by("path"))
    found = _summed(rows, schools)
    known = [one for one in below if one.pk in found]
    counted, total = [found[one.pk] for one in known], _sum(rows.values())
    if unit.kind == UnitKind.BUREAU and counted:
        told, whole = _without_total(counted, total)
    else:
        told, whole = _told(counted), _total_told(total)
    shown = {one.pk: counts for one, counts in zip(known, told, strict=True)}
    return FiguresPage(
        unit,
        [UnitTold(one, shown.get(one.pk)) for one in below],
        whole if rows else None,
        min((row.created_at for row in rows.values()), default=None),
        len(schools) - len(rows),
    )


def _summed(rows: dict[UUID, SchoolFigures], schools: Sequence[Unit]) -> dict[UUID, Counted]:
    """The counts of each school that was counted, and of each unit right above such a school."""
    parts: defaultdict[UUID, list[SchoolFigures]] = defaultdict(list)
    for school in schools:
        if school.pk in rows:
            parts[school.pk].append(rows[school.pk])
            if school.parent_id is not None:
                parts[school.parent_id].append(rows[school.pk])
    return {key: _sum(found) for key, found in parts.items()}


def _sum(rows: Iterable[SchoolFigures]) -> Counted:
    known = list(rows)
    return Counted(
        sum(row.pupils for row in known),
        sum(row.without_mentor for row in known),
        sum(row.overdue for row in known),
    )


def _without_total(found: Sequence[Counted], total: Counted) -> tuple[list[Counts], Counts]:
    """The counts of counties, each of whose own pages tells its total: where one of a column is
    small, that one and the sum of the column are not told.
    """
    columns = [
        [count if count == 0 or count >= SMALLEST_TOLD else None for count in column]
        for column in zip(*(astuple(one) for one in found), strict=True)
    ]
    sums = [
        None if None in column or 0 < whole < SMALLEST_TOLD else whole
        for column, whole in zip(columns, astuple(total), strict=True)
    ]
    return [Counts(*row) for row in zip(*columns, strict=True)], Counts(*sums)


def _told(found: Sequence[Counted]) -> list[Counts]:
    """The counts of schools, whose sums are told, without those that would point at somebody: who
    has no mentor is one of the pupils, and who is overdue is one of those who have one.
    """
    pupils = with_small_hidden([one.pupils for one in found])
    without = with_small_hidden_within([one.without_mentor for one in found], pupils)
    overdue = with_small_hidden_within([one.overdue for one in found], without)
    return [Counts(*row) for row in zip(pupils, without, overdue, strict=True)]


def _total_told(total: Counted) -> Counts:
    """The sums of all, each without a small number."""
    return Counts(*(with_small_hidden([count])[0] for count in astuple(total)))
