"""What must never be false of classes and pupils is refused by the database itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from core import crypto
from schools.models import (
    ClassMembership,
    ClassTeacher,
    Guardian,
    Household,
    Pupil,
    SchoolClass,
    TeachingAssignment,
)
from tests.people import a_class, a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db

SEPTEMBER, MARCH = date(2026, 9, 1), date(2027, 3, 1)


def refused() -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError)


def test_two_classes_of_one_year_have_two_numbers():
    first = a_class(1, entry_year=2024)
    with refused(), transaction.atomic():
        SchoolClass.objects.create(unit=first.unit, entry_year=2024, number=1)
    SchoolClass.objects.create(unit=first.unit, entry_year=2024, number=2)
    SchoolClass.objects.create(unit=a_school("平桥区第一小学"), entry_year=2024, number=1)
    assert SchoolClass.objects.count() == 3


def test_a_pupil_sits_in_one_class_at_a_time():
    lin = a_pupil("林小雨", school_class=a_class(1), since=SEPTEMBER)
    with refused(), transaction.atomic():
        ClassMembership.objects.create(pupil=lin, school_class=a_class(2), starts_on=MARCH)
    lin.memberships.update(ends_on=MARCH, end_reason="moved_class")
    ClassMembership.objects.create(pupil=lin, school_class=a_class(2), starts_on=MARCH)
    on_the_day = ClassMembership.objects.on(MARCH).get(pupil=lin)
    assert on_the_day.school_class == a_class(2)
    assert ClassMembership.objects.on(date(2027, 2, 28)).get(pupil=lin).school_class == a_class(1)


def test_an_ended_membership_says_why():
    lin = a_pupil("林小雨", since=SEPTEMBER)
    with refused(), transaction.atomic():
        lin.memberships.update(ends_on=MARCH)
    with refused(), transaction.atomic():
        lin.memberships.update(end_reason="left")
    assert lin.memberships.get().ends_on is None


def test_a_class_has_one_class_teacher_at_a_time():
    wang, li, first = a_teacher("王芳"), a_teacher("李强"), a_class(1)
    ClassTeacher.objects.create(school_class=first, teacher=wang, starts_on=SEPTEMBER)
    with refused(), transaction.atomic():
        ClassTeacher.objects.create(school_class=first, teacher=li, starts_on=MARCH)
    ClassTeacher.objects.create(school_class=a_class(2), teacher=wang, starts_on=SEPTEMBER)
    assert ClassTeacher.objects.on(MARCH).filter(teacher=wang).count() == 2


def test_a_teacher_teaches_a_class_one_subject_once_at_a_time():
    wang, first = a_teacher("王芳"), a_class(1)
    TeachingAssignment.objects.create(
        teacher=wang, school_class=first, subject="语文", starts_on=SEPTEMBER
    )
    with refused(), transaction.atomic():
        TeachingAssignment.objects.create(
            teacher=wang, school_class=first, subject="语文", starts_on=MARCH
        )
    TeachingAssignment.objects.create(
        teacher=wang, school_class=first, subject="书法", starts_on=MARCH
    )
    assert wang.teaching.count() == 2


def test_a_school_number_belongs_to_one_pupil_and_lies_encrypted():
    lin, gao = a_pupil("林小雨"), a_pupil("高子涵")
    lin.number = "G411502201805120023"
    lin.number_index = crypto.blind_index("G411502201805120023", "schools_pupil:number")
    lin.save()
    gao.number, gao.number_index = "G411502201805120023", lin.number_index
    with refused(), transaction.atomic():
        gao.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM schools_pupil WHERE name = %s", ["林小雨"])
        stored = bytes(cursor.fetchone()[0])
    assert b"G411502" not in stored
    assert Pupil.objects.get(name="林小雨").number == "G411502201805120023"


def test_pupils_without_a_number_may_have_one_name():
    a_pupil("张伟")
    a_pupil("张伟")
    assert Pupil.objects.filter(name="张伟", number_index="").count() == 2


def test_siblings_share_a_household_and_its_guardians():
    school = a_school()
    home = Household.objects.create(unit=school, code="H001")
    elder, younger = a_pupil("林小雨", household=home), a_pupil("林小雪", household=home)
    Guardian.objects.create(household=home, name="林建国")
    assert [guardian.name for guardian in elder.household.guardians.all()] == ["林建国"]
    assert younger.household.guardians.count() == 1
    with refused(), transaction.atomic():
        Guardian.objects.create(household=home, name="林建国")
    with refused(), transaction.atomic():
        Household.objects.create(unit=school, code="H001")


def test_nothing_a_pupil_stands_on_can_be_deleted():
    lin = a_pupil("林小雨")
    for parent in (lin, lin.household, a_class(1), a_class(1).unit):
        with pytest.raises(ProtectedError):
            parent.delete()
    assert Pupil.objects.filter(name="林小雨").count() == 1
