"""Units, calendar, people and their accounts."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta

from django.db import transaction

from accounts.models import User
from accounts.services.opening import create_account
from accounts.services.privacy import acknowledge_privacy
from core import clock, events
from core.models import OutboxEvent
from demo.rules import library, people, places
from schools import services as schools
from schools.events import PostGiven
from schools.models import CalendarDay, Post, Teacher, Unit

EMPLOYED_SINCE, POSTED_SINCE = date(2019, 9, 1), date(2023, 9, 1)


def password() -> str:
    """The one password of all demo sign-ins."""
    return os.environ.get("DEMO_PASSWORD") or people.PASSWORD


def morning(days_ago: int) -> datetime:
    """Nine o'clock in Shanghai, so many days before today."""
    day = clock.today() - timedelta(days=days_ago)
    return datetime.combine(day, time(9), tzinfo=clock.SHANGHAI)


@transaction.atomic
def build_units(size: places.Size) -> dict[str, Unit]:
    """The bureau, its counties and schools, by code."""
    bureau, _new = schools.add_unit(
        actor=None, kind="bureau", code=places.BUREAU_CODE, name=places.BUREAU_NAME
    )
    units = {bureau.code: bureau}
    for county in places.counties(size):
        units[county.code], _new = schools.add_unit(
            actor=None, kind="county", code=county.code, name=county.name, parent=bureau
        )
    if size.is_bulk:
        return units
    for school in places.schools(size):
        units[school.code], _new = schools.add_unit(
            actor=None,
            kind="school",
            code=school.code,
            name=school.name,
            parent=units[school.county],
            stage=school.stage,
        )
    return units


@transaction.atomic
def build_calendar() -> None:
    """School years, terms, holidays and working weekends."""
    calendar = library.calendar()
    for year in calendar.years:
        made, _new = schools.add_school_year(
            actor=None, name=year["name"], starts_on=year["starts_on"], ends_on=year["ends_on"]
        )
        for term in year["terms"]:
            schools.add_term(actor=None, school_year=made, **term)
    for holiday in calendar.holidays:
        length = (holiday["ends_on"] - holiday["starts_on"]).days
        for number in range(length):
            _mark(holiday["starts_on"] + timedelta(days=number), "holiday", holiday["name"])
    for day in calendar.workdays:
        _mark(day, "workday", "")


def _mark(day: date, kind: str, name: str) -> None:
    if not CalendarDay.objects.filter(day=day).exists():
        schools.mark_day(actor=None, day=day, kind=kind, name=name)


@transaction.atomic
def build_sign_ins(units: dict[str, Unit]) -> dict[str, User]:
    """The accounts a visitor can use, with the posts that make them what they are."""
    users = {}
    for person in people.sign_ins():
        user = _account(person, password())
        _engage(person, units, user)
        acknowledge_privacy(actor=user)
        users[person.sign_in] = user
    deliver_posts()
    return users


def deliver_posts() -> None:
    """Let what follows from the posts happen now: the editor enters at once, worker or not."""
    waiting = OutboxEvent.objects.filter(
        kind=events.kind_of(PostGiven), delivered_at__isnull=True
    ).order_by("created_at")
    for event_id in waiting.values_list("pk", flat=True):
        events.deliver(event_id)


@transaction.atomic
def build_staff(size: places.Size, seed: int, units: dict[str, Unit]) -> None:
    """The other teachers, of a small bureau; accounts without password, opened by a slip."""
    staff = () if size.is_bulk else people.staff(size, seed)
    for person in (people.UNPRINTABLE, *staff):
        if not Teacher.objects.filter(staff_number=person.staff_number).exists():
            _engage(person, units, _account(person, None))


def _account(person: people.Person, secret: str | None) -> User:
    name = person.sign_in or person.staff_number.lower()
    user = User.objects.filter(username=name).first()
    return user or create_account(actor=None, username=name, name=person.name, password=secret)


def _engage(person: people.Person, units: dict[str, Unit], user: User) -> Teacher:
    unit = units[person.unit]
    teacher, _new = schools.add_teacher(
        actor=None,
        unit=unit,
        staff_number=person.staff_number,
        name=person.name,
        since=EMPLOYED_SINCE,
        user=user,
    )
    for role, code in person.roles:
        if not Post.objects.filter(teacher=teacher, role=role, unit=units[code]).exists():
            schools.give_post(
                actor=None, teacher=teacher, role=role, unit=units[code], starts_on=POSTED_SINCE
            )
    return teacher
