"""What the judging of classes and pupils needs to know about the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from schools.models import (
    ClassMembership,
    ClassTeacher,
    Guardian,
    Pupil,
    SchoolClass,
    TeachingAssignment,
    Unit,
)
from schools.permissions import keeps_pupils, kept_pupils
from schools.rules.judging import TeacherFact
from schools.rules.judging_pupils import PupilFact, PupilGrounds
from schools.rules.pupils import PupilLine
from schools.rules.roster import Place
from schools.selectors.chunks import chunks
from schools.selectors.classes import autumn_on
from schools.selectors.pupils import NUMBER, index_of


def pupil_grounds(
    lines: Sequence[PupilLine],
    named: Collection[str],
    *,
    units: Mapping[str, Unit],
    unit: Unit,
    actor: Any,
    day: date,
) -> PupilGrounds:
    """What judging these lines of 学生, and the classes of the schools `named`, needs on `day`.

    `units` are those within reach, by code; `actor` None is the operator of the system.
    """
    schools = [units[code] for code in sorted(set(named) & units.keys())]
    with_pupils = {line.school for line in lines} & units.keys()
    facts = seated([units[code] for code in sorted(with_pupils)], day)
    numbers = {line.number for line in lines if line.number}
    codes = {item.pk: item.code for item in units.values()}
    by_name: dict[tuple[str, str], list[PupilFact]] = defaultdict(list)
    rosters: dict[str, set[str]] = {code: set() for code in with_pupils}
    for fact in facts.values():
        by_name[fact.school or "", fact.name].append(fact)
        rosters[fact.school or ""].add(fact.key)
    return PupilGrounds(
        autumn=autumn_on(day),
        leaders=leaders_in(schools, day),
        by_number=by_numbers(numbers, facts, codes, day),
        by_name={key: tuple(found) for key, found in by_name.items()},
        rosters={code: frozenset(keys) for code, keys in rosters.items()},
        may_write=actor is None or keeps_pupils(actor, unit),
        closed=closed_homes(lines, units, actor),
    )


def closed_homes(
    lines: Sequence[PupilLine], units: Mapping[str, Unit], actor: Any
) -> dict[tuple[str, str], frozenset[str]]:
    """The households that these lines name and that have a child whom the actor does not keep, with
    the keys of all children in them; the operator (None) keeps all."""
    if actor is None:
        return {}
    codes = {line.family for line in lines if line.family}
    schools = {units[line.school].pk for line in lines if line.school in units}
    inside: dict[tuple[str, str], set[str]] = defaultdict(set)
    closed: set[tuple[str, str]] = set()
    for part in chunks(sorted(codes)):
        there = Pupil.objects.filter(household__code__in=part, household__unit__in=schools)
        kept_ones = kept_pupils(actor).filter(pk__in=there.values("pk"))
        kept = set(kept_ones.values_list("pk", flat=True))
        rows = there.values_list("pk", "household__unit__code", "household__code")
        for key, school, family in rows:
            inside[school, family].add(str(key))
            if key not in kept:
                closed.add((school, family))
    return {home: frozenset(inside[home]) for home in closed}


def leaders_in(schools: Sequence[Unit], day: date) -> dict[tuple[str, Place], str]:
    """Every class of these schools with the staff number of who leads it on a day, "" for none."""
    codes = {school.pk: school.code for school in schools}
    found: dict[tuple[str, Place], str] = {}
    for part in chunks(codes):
        rows = SchoolClass.objects.filter(unit__in=part)
        for unit, year, number in rows.values_list("unit_id", "entry_year", "number"):
            found[codes[unit], (year, number)] = ""
        led = ClassTeacher.objects.on(day).filter(school_class__unit__in=part)
        names = ("unit_id", "entry_year", "number")
        places = (f"school_class__{name}" for name in names)
        for unit, year, number, leader in led.values_list(*places, "teacher__staff_number"):
            found[codes[unit], (year, number)] = leader
    return found


def with_classes(facts: Mapping[str, TeacherFact], day: date) -> dict[str, TeacherFact]:
    """The facts, with the classes that people teach in the school that employs them."""
    taught: dict[str, set[Place]] = defaultdict(set)
    for part in chunks(sorted(facts)):
        rows = TeachingAssignment.objects.on(day).filter(teacher__staff_number__in=part)
        for number, school, year, place in rows.values_list(
            "teacher__staff_number",
            "school_class__unit__code",
            "school_class__entry_year",
            "school_class__number",
        ):
            if facts[number].school == school:
                taught[number].add((year, place))
    return {
        number: replace(fact, classes=frozenset(taught.get(number, ())))
        for number, fact in facts.items()
    }


def seated(schools: Sequence[Unit], day: date) -> dict[UUID, PupilFact]:
    """Everybody who sits in a class of these schools on a day."""
    codes = {school.pk: school.code for school in schools}
    seats: list[ClassMembership] = []
    for part in chunks(codes):
        rows = ClassMembership.objects.on(day).filter(school_class__unit__in=part)
        related = rows.select_related("school_class", "pupil__household")
        seats += related.defer("pupil__number")
    homes = guardians_of({seat.pupil.household_id for seat in seats})
    return {
        seat.pupil_id: PupilFact(
            key=str(seat.pupil_id),
            name=seat.pupil.name,
            sex=seat.pupil.sex,
            number=bool(seat.pupil.number_index),
            school=codes[seat.school_class.unit_id],
            place=(seat.school_class.entry_year, seat.school_class.number),
            family=seat.pupil.household.code,
            guardians=homes.get(seat.pupil.household_id, {}),
        )
        for seat in seats
    }


def guardians_of(households: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The phones of guardians by household and name, "" where none is on record."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for part in chunks(sorted(households)):
        for guardian in Guardian.objects.filter(household__in=part):
            found[guardian.household_id][guardian.name] = guardian.phone or ""
    return found


def by_numbers(
    numbers: Collection[str], facts: Mapping[UUID, PupilFact], codes: Mapping[UUID, str], day: date
) -> dict[str, PupilFact]:
    """The pupils with these school numbers, by number.

    Who is still to begin somewhere belongs there. Of somebody out of reach only the name is read,
    to tell a guess from a pupil who moves.
    """
    texts = {index_of(number, NUMBER): number for number in sorted(numbers)}
    found: dict[str, PupilFact] = {}
    for part in chunks(texts):
        pupils = list(Pupil.objects.filter(number_index__in=part).defer("number"))
        seats = ClassMembership.objects.reaching(day).filter(pupil__in=pupils)
        nearest = {
            seat.pupil_id: seat
            for seat in seats.select_related("school_class").order_by("-starts_on")
        }
        for pupil in pupils:
            seat = nearest.get(pupil.pk)
            fact = facts.get(pupil.pk) or elsewhere(pupil, seat, codes)
            found[texts[pupil.number_index]] = fact
    return found


def elsewhere(pupil: Pupil, seat: ClassMembership | None, codes: Mapping[UUID, str]) -> PupilFact:
    """A pupil who does not sit in a school of the file today."""
    if seat is None:
        return PupilFact(str(pupil.pk), pupil.name, pupil.sex, number=True)
    code = codes.get(seat.school_class.unit_id)
    if code is None:
        return PupilFact(str(pupil.pk), pupil.name, "", number=True, school=None)
    place = (seat.school_class.entry_year, seat.school_class.number)
    return PupilFact(str(pupil.pk), pupil.name, pupil.sex, True, code, place)
