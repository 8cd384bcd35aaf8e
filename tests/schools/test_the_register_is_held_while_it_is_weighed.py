"""Two at the same instant on the register: each lock is tried, and once without it as control."""

from __future__ import annotations

import threading
import time
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, transaction

from core import audit
from core.models import AuditEvent
from core.throttle import Throttled
from schools import services
from schools.models import SchoolYear, Teacher, Term
from schools.rules.files import STAFF_NUMBER
from schools.services import applying, calendar, reading
from tests.people import a_bureau, a_school, a_teacher

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]
AUTUMN = (date(2025, 9, 1), date(2026, 2, 1))


def slowly(work, seconds=0.3):
    """The same work, after a pause in which the other one arrives."""

    def late(*args, **kwargs):
        time.sleep(seconds)
        return work(*args, **kwargs)

    return late


def together_at(count, work):
    """The same work, begun only when all have come as far as this."""
    gate = threading.Barrier(count)

    def met(*args, **kwargs):
        gate.wait(30)
        return work(*args, **kwargs)

    return met


@pytest.fixture
def looked() -> tuple[Teacher, Teacher]:
    """赵静 has looked at 99 of the 100 numbers of a day; 王芳's would be the next."""
    school = a_school("浉河区第一小学")
    zhao = a_teacher("赵静", school=school, posts=["school_admin"], number="A1")
    wang = a_teacher("王芳", school=school, number="A2", phone="13800000001")
    for _look in range(99):
        audit.record(zhao.user, "teacher.phone", wang)
    return zhao, wang


def reveal(zhao: Teacher, wang: Teacher):
    return lambda: services.reveal_phone(actor=zhao.user, teacher_id=wang.pk)


def test_of_four_looks_at_once_only_the_hundredth_number_is_shown(looked, together, monkeypatch):
    monkeypatch.setattr(reading, "trace", slowly(reading.trace))
    results = together(*[reveal(*looked)] * 4)
    assert sorted(type(result).__name__ for result in results) == ["Teacher"] + ["Throttled"] * 3
    assert AuditEvent.objects.filter(verb="teacher.phone").count() == 100
    assert all(
        86_000 < result.retry_after <= 86_400 for result in results if isinstance(result, Throttled)
    )


def test_control_counting_without_holding_anything_shows_more_than_a_hundred(
    looked, together, monkeypatch
):
    monkeypatch.setattr(reading, "trace", together_at(4, reading.trace))
    monkeypatch.setattr(reading, "scope_of", lambda actor: SimpleNamespace(teacher=None))
    together(*[reveal(*looked)] * 4)
    assert AuditEvent.objects.filter(verb="teacher.phone").count() == 103


@pytest.fixture
def year() -> SchoolYear:
    """The school year 2025 with its autumn term; 郑华 keeps the calendar."""
    a_teacher("郑华", school=a_bureau(), number="Z1", posts=["bureau_officer"])
    made = SchoolYear.objects.create(
        name="2025学年", starts_on=date(2025, 9, 1), ends_on=date(2026, 9, 1)
    )
    Term.objects.create(
        school_year=made, code="2025-1", name="秋季", starts_on=AUTUMN[0], ends_on=AUTUMN[1]
    )
    return made


def shorten_the_year() -> object:
    period = SchoolYear.objects.get()
    return correct(period, period.starts_on, date(2026, 2, 1))


def lengthen_the_term() -> object:
    return correct(Term.objects.get(), AUTUMN[0], date(2026, 3, 1))


def correct(period: SchoolYear | Term, starts_on: date, ends_on: date) -> object:
    actor = Teacher.objects.get(staff_number="Z1").user
    return services.correct_period(
        actor=actor, period=period, name=period.name, starts_on=starts_on, ends_on=ends_on
    )


def stands_inside() -> bool:
    return Term.objects.get().ends_on <= SchoolYear.objects.get().ends_on


def test_a_term_moved_while_its_year_is_shortened_stays_inside(year, together, monkeypatch):
    monkeypatch.setattr(calendar, "free_period", slowly(calendar.free_period))
    results = together(shorten_the_year, lengthen_the_term)
    assert sum(isinstance(result, calendar.Invalid) for result in results) == 1
    assert stands_inside()
    assert AuditEvent.objects.filter(verb="calendar.corrected").count() == 1


def test_control_without_the_year_held_the_term_ends_outside(year, together, monkeypatch):
    monkeypatch.setattr(calendar, "free_period", together_at(2, calendar.free_period))
    monkeypatch.setattr(calendar, "held_year", lambda period: SchoolYear.objects.get(pk=period.pk))
    results = together(shorten_the_year, lengthen_the_term)
    assert [result[1] for result in results] == [True, True]
    assert not stands_inside()


@pytest.fixture
def people() -> list[Teacher]:
    school = a_school("浉河区第一小学")
    return [a_teacher(f"王芳{n}", school=school, number=f"B{n}") for n in range(4)]


def lines(people: list[Teacher]) -> list[SimpleNamespace]:
    return [SimpleNamespace(cells={STAFF_NUMBER: [person.staff_number]}) for person in people]


def hold(people: list[Teacher]):
    @transaction.atomic
    def held() -> None:
        applying.lock_people(lines(people))

    return held


def one_by_one(between):
    """Each part of a file holds one person, and something happens between two parts."""

    def parts(values):
        for number, value in enumerate(values):
            if number:
                between(number)
            yield [value]

    return parts


def test_two_files_that_name_the_same_people_wait_and_never_deadlock(people, together, monkeypatch):
    monkeypatch.setattr(applying, "chunks", one_by_one(lambda _number: time.sleep(0.1)))
    assert together(hold(people), hold(people[::-1])) == [None, None]


def test_control_in_the_order_of_the_file_two_of_them_deadlock(people, together, monkeypatch):
    first_held = threading.Barrier(2)
    parts = one_by_one(lambda number: number > 1 or first_held.wait(30))

    def held_in_the_order_of_the_file(stored) -> None:
        for (line,) in parts(stored):
            number = line.cells[STAFF_NUMBER][0]
            list(Teacher.objects.select_for_update().filter(staff_number=number))

    monkeypatch.setattr(applying, "lock_people", held_in_the_order_of_the_file)
    results = together(hold(people), hold(people[::-1]))
    assert sum(isinstance(result, OperationalError) for result in results) == 1
