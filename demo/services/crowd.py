"""Large bureaus in bulk: the same rows as one by one, written in batches.

Nobody waits for 100,000 password hashes: all these accounts share one.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from core import audit
from demo.rules import people, places
from demo.services.bureau import EMPLOYED_SINCE, POSTED_SINCE, password
from schools.models import Employment, Post, Teacher, Unit
from schools.rules.names import spell

SCHOOLS_AT_ONCE = 50


def build_schools(size: places.Size, units: dict[str, Unit]) -> None:
    """Add the schools that are missing; ``units`` gains all of them."""
    wanted = places.schools(size)
    known = Unit.objects.in_bulk([school.code for school in wanted], field_name="code")
    made = [_school(school, units[school.county]) for school in wanted if school.code not in known]
    with transaction.atomic():
        Unit.objects.bulk_create(made, batch_size=1_000)
        if made:
            audit.record(None, "demo.schools_loaded", units[places.BUREAU_CODE], count=len(made))
    units.update(known)
    units.update({unit.code: unit for unit in made})


def _school(school: places.School, county: Unit) -> Unit:
    return Unit(
        kind="school",
        code=school.code,
        name=school.name,
        parent=county,
        path=f"{county.path}{school.code}/",
        stage=school.stage,
    )


def build_staff_in_bulk(size: places.Size, seed: int, units: dict[str, Unit]) -> None:
    """Add the teachers that are missing, some schools at a time."""
    secret = make_password(password())
    schools = places.schools(size)
    for first in range(0, len(schools), SCHOOLS_AT_ONCE):
        part = schools[first : first + SCHOOLS_AT_ONCE]
        wanted = [person for school in part for person in people.staff_of(school, size, seed)]
        numbers = [person.staff_number for person in wanted]
        known = set(
            Teacher.objects.filter(staff_number__in=numbers).values_list("staff_number", flat=True)
        )
        _write([person for person in wanted if person.staff_number not in known], units, secret)


@transaction.atomic
def _write(persons: Sequence[people.Person], units: dict[str, Unit], secret: str) -> None:
    if not persons:
        return
    users = User.objects.bulk_create(
        User(username=person.staff_number.lower(), name=person.name, password=secret)
        for person in persons
    )
    teachers = Teacher.objects.bulk_create(
        _teacher(person, user) for person, user in zip(persons, users, strict=True)
    )
    pairs = list(zip(persons, teachers, strict=True))
    Employment.objects.bulk_create(
        Employment(teacher=teacher, unit=units[person.unit], starts_on=EMPLOYED_SINCE)
        for person, teacher in pairs
    )
    Post.objects.bulk_create(
        Post(teacher=teacher, role=role, unit=units[code], starts_on=POSTED_SINCE)
        for person, teacher in pairs
        for role, code in person.roles
    )
    audit.record(None, "demo.people_loaded", units[persons[0].unit], count=len(persons))


def _teacher(person: people.Person, user: User) -> Teacher:
    spelling = spell(person.name)
    return Teacher(
        user=user,
        staff_number=person.staff_number,
        name=person.name,
        pinyin=spelling.full,
        initials=spelling.initials,
    )
