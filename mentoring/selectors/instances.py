"""A school as the assignment sees it: read from the register in few queries, in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from certification.selectors import qualified_mentors
from mentoring.models import (
    AssignmentRun,
    CareCadence,
    Conflict,
    MentorAssignment,
    MentorLimit,
    RuleSet,
    RunState,
    Supervision,
    Wish,
)
from mentoring.rules.instance import Instance, MentorOffer, PupilNeed, Weights
from schools.models import ClassMembership, ClassTeacher, Employment, TeachingAssignment, Term, Unit


def rules_on(day: date) -> RuleSet:
    """The rules in force on a civil date. Raises RuleSet.DoesNotExist before the first."""
    rules: RuleSet = RuleSet.objects.on(day).get()
    return rules


def weights_of(rules: RuleSet) -> Weights:
    """The prices of a version of the rules."""
    values = dict(rules.weights)
    if "wishes" in values:
        values["wishes"] = tuple(values["wishes"])
    return Weights(**values)


def seed_of(unit: Unit, term: Term) -> bytes:
    """What the lot is drawn with: school and term, so that nobody can choose it."""
    return f"{unit.code}/{term.code}".encode()


def instance_of(unit: Unit, term: Term, on: date) -> Instance:
    """The pupils and teachers of a school on a civil date, with what the assignment has to mind.

    Every teacher whom the school employs is a mentor unless limited. Once an assignment of the
    term is published, a pupil's mentor is the present one and is kept where possible; before
    that the mentor at hand is the previous one. Some ten queries, whatever the school's size.
    """
    rules = rules_on(on)
    return Instance(
        school=unit.code,
        term=term.code,
        seed=seed_of(unit, term),
        pupils=tuple(_pupils(unit, term, on)),
        mentors=tuple(_mentors(unit, rules, on)),
        weights=weights_of(rules),
    )


def _pupils(unit: Unit, term: Term, on: date) -> list[PupilNeed]:
    seats = ClassMembership.objects.on(on).filter(school_class__unit=unit)
    rows = seats.values_list("pupil_id", "school_class_id", "school_class__entry_year")
    pupils = [pupil for pupil, _class, _year in rows]
    forbidden, wishes = _forbidden(pupils, on), _wishes(pupils, term)
    at_hand = _mentors_at_hand(pupils, max(on - timedelta(days=1), term.starts_on))
    running = AssignmentRun.objects.filter(unit=unit, term=term, state=RunState.PUBLISHED).exists()
    careful = in_need_of_qualified(seats.values("pupil"), on)
    return [
        PupilNeed(
            id=str(pupil),
            grade=str(year),
            group=str(school_class),
            needs_qualified=pupil in careful,
            wishes=tuple(wishes.get(pupil, ())),
            previous=None if running else at_hand.get(pupil),
            present=at_hand.get(pupil) if running else None,
            forbidden=frozenset(forbidden.get(pupil, ())),
        )
        for pupil, school_class, year in rows
    ]


def in_need_of_qualified(pupils: Any, on: date) -> set[UUID]:
    """Those of `pupils` who must have a qualified mentor on a civil date and are not supervised."""
    needs = CareCadence.objects.on(on).filter(pupil__in=pupils, needs_qualified=True)
    supervised = Supervision.objects.on(on).filter(pupil=OuterRef("pupil"))
    return set(needs.filter(~Exists(supervised)).values_list("pupil_id", flat=True))


def _forbidden(pupils: list[UUID], on: date) -> dict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Conflict.objects.on(on).filter(pupil__in=pupils)
    for pupil, teacher in rows.values_list("pupil_id", "teacher_id"):
        found[pupil].append(str(teacher))
    return found


def _wishes(pupils: list[UUID], term: Term) -> dict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    rows = Wish.objects.filter(pupil__in=pupils, term=term).order_by("pupil", "rank")
    for pupil, teacher in rows.values_list("pupil_id", "teacher_id"):
        found[pupil].append(str(teacher))
    return found


def _mentors_at_hand(pupils: list[UUID], on: date) -> dict[UUID, str]:
    rows = MentorAssignment.objects.on(on).filter(pupil__in=pupils)
    return {pupil: str(mentor) for pupil, mentor in rows.values_list("pupil_id", "mentor_id")}


def _mentors(unit: Unit, rules: RuleSet, on: date) -> list[MentorOffer]:
    employed = Employment.objects.on(on).filter(unit=unit)
    teachers = list(employed.values_list("teacher_id", flat=True))
    limits = {
        row.teacher_id: row for row in MentorLimit.objects.on(on).filter(teacher__in=teachers)
    }
    groups, grades = _taught(unit, on)
    qualified = qualified_mentors(on)
    return [
        MentorOffer(
            id=str(teacher),
            soft_cap=limits[teacher].soft_cap if teacher in limits else rules.soft_cap,
            hard_cap=limits[teacher].hard_cap if teacher in limits else rules.hard_cap,
            qualified=teacher in qualified,
            groups=frozenset(groups[teacher]),
            grades=frozenset(grades[teacher]),
        )
        for teacher in teachers
    ]


def _taught(unit: Unit, on: date) -> tuple[dict[UUID, set[str]], dict[UUID, set[str]]]:
    """Classes and grades by teacher; who leads a class teaches it."""
    groups: defaultdict[UUID, set[str]] = defaultdict(set)
    grades: defaultdict[UUID, set[str]] = defaultdict(set)
    for model in (TeachingAssignment, ClassTeacher):
        rows = model.objects.on(on).filter(school_class__unit=unit)
        named = rows.values_list("teacher_id", "school_class_id", "school_class__entry_year")
        for teacher, school_class, year in named:
            groups[teacher].add(str(school_class))
            grades[teacher].add(str(year))
    return groups, grades
