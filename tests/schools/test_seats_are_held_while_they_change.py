"""Two at the same instant in one school: its lock is tried, and left out as control."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, transaction

from schools import services
from schools.models import ClassTeacher, Post, Pupil, SchoolClass, Teacher, Unit
from schools.rules.files import STAFF_NUMBER
from schools.rules.roster import SCHOOL
from schools.services import applying, classes, posts, pupils
from tests.people import a_class, a_county, a_school, a_teacher

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]


def slowly(work):
    """The same work, with a pause after it in which the other one arrives."""

    def late(*args, **kwargs):
        answer = work(*args, **kwargs)
        time.sleep(0.3)
        return answer

    return late


def together_after(count, work):
    """The same work; nobody goes on before all have done it."""
    gate = threading.Barrier(count)

    def met(*args, **kwargs):
        answer = work(*args, **kwargs)
        gate.wait(30)
        return answer

    return met


def added(school_class: SchoolClass):
    facts = {"school_class": school_class, "name": "吴桐", "sex": "male"}
    return lambda: services.add_pupil(actor=None, **facts)


def named(school_class: SchoolClass, teacher: Teacher):
    return lambda: services.name_class_teacher(
        actor=None, school_class=school_class, teacher=teacher
    )


def test_a_double_click_records_a_pupil_without_a_number_once(together, monkeypatch):
    monkeypatch.setattr(pupils, "namesake_in", slowly(pupils.namesake_in))
    results = together(*[added(a_class(1))] * 3)
    assert sorted(new for _pupil, new in results) == [False, False, True]
    assert Pupil.objects.filter(name="吴桐").count() == 1


def test_control_without_the_lock_the_pupil_is_there_twice(together, monkeypatch):
    monkeypatch.setattr(pupils, "hold_schools", lambda units: None)
    monkeypatch.setattr(pupils, "namesake_in", together_after(2, pupils.namesake_in))
    together(*[added(a_class(1))] * 2)
    assert Pupil.objects.filter(name="吴桐").count() == 2


def test_of_two_who_are_named_at_once_the_later_one_leads(together, monkeypatch):
    first, wang, li = a_class(1), a_teacher("王芳"), a_teacher("李强")
    monkeypatch.setattr(classes, "turning_days", slowly(classes.turning_days))
    results = together(named(first, wang), named(first, li))
    assert [new for _row, new in results] == [True, True]
    assert ClassTeacher.objects.filter(school_class=first, ends_on=None).count() == 1


def test_control_without_the_lock_the_database_refuses_one_of_them(together, monkeypatch):
    first, wang, li = a_class(1), a_teacher("王芳"), a_teacher("李强")
    monkeypatch.setattr(classes, "hold_schools", lambda units: None)
    monkeypatch.setattr(classes, "turning_days", together_after(2, classes.turning_days))
    results = together(named(first, wang), named(first, li))
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "tuple"]


@pytest.fixture
def candidates() -> list[Teacher]:
    """王芳 and 李强, either of whom 陈县区 may make principal of their school."""
    school = a_school("浉河区第一小学", code="S0001")
    a_teacher("陈县区", school=a_county(), number="C1", posts=["county_officer"])
    return [a_teacher(name, school=school, number=name) for name in ("王芳", "李强")]


def appoint(teacher: Teacher):
    chen, school = Teacher.objects.get(staff_number="C1").user, a_school("浉河区第一小学")
    return lambda: services.give_post(actor=chen, teacher=teacher, role="principal", unit=school)


def hold_for_a_file(teacher: Teacher):
    """A roster file that names the person is being written."""
    line = SimpleNamespace(cells={SCHOOL: ["S0001"], STAFF_NUMBER: [teacher.staff_number]})

    @transaction.atomic
    def held() -> None:
        applying.lock_people([line])

    return held


def test_a_file_and_the_appointment_of_a_principal_wait_and_never_deadlock(
    candidates, together, monkeypatch
):
    monkeypatch.setattr(applying, "hold_schools", slowly(applying.hold_schools))
    monkeypatch.setattr(posts, "require_separation", slowly(posts.require_separation))
    wang, _li = candidates
    held, post = together(hold_for_a_file(wang), appoint(wang))
    assert (held, post.teacher) == (None, wang)


def test_control_with_the_person_held_before_the_school_they_deadlock(
    candidates, together, monkeypatch
):
    met = threading.Barrier(2)

    def school_held_late(teacher, unit, day) -> None:
        met.wait(30)
        Unit.objects.select_for_update().get(pk=unit.pk)

    def held_then_met(units) -> None:
        hold_schools(units)
        met.wait(30)

    hold_schools = applying.hold_schools
    monkeypatch.setattr(posts, "hold_schools", lambda units: None)
    monkeypatch.setattr(posts, "require_no_principal", school_held_late)
    monkeypatch.setattr(applying, "hold_schools", held_then_met)
    wang, _li = candidates
    results = together(hold_for_a_file(wang), appoint(wang))
    assert sum(isinstance(result, OperationalError) for result in results) == 1


def test_of_two_who_are_appointed_at_once_one_is_principal(candidates, together, monkeypatch):
    monkeypatch.setattr(posts, "require_no_principal", slowly(posts.require_no_principal))
    results = together(*[appoint(teacher) for teacher in candidates])
    assert sum(isinstance(result, services.PrincipalStands) for result in results) == 1
    assert Post.objects.filter(role="principal").count() == 1


def test_control_without_the_school_held_it_has_two_principals(candidates, together, monkeypatch):
    monkeypatch.setattr(posts, "hold_schools", lambda units: None)
    asked = together_after(2, posts.require_no_principal)
    monkeypatch.setattr(posts, "require_no_principal", asked)
    together(*[appoint(teacher) for teacher in candidates])
    assert Post.objects.filter(role="principal").count() == 2
