"""What the head of a school sees of its assignment: the standing, the mentors, a preview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from certification.selectors import qualified_mentors
from core import clock
from core.errors import Missing
from mentoring.models import AssignmentRun, MentorAssignment, MentorLimit, ProposedPair
from mentoring.permissions import PLANNERS, plans_in
from mentoring.selectors.assignments import seats_of
from mentoring.selectors.instances import rules_on, weights_of
from mentoring.selectors.wording import ground_in_words
from schools.models import ClassMembership, Employment, Teacher, Term, Unit, UnitKind
from schools.permissions import paths_q, scope_of
from schools.selectors.staff import unit_called

RECENT = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """A school today: pupils in classes, how many of them have a mentor, and the latest runs."""

    unit: Unit
    pupils: int
    mentored: int
    runs: tuple[AssignmentRun, ...]

    @property
    def without(self) -> int:
        """Pupils in classes who have no mentor."""
        return self.pupils - self.mentored


@dataclass(frozen=True, slots=True)
class Place:
    """A teacher as a mentor: pupils, usual and greatest number, qualification.

    `is_limited` says that the caps are this teacher's own.
    """

    teacher: Teacher
    load: int
    soft_cap: int
    hard_cap: int
    qualified: bool
    is_limited: bool = False

    @property
    def is_beyond(self) -> bool:
        """Whether the load is above the usual number."""
        return self.load > self.soft_cap


@dataclass(frozen=True, slots=True)
class PairShown:
    """A proposed pair in words; `ground` says what spoke for it."""

    pupil: str
    school_class: str
    mentor: str
    ground: str


def planned_schools(viewer: Any) -> QuerySet[Unit]:
    """The schools whose assignment the viewer plans."""
    paths = scope_of(viewer).paths(*PLANNERS)
    return Unit.objects.filter(paths_q("path", paths), kind=UnitKind.SCHOOL).order_by("path")


def get_planned_school(*, viewer: Any, key: str | UUID) -> Unit:
    """A school, by id or code, whose assignment the viewer plans. Raises Missing."""
    found = unit_called(planned_schools(viewer), key)
    if found is None:
        raise Missing
    return found


def terms_to_plan() -> QuerySet[Term]:
    """Terms that have not ended, the nearest first."""
    return Term.objects.filter(ends_on__gt=clock.today()).order_by("starts_on")


def standing_of(viewer: Any, unit: Unit) -> Standing:
    """How far a school's assignment is today. Raises Missing. Three queries."""
    if not plans_in(viewer, unit):
        raise Missing
    today = clock.today()
    seats = ClassMembership.objects.on(today).filter(school_class__unit=unit)
    paired = MentorAssignment.objects.on(today).filter(pupil__in=seats.values("pupil"))
    runs = AssignmentRun.objects.filter(unit=unit).select_related("term", "proposed_by")
    light = runs.defer("instance", "certificate", "shortage")
    return Standing(unit, seats.count(), paired.count(), tuple(light[:RECENT]))


def places_of(viewer: Any, unit: Unit) -> list[Place]:
    """The school's teachers as mentors today, by name. Raises Missing. Five queries."""
    if not plans_in(viewer, unit):
        raise Missing
    today = clock.today()
    rules, qualified = rules_on(today), qualified_mentors(today)
    loads = Counter(
        MentorAssignment.objects.on(today).filter(unit=unit).values_list("mentor_id", flat=True)
    )
    employed = Employment.objects.on(today).filter(unit=unit)
    teachers = list(Teacher.objects.filter(employments__in=employed).order_by("pinyin", "name"))
    own = {
        row.teacher_id: row for row in MentorLimit.objects.on(today).filter(teacher__in=teachers)
    }
    return [
        Place(
            teacher,
            loads[teacher.pk],
            own[teacher.pk].soft_cap if teacher.pk in own else rules.soft_cap,
            own[teacher.pk].hard_cap if teacher.pk in own else rules.hard_cap,
            teacher.pk in qualified,
            teacher.pk in own,
        )
        for teacher in teachers
    ]


def get_place_for(*, viewer: Any, teacher_id: UUID) -> tuple[Unit, Place]:
    """A teacher of a school that the viewer plans for, and that school. Raises Missing."""
    work = Employment.objects.on(clock.today()).filter(teacher=teacher_id).first()
    unit = planned_schools(viewer).filter(pk=work.unit_id).first() if work else None
    if unit is None:
        raise Missing
    return unit, next(row for row in places_of(viewer, unit) if row.teacher.pk == teacher_id)


def planned_places(run: AssignmentRun) -> list[Place]:
    """The mentors of a solved run with the pupils it gives them, the fullest first."""
    loads = Counter(ProposedPair.objects.filter(run=run).values_list("mentor_id", flat=True))
    offers = {UUID(offer["id"]): offer for offer in run.instance["mentors"]}
    places = [
        Place(
            teacher,
            loads[teacher.pk],
            offers[teacher.pk]["soft_cap"],
            offers[teacher.pk]["hard_cap"],
            offers[teacher.pk]["qualified"],
        )
        for teacher in Teacher.objects.filter(pk__in=offers).order_by("pinyin", "name")
    ]
    return sorted(places, key=lambda place: -place.load)


def proposed_pairs(run: AssignmentRun, query: str = "") -> QuerySet[ProposedPair]:
    """The pairs of a run in the order of classes and names; `query` is part of either name."""
    pairs = ProposedPair.objects.filter(run=run).select_related("pupil", "mentor")
    if query:
        pairs = pairs.filter(pupil__name__icontains=query) | pairs.filter(
            mentor__name__icontains=query
        )
    return pairs.order_by("mentor__pinyin", "mentor_id", "pupil__pinyin", "pupil_id")


def pairs_shown(run: AssignmentRun, pairs: Iterable[ProposedPair]) -> list[PairShown]:
    """Pairs with the class of today and the ground in words. One query for the classes."""
    rows, weights = list(pairs), weights_of(run.rule_set)
    seats = seats_of([pair.pupil_id for pair in rows])
    return [
        PairShown(
            pair.pupil.name,
            seats.get(pair.pupil_id, ""),
            pair.mentor.name,
            ground_in_words(pair.closeness, pair.bonus, weights),
        )
        for pair in rows
    ]
