"""Classes, their teachers, pupils and families: the same rows as one by one, written in batches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from core import audit, clock
from demo.rules import places
from demo.rules.pupils import Child, Form, children_of, forms_of
from demo.services.bureau import POSTED_SINCE
from schools.models import (
    ClassMembership,
    ClassTeacher,
    Employment,
    Guardian,
    Household,
    Post,
    Pupil,
    Role,
    SchoolClass,
    Teacher,
    TeachingAssignment,
    Unit,
)
from schools.rules.grades import autumn_by_custom
from schools.rules.names import spell
from schools.selectors import school_year_on
from schools.selectors.pupils import NUMBER, PHONE, index_of

AT_ONCE = 1_000
SUBJECTS = ("语文", "数学", "英语", "体育", "音乐", "美术", "科学", "道德与法治")
CLASSES_EACH = 3


def build_pupils(size: places.Size, seed: int, units: dict[str, Unit]) -> None:
    """Fill the schools that have no class yet, each in a transaction of its own."""
    filled = set(SchoolClass.objects.values_list("unit_id", flat=True).distinct())
    since = _since()
    for school in places.schools(size):
        unit = units[school.code]
        if unit.pk not in filled:
            with transaction.atomic():
                classes = _classes(unit, forms_of(school, size), since)
                _teachers(unit, list(classes.values()), since)
                _pupils(unit, children_of(school, size, seed), classes, since)


def _since() -> date:
    """The first day of the school year that runs today."""
    year = school_year_on(clock.today())
    first: date = year.starts_on if year else date(autumn_by_custom(clock.today()), 9, 1)
    return first


def _classes(unit: Unit, forms: Sequence[Form], since: date) -> dict[Form, SchoolClass]:
    made = SchoolClass.objects.bulk_create(
        SchoolClass(unit=unit, entry_year=since.year - form.years_ago, number=form.number)
        for form in forms
    )
    return dict(zip(forms, made, strict=True))


def _teachers(unit: Unit, classes: Sequence[SchoolClass], since: date) -> None:
    """Who holds the post leads a class, and so many more that no class is without one; everybody
    teaches three classes, from the day on which the class entered.
    """
    employed = Employment.objects.on(since).filter(unit=unit)
    staff = list(Teacher.objects.filter(employments__in=employed).order_by("staff_number"))
    posts = Post.objects.on(since).filter(unit=unit)
    held = {post.teacher_id: post.role for post in posts}
    leaders = [one for one in reversed(staff) if held.get(one.pk) == Role.CLASS_TEACHER]
    free = [one for one in staff if one.pk not in held]
    heads = [one for one in staff if held.get(one.pk) == Role.GRADE_HEAD]
    newly = [*free, *heads][: max(0, len(classes) - len(leaders))]
    Post.objects.bulk_create(
        Post(teacher=one, role=Role.CLASS_TEACHER, unit=unit, starts_on=POSTED_SINCE)
        for one in newly
    )
    ClassTeacher.objects.bulk_create(
        ClassTeacher(teacher=one, school_class=led, starts_on=_begun(led, since))
        for one, led in zip([*leaders, *newly], classes, strict=False)
    )
    TeachingAssignment.objects.bulk_create(
        TeachingAssignment(
            teacher=one,
            school_class=taught,
            subject=SUBJECTS[number % len(SUBJECTS)],
            starts_on=_begun(taught, since),
        )
        for number, one in enumerate(staff)
        for taught in _taught(classes, number)
    )


def _taught(classes: Sequence[SchoolClass], number: int) -> list[SchoolClass]:
    """The classes that the so-manieth teacher of a school teaches."""
    each = min(CLASSES_EACH, len(classes))
    return [classes[(number + step) % len(classes)] for step in range(each)]


def _begun(school_class: SchoolClass, since: date) -> date:
    """The first day of the school year in which the class entered."""
    return since.replace(year=school_class.entry_year)


def _pupils(
    unit: Unit, children: Sequence[Child], classes: dict[Form, SchoolClass], since: date
) -> None:
    homes = {family: Household(unit=unit, code=family) for family in {c.family for c in children}}
    Household.objects.bulk_create(homes.values(), batch_size=AT_ONCE)
    elders = {child.family: child for child in reversed(children)}
    Guardian.objects.bulk_create(
        (
            Guardian(
                household=homes[family],
                name=child.guardian,
                relation=child.relation,
                phone=child.phone,
                phone_index=index_of(child.phone, PHONE),
            )
            for family, child in elders.items()
        ),
        batch_size=AT_ONCE,
    )
    pupils = Pupil.objects.bulk_create(
        (_pupil(child, homes[child.family]) for child in children), batch_size=AT_ONCE
    )
    ClassMembership.objects.bulk_create(
        (
            ClassMembership(
                pupil=pupil,
                school_class=classes[child.form],
                starts_on=_begun(classes[child.form], since),
            )
            for pupil, child in zip(pupils, children, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    audit.record(None, "demo.pupils_loaded", unit, unit=unit, count=len(pupils))


def _pupil(child: Child, household: Household) -> Pupil:
    spelling = spell(child.name)
    return Pupil(
        name=child.name,
        pinyin=spelling.full,
        initials=spelling.initials,
        sex=child.sex,
        household=household,
        number=child.number,
        number_index=index_of(child.number, NUMBER),
    )
