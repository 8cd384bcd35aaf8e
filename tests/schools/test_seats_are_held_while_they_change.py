"""Two at the same instant in one school: its lock is tried, and left out as control."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection

from schools import services
from schools.models import ClassTeacher, Pupil, SchoolClass, Teacher
from schools.services import classes, pupils
from tests.people import a_class, a_teacher

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
