"""A mobile number is one person's in the whole bureau, whoever enters it at the same moment."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from core.errors import Invalid
from schools import services
from schools.models import Role, Teacher
from tests.people import a_school, a_teacher
from tests.schools.test_two_confirmations_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = "13800000031"


def test_two_schools_record_one_phone_at_once_and_one_is_told(at):
    at("2026-03-02T09:00:00+08:00")
    schools = [a_school("浉河区第一小学"), a_school("浉河区第二小学")]
    admins = [a_teacher("赵静", school=one, posts=[Role.SCHOOL_ADMIN]).user for one in schools]

    def adding(place: int):
        return lambda: services.add_teacher(
            actor=admins[place],
            unit=schools[place],
            staff_number=f"N{place}",
            name="孙丽",
            phone=PHONE,
        )

    raised = at_once(adding(0), adding(1))
    assert [type(error) for error in raised] == [Invalid]
    assert "已登记在另一位教师名下" in str(raised[0].fields["phone"])
    assert Teacher.objects.filter(phone=PHONE).count() == 1
    assert Teacher.objects.filter(name="孙丽").count() == 1


def test_a_corrected_phone_of_somebody_else_is_told_at_the_field(at):
    at("2026-03-02T09:00:00+08:00")
    admin = a_teacher("赵静", posts=[Role.SCHOOL_ADMIN]).user
    a_teacher("王芳", phone=PHONE)
    li = a_teacher("李明", phone="13800000032")
    with pytest.raises(Invalid) as caught:
        services.correct_teacher(actor=admin, teacher=li, name="李明", phone=PHONE)
    assert list(caught.value.fields) == ["phone"]
    li.refresh_from_db()
    assert li.phone == "13800000032"


def test_the_database_itself_refuses_a_second_holder(at):
    a_teacher("王芳", phone=PHONE)
    a_teacher("李明")
    a_teacher("周涛")
    with pytest.raises(IntegrityError), transaction.atomic():
        Teacher.objects.filter(name="李明").update(phone=PHONE)
