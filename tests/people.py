"""Named people and places for tests; every builder may be called again for the same name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from accounts.models import User
from schools.models import (
    ClassMembership,
    Employment,
    Household,
    Post,
    Pupil,
    Role,
    SchoolClass,
    Teacher,
    Unit,
)
from schools.rules.names import spell

LONG_AGO = date(2020, 9, 1)
COUNTY_CODES = {"浉河区": "411502", "平桥区": "411503", "罗山县": "411521", "固始县": "411525"}


def a_bureau(name: str = "信阳市教育体育局", *, code: str = "XY") -> Unit:
    """The one bureau."""
    unit, _created = Unit.objects.get_or_create(
        kind="bureau", defaults={"code": code, "name": name, "path": f"/{code}/"}
    )
    return unit


def a_county(name: str = "浉河区", *, code: str = "") -> Unit:
    """A county of the bureau."""
    existing = Unit.objects.filter(kind="county", name=name).first()
    if existing:
        return existing
    bureau = a_bureau()
    code = code or COUNTY_CODES.get(name) or f"4116{Unit.objects.filter(kind='county').count():02}"
    return Unit.objects.create(
        kind="county", code=code, name=name, parent=bureau, path=f"{bureau.path}{code}/"
    )


def a_school(
    name: str = "浉河区第一小学",
    *,
    county: Unit | None = None,
    code: str = "",
    stage: str = "primary",
) -> Unit:
    """A school of a county (浉河区 unless told)."""
    existing = Unit.objects.filter(kind="school", name=name).first()
    if existing:
        return existing
    county = county or a_county()
    code = code or f"S{Unit.objects.filter(kind='school').count() + 1:04}"
    return Unit.objects.create(
        kind="school",
        code=code,
        name=name,
        parent=county,
        path=f"{county.path}{code}/",
        stage=stage,
    )


def a_user(username: str, *, name: str = "", password: str | None = None) -> User:
    """A sign-in without a person behind it; sign in by `client.force_login`."""
    return User.objects.create_user(username, password, name=name or username)


def a_teacher(
    name: str,
    *,
    school: Unit | None = None,
    posts: Iterable[str | Role | tuple[str | Role, Unit]] = (),
    number: str = "",
    phone: str = "",
    since: date = LONG_AGO,
    with_user: bool = True,
    password: str | None = None,
) -> Teacher:
    """A person employed by `school` since `since`, with a sign-in and posts.

    A post is a role in the own school, or a pair of role and unit. The user's name is the
    staff number.
    """
    school = school or a_school()
    number = number or f"T{Teacher.objects.count() + 1:05}"
    spelling = spell(name)
    user = a_user(number.lower(), name=name, password=password) if with_user else None
    teacher = Teacher.objects.create(
        user=user,
        staff_number=number,
        name=name,
        pinyin=spelling.full,
        initials=spelling.initials,
        phone=phone,
    )
    Employment.objects.create(teacher=teacher, unit=school, starts_on=since)
    for post in posts:
        role, unit = post if isinstance(post, tuple) else (post, school)
        Post.objects.create(teacher=teacher, role=role, unit=unit, starts_on=since)
    return teacher


def a_class(number: int = 1, *, school: Unit | None = None, entry_year: int = 2024) -> SchoolClass:
    """A class of `school` (浉河区第一小学 unless told)."""
    made, _created = SchoolClass.objects.get_or_create(
        unit=school or a_school(), entry_year=entry_year, number=number
    )
    return made


def a_pupil(
    name: str,
    *,
    school_class: SchoolClass | None = None,
    sex: str = "female",
    household: Household | None = None,
    since: date = LONG_AGO,
) -> Pupil:
    """A new pupil, without a school number, who has sat in `school_class` since `since`."""
    school_class = school_class or a_class()
    household = household or Household.objects.create(unit=school_class.unit)
    spelling = spell(name)
    pupil = Pupil.objects.create(
        name=name,
        pinyin=spelling.full,
        initials=spelling.initials,
        sex=sex,
        household=household,
    )
    ClassMembership.objects.create(pupil=pupil, school_class=school_class, starts_on=since)
    return pupil
