"""Reads of computed assignments and of who is whose mentor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from core import clock
from core.errors import Missing
from mentoring.models import AssignmentRun, MentorAssignment
from mentoring.permissions import plans_in, publishes_in, visible_runs
from schools.models import ClassMembership, Pupil, Unit


@dataclass(frozen=True, slots=True)
class Gap:
    """A pupil who sits in a class and has no mentor on that day; `former` was the last one here."""

    pupil_id: UUID
    pupil_name: str
    school_class: str
    former: str


def get_run_for(*, viewer: Any, run_id: UUID) -> AssignmentRun:
    """A computed assignment that the viewer may look at. Raises Missing."""
    runs = visible_runs(viewer).select_related("unit", "term", "rule_set", "published_by")
    run = runs.filter(pk=run_id).first()
    if run is None:
        raise Missing
    return run


def runs_for(*, viewer: Any, unit: Unit) -> QuerySet[AssignmentRun]:
    """The school's computed assignments, the newest first; none for who does not plan there."""
    return visible_runs(viewer).filter(unit=unit).select_related("term")


def gaps_for(*, viewer: Any, unit: Unit, on: date | None = None) -> list[Gap]:
    """Pupils of the school without a mentor on a civil date (today). Raises Missing."""
    if not plans_in(viewer, unit):
        raise Missing
    day = on or clock.today()
    mentored = MentorAssignment.objects.on(day).filter(pupil=OuterRef("pupil"))
    ended = MentorAssignment.objects.lasting().filter(
        pupil=OuterRef("pupil"), unit=unit, ends_on__lte=day
    )
    former = ended.order_by("-ends_on", "-pk").values("mentor__name")[:1]
    seats = (
        ClassMembership.objects.on(day)
        .annotate(former=Subquery(former))
        .filter(~Exists(mentored), school_class__unit=unit)
        .select_related("pupil", "school_class")
        .order_by("school_class__entry_year", "school_class__number", "pupil__pinyin", "pupil_id")
    )
    return [
        Gap(seat.pupil_id, seat.pupil.name, str(seat.school_class), seat.former or "")
        for seat in seats
    ]


def seats_of(pupils: Iterable[UUID]) -> dict[UUID, str]:
    """The classes in which these pupils sit today."""
    seats = ClassMembership.objects.on(clock.today()).filter(pupil__in=list(pupils))
    return {seat.pupil_id: str(seat.school_class) for seat in seats.select_related("school_class")}


def pupil_to_assign(*, viewer: Any, pupil_id: UUID) -> tuple[Unit, Pupil]:
    """A pupil whose mentor the viewer may change today, and the school. Raises Missing."""
    seats = ClassMembership.objects.on(clock.today()).filter(pupil=pupil_id)
    seat = seats.select_related("pupil", "school_class__unit").first()
    if seat is None or not publishes_in(viewer, seat.school_class.unit):
        raise Missing
    return seat.school_class.unit, seat.pupil
