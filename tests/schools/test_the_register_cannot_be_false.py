"""What the database itself refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from schools.models import Employment, Post, Role, SchoolYear, Teacher, Term, Unit
from tests.people import a_bureau, a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    a_school("浉河区第一小学")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "bureau", "code": "ZZ", "path": "/ZZ/"},
        {"kind": "county", "code": "411599", "path": "/XY/411599/"},
        {"kind": "school", "code": "S9", "path": "/XY/411502/S9/", "parent": "county"},
        {"kind": "county", "code": "C9", "path": "/XY/C9/", "parent": "bureau", "stage": "primary"},
        {"kind": "county", "code": "c9", "path": "/XY/c9/", "parent": "bureau"},
        {"kind": "county", "code": "C9", "path": "/XY/C8/", "parent": "bureau"},
        {"kind": "county", "code": "C9", "path": "/C9/", "parent": "bureau"},
        {"kind": "school", "code": "S9", "path": "/XY/S9/", "parent": "county", "stage": "junior"},
        {"kind": "school", "code": "S1/2", "path": "/XY/S1/2/", "parent": "county",
         "stage": "junior"},
        {"kind": "village", "code": "V1", "path": "/XY/V1/", "parent": "bureau"},
    ],
)  # fmt: skip
def test_a_unit_that_does_not_fit_the_tree_is_refused(tree, wrong):
    parents = {"bureau": a_bureau(), "county": a_county()}
    values = {**wrong, "name": "错误单位", "parent": parents.get(wrong.get("parent", ""))}
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(**values)
    assert Unit.objects.count() == 3


def test_a_teacher_has_one_employer_at_every_instant():
    wang = a_teacher("王芳", school=a_school("浉河区第一小学"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Employment.objects.create(
            teacher=wang, unit=a_school("浉河区第二小学"), starts_on=date(2026, 3, 1)
        )
    wang.employments.update(ends_on=date(2026, 3, 1))
    Employment.objects.create(
        teacher=wang, unit=a_school("浉河区第二小学"), starts_on=date(2026, 3, 1)
    )
    assert wang.employments.count() == 2


def test_one_post_is_not_held_twice_at_once():
    li = a_teacher("李明", posts=[Role.PRINCIPAL])
    school = a_school()
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            teacher=li, role=Role.PRINCIPAL, unit=school, starts_on=date(2026, 1, 1)
        )
    Post.objects.create(teacher=li, role=Role.DEPUTY, unit=school, starts_on=date(2026, 1, 1))
    assert li.posts.count() == 2


def test_a_period_does_not_end_before_it_starts():
    li = a_teacher("李明")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            teacher=li,
            role=Role.DEPUTY,
            unit=a_school(),
            starts_on=date(2026, 3, 1),
            ends_on=date(2026, 2, 1),
        )


def test_an_unknown_role_is_refused():
    li = a_teacher("李明")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(teacher=li, role="emperor", unit=a_school(), starts_on=date(2026, 3, 1))


def test_terms_do_not_overlap():
    year = SchoolYear.objects.create(
        name="2026—2027学年", starts_on=date(2026, 9, 1), ends_on=date(2027, 9, 1)
    )
    Term.objects.create(
        school_year=year,
        code="2026-1",
        name="第一学期",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 2, 1),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(
            school_year=year,
            code="2026-2",
            name="第二学期",
            starts_on=date(2027, 1, 31),
            ends_on=date(2027, 7, 1),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolYear.objects.create(
            name="重复学年", starts_on=date(2027, 8, 31), ends_on=date(2028, 9, 1)
        )


def test_a_staff_number_belongs_to_one_person():
    a_teacher("王芳", number="A001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Teacher.objects.create(staff_number="A001", name="王芳")
    with pytest.raises(IntegrityError), transaction.atomic():
        Teacher.objects.create(staff_number="a002", name="小写")
