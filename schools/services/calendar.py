"""The calendar of the bureau: school years, terms, days off and working weekends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError, Invalid, Missing
from schools.models import CalendarDay, Role, SchoolYear, Term
from schools.permissions import scope_of

LONGEST_HOLIDAY = 100
"""Days that one entry may mark; the longest summer holiday is shorter."""
T = TypeVar("T")


class PeriodTaken(DomainError):
    """Two school years, or two terms, would overlap or bear one name."""

    code = "period_taken"
    status = 422
    message = _("与已有的学年或学期重名，或日期重叠，请调整名称或起止日期。")


def require_calendar(actor: Any) -> None:
    """Raise Missing unless the actor keeps the calendar; None is the system's operator."""
    if actor is not None and not scope_of(actor).holds(Role.BUREAU_OFFICER):
        raise Missing


def require_period(starts_on: date, ends_on: date, year: SchoolYear | None = None) -> None:
    """Raise Invalid for a period that ends before it starts or leaves its school year."""
    if ends_on <= starts_on:
        raise Invalid(fields={"last_on": _("结束日期不能早于开始日期。")})
    if year is not None and not (year.starts_on <= starts_on and ends_on <= year.ends_on):
        raise Invalid(fields={"starts_on": _("学期必须落在所属学年之内，请调整起止日期。")})


def free_period(write: Callable[[], T]) -> T:
    """What `write` gives. Raises PeriodTaken when the database refuses it."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        raise PeriodTaken from error


@transaction.atomic
def add_school_year(*, actor: Any, name: str, starts_on: date, ends_on: date) -> SchoolYear:
    """A school year [starts_on, ends_on); the same name gives the same year.

    Raises Missing, Invalid, PeriodTaken.
    """
    require_calendar(actor)
    require_period(starts_on, ends_on)
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    year, created = free_period(lambda: SchoolYear.objects.get_or_create(name=name, defaults=dates))
    if created:
        audit.record(actor, "school_year.added", year)
    return year


@transaction.atomic
def add_term(
    *, actor: Any, school_year: SchoolYear, code: str, name: str, starts_on: date, ends_on: date
) -> Term:
    """A term [starts_on, ends_on) of a school year; the same code gives the same term.

    Raises Missing, Invalid, PeriodTaken.
    """
    require_calendar(actor)
    require_period(starts_on, ends_on, school_year)
    values = {
        "school_year": school_year,
        "name": name,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    term, created = free_period(lambda: Term.objects.get_or_create(code=code, defaults=values))
    if created:
        audit.record(actor, "term.added", term)
    return term


@transaction.atomic
def correct_period(
    *, actor: Any, period: SchoolYear | Term, name: str, starts_on: date, ends_on: date
) -> SchoolYear | Term:
    """The right name and dates of a school year or term; repeating is harmless.

    Raises Missing, Invalid, PeriodTaken; a year keeps all its terms inside.
    """
    require_calendar(actor)
    year = period.school_year if isinstance(period, Term) else None
    require_period(starts_on, ends_on, year)
    if isinstance(period, SchoolYear):
        outside = period.terms.exclude(starts_on__gte=starts_on, ends_on__lte=ends_on)
        if outside.exists():
            raise Invalid(fields={"starts_on": _("这个学年已有学期在这段日期之外，请先调整学期。")})
    if (period.name, period.starts_on, period.ends_on) == (name, starts_on, ends_on):
        return period
    before = [period.starts_on, period.ends_on]
    period.name, period.starts_on, period.ends_on = name, starts_on, ends_on
    free_period(lambda: period.save(update_fields=["name", "starts_on", "ends_on"]))
    audit.record(actor, "calendar.corrected", period, before=before, after=[starts_on, ends_on])
    return period


@transaction.atomic
def mark_day(*, actor: Any, day: date, kind: str, name: str = "") -> CalendarDay:
    """Mark a day as holiday or as working day, replacing an earlier mark. Raises Missing."""
    require_calendar(actor)
    marked, _created = CalendarDay.objects.update_or_create(
        day=day, defaults={"kind": kind, "name": name}
    )
    audit.record(actor, "calendar.marked", marked, day=day.isoformat(), kind=kind)
    return marked


@transaction.atomic
def mark_days(*, actor: Any, first_on: date, last_on: date, kind: str, name: str = "") -> int:
    """Mark every day from `first_on` to `last_on`, both included; returns how many.

    Raises Missing, and Invalid for no days or more than a hundred.
    """
    require_calendar(actor)
    count = (last_on - first_on).days + 1
    if not 1 <= count <= LONGEST_HOLIDAY:
        raise Invalid(fields={"last_on": _("请填写 1 到 100 天之间的一段日期。")})
    for number in range(count):
        mark_day(actor=actor, day=first_on + timedelta(days=number), kind=kind, name=name)
    return count


@transaction.atomic
def unmark_days(*, actor: Any, first_on: date, last_on: date) -> None:
    """Every marked day from `first_on` to `last_on` loses its mark. Raises Missing."""
    require_calendar(actor)
    marked = CalendarDay.objects.filter(day__gte=first_on, day__lte=last_on)
    for day in list(marked.values_list("day", flat=True)):
        unmark_day(actor=actor, day=day)


@transaction.atomic
def unmark_day(*, actor: Any, day: date) -> None:
    """The day is again what its weekday says; repeating is harmless. Raises Missing."""
    require_calendar(actor)
    marked = CalendarDay.objects.filter(day=day).first()
    if marked is not None:
        audit.record(actor, "calendar.unmarked", marked, day=day.isoformat(), kind=marked.kind)
        marked.delete()
