"""What the judging of a roster needs to know about the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from schools.models import Employment, Post, Role, Teacher, Unit, UnitKind
from schools.permissions import SCHOOL_KEEPERS, SCHOOL_ROLES, scope_of
from schools.rules.files import PUPILS, SCHOOL_CLASSES, TEACHERS, RawLine
from schools.rules.judging import Grounds, TeacherFact, UnitFact
from schools.rules.judging_pupils import PupilGrounds
from schools.rules.pupils import class_line, pupil_line
from schools.rules.roster import teacher_line
from schools.selectors.chunks import chunks
from schools.selectors.roster_pupils import pupil_grounds, with_classes


@dataclass(frozen=True, slots=True)
class Register:
    """The part of the register that a file touches: grounds, and staff numbers by school."""

    grounds: Grounds
    rosters: Mapping[str, frozenset[str]]
    pupils: PupilGrounds


def register_for(
    raw: Sequence[RawLine], *, unit: Unit, actor: Any, day: date, allowance: int | None = None
) -> Register:
    """What judging these lines on `day` needs, within reach of `unit`.

    `actor` None stands for the operator of the system; `allowance` as in the pupils' grounds.
    """
    units = {item.code: item for item in Unit.objects.under(unit)}
    lines = [teacher_line(item.cells)[0] for item in raw if item.sheet == TEACHERS]
    classes = [class_line(item.cells)[0] for item in raw if item.sheet == SCHOOL_CLASSES]
    children = [pupil_line(item.cells)[0] for item in raw if item.sheet == PUPILS]
    schools = [units[code] for code in sorted({line.school for line in lines} & units.keys())]
    teachers, rosters = staff_of_schools(schools, day)
    numbers = {line.staff_number for line in lines} | {line.leader for line in classes}
    teachers |= staff_by_number(numbers - teachers.keys(), units, day)
    teachers = with_classes(with_ties(teachers, unit, day), day)
    counties = counties_in(unit, units.values())
    own = scope_of(actor).teacher if actor is not None else None
    rights = actor is None or scope_of(actor).covers(unit.path, *SCHOOL_KEEPERS)
    grounds = Grounds(
        units=unit_facts(units.values(), counties),
        counties={key: item.name for item in counties for key in (item.name, item.code)},
        teachers=teachers,
        phones=phone_holders({line.phone for line in lines if line.phone}),
        own=own.staff_number if own else "",
        school_rights=rights and unit.kind != UnitKind.SCHOOL,
    )
    named = {line.school for line in lines} | {line.school for line in classes}
    named |= {line.school for line in children}
    pupils = pupil_grounds(children, named, units=units, unit=unit, actor=actor, day=day)
    pupils = replace(pupils, allowance=allowance)
    return Register(grounds=grounds, rosters=rosters, pupils=pupils)


def counties_in(unit: Unit, units: Iterable[Unit]) -> list[Unit]:
    """The counties within reach; for a school its own county."""
    if unit.is_school and unit.parent is not None:
        return [unit.parent]
    return [item for item in units if item.kind == UnitKind.COUNTY]


def unit_facts(units: Iterable[Unit], counties: Iterable[Unit]) -> dict[str, UnitFact]:
    """The units by code, schools with the name of their county."""
    names = {county.code: county.name for county in counties}
    return {
        unit.code: UnitFact(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            stage=unit.stage,
            county=names.get(unit.ancestor_codes[1], "") if unit.is_school else "",
        )
        for unit in units
    }


def staff_of_schools(
    schools: Sequence[Unit], day: date
) -> tuple[dict[str, TeacherFact], dict[str, frozenset[str]]]:
    """Facts of everybody employed by these schools on a day, and staff numbers by school."""
    codes = {school.pk: school.code for school in schools}
    rosters: dict[str, set[str]] = defaultdict(set)
    rows: list[tuple[Teacher, str]] = []
    for part in chunks(codes):
        current = Employment.objects.on(day).filter(unit__in=part).select_related("teacher")
        rows += [(item.teacher, codes[item.unit_id]) for item in current]
    for teacher, code in rows:
        rosters[code].add(teacher.staff_number)
    roles = school_posts(codes, day)
    facts = {
        teacher.staff_number: fact_of(teacher, code, roles.get((teacher.pk, code), frozenset()))
        for teacher, code in rows
    }
    return facts, {code: frozenset(numbers) for code, numbers in rosters.items()}


def school_posts(codes: Mapping[Any, str], day: date) -> dict[tuple[Any, str], frozenset[str]]:
    """The school roles that people hold in these units on a day."""
    held: dict[tuple[Any, str], set[str]] = defaultdict(set)
    for part in chunks(codes):
        posts = Post.objects.on(day).filter(unit__in=part, role__in=SCHOOL_ROLES)
        for teacher, unit, role in posts.values_list("teacher_id", "unit_id", "role"):
            held[teacher, codes[unit]].add(role)
    return {key: frozenset(roles) for key, roles in held.items()}


def fact_of(teacher: Teacher, school: str | None, roles: frozenset[str]) -> TeacherFact:
    """A teacher as judging sees him."""
    return TeacherFact(
        staff_number=teacher.staff_number,
        name=teacher.name,
        phone=teacher.phone,
        school=school,
        roles=roles,
    )


def staff_by_number(
    numbers: Collection[str], units: Mapping[str, Unit], day: date
) -> dict[str, TeacherFact]:
    """Facts of people with these numbers who work in no school of the file.

    Who is still to begin somewhere counts as employed there. Somebody employed out of reach has
    no school and no posts to tell; somebody without an employer shows no phone.
    """
    facts: dict[str, TeacherFact] = {}
    reach = {unit.pk: unit.code for unit in units.values()}
    for part in chunks(sorted(numbers)):
        teachers = list(Teacher.objects.filter(staff_number__in=part))
        work = Employment.objects.reaching(day).filter(teacher__in=teachers).order_by("-starts_on")
        employed = dict(work.values_list("teacher_id", "unit_id"))  # the earliest stays
        for teacher in teachers:
            unit = employed.get(teacher.pk)
            school = "" if unit is None else reach.get(unit)
            teacher.phone = teacher.phone if unit is not None else ""
            facts[teacher.staff_number] = fact_of(teacher, school, frozenset())
    return facts


def with_ties(facts: Mapping[str, TeacherFact], unit: Unit, day: date) -> dict[str, TeacherFact]:
    """The facts, with who audits, and whom a post or work beyond `unit` binds, now or later."""
    audits, bound = set(), set()
    beyond = ~Q(unit__path__startswith=unit.path)
    for part in chunks(sorted(facts)):
        people = Q(teacher__staff_number__in=part)
        posts = Post.objects.reaching(day).filter(people, Q(role=Role.AUDITOR) | beyond)
        for number, role, path in posts.values_list("teacher__staff_number", "role", "unit__path"):
            audits |= {number} if role == Role.AUDITOR else set()
            bound |= set() if path.startswith(unit.path) else {number}
        work = Employment.objects.reaching(day).filter(people, beyond)
        bound |= set(work.values_list("teacher__staff_number", flat=True))
    return {
        number: replace(fact, audits=number in audits, bound=number in bound)
        for number, fact in facts.items()
    }


def phone_holders(phones: Collection[str]) -> dict[str, str]:
    """Staff numbers of the people who have these phones on record."""
    holders: dict[str, str] = {}
    for part in chunks(sorted(phones)):
        found = Teacher.objects.filter(phone__in=part)
        holders.update(found.values_list("phone", "staff_number"))
    return holders
