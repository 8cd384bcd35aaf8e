"""The calendar of the bureau: school years, terms, days off and working weekends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError, Invalid, Missing
from schools.models import CalendarDay, Role, SchoolYear, Term
from schools.permissions import scope_of
from schools.services.days import require_civil

LONGEST_HOLIDAY = 100
"""Days that one entry may mark; the longest summer holiday is shorter."""
T = TypeVar("T")


class PeriodStands(DomainError):
    """A school year or term of this name or code is on record with other facts."""

    code = "period_stands"
    message = _("“%(name)s”已登记为%(first)s至%(last)s，没有改动。要更改，请在列表里更正那一条。")


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
    require_civil("starts_on", starts_on)
    require_civil("last_on", ends_on - timedelta(days=1))
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
def add_school_year(
    *, actor: Any, name: str, starts_on: date, ends_on: date
) -> tuple[SchoolYear, bool]:
    """A school year [starts_on, ends_on) and whether it is new; the same again changes nothing.

    Raises Missing, Invalid, PeriodTaken, and PeriodStands for the same name with other dates.
    """
    require_calendar(actor)
    require_period(starts_on, ends_on)
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    year, created = free_period(lambda: SchoolYear.objects.get_or_create(name=name, defaults=dates))
    if created:
        audit.record(actor, "school_year.added", year)
    require_same(year, dates)
    return year, created


@transaction.atomic
def add_term(
    *, actor: Any, school_year: SchoolYear, code: str, name: str, starts_on: date, ends_on: date
) -> tuple[Term, bool]:
    """A term [starts_on, ends_on) of a school year and whether it is new; the same again changes
    nothing.

    Raises Missing, Invalid, PeriodTaken, and PeriodStands for the same code with other facts.
    """
    require_calendar(actor)
    school_year = held_year(school_year)
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
    require_same(term, values)
    return term, created


def held_year(year: SchoolYear) -> SchoolYear:
    """The year of this moment, its row locked, so that it keeps its terms inside."""
    return SchoolYear.objects.select_for_update(of=("self",)).get(pk=year.pk)


def require_same(period: SchoolYear | Term, facts: Mapping[str, Any]) -> None:
    """Raise PeriodStands when the period on record says something else."""
    if any(getattr(period, name) != value for name, value in facts.items()):
        first, last = date_format(period.starts_on), date_format(period.ends_on - timedelta(days=1))
        raise PeriodStands(name=period.name, first=first, last=last)


@transaction.atomic
def correct_period(
    *, actor: Any, period: SchoolYear | Term, name: str, starts_on: date, ends_on: date
) -> tuple[SchoolYear | Term, bool]:
    """The right name and dates of a school year or term, and whether they are new.

    Raises Missing, Invalid, PeriodTaken; a year keeps all its terms inside.
    """
    require_calendar(actor)
    year = held_year(period.school_year if isinstance(period, Term) else period)
    require_period(starts_on, ends_on, year if isinstance(period, Term) else None)
    if isinstance(period, SchoolYear):
        outside = period.terms.exclude(starts_on__gte=starts_on, ends_on__lte=ends_on)
        if outside.exists():
            raise Invalid(fields={"starts_on": _("这个学年已有学期在这段日期之外，请先调整学期。")})
    if (period.name, period.starts_on, period.ends_on) == (name, starts_on, ends_on):
        return period, False
    before = [period.starts_on, period.ends_on]
    period.name, period.starts_on, period.ends_on = name, starts_on, ends_on
    free_period(lambda: period.save(update_fields=["name", "starts_on", "ends_on"]))
    audit.record(actor, "calendar.corrected", period, before=before, after=[starts_on, ends_on])
    return period, True


@transaction.atomic
def mark_day(*, actor: Any, day: date, kind: str, name: str = "") -> bool:
    """Mark a day as holiday or as working day, replacing an earlier mark; whether that changed it.

    Raises Missing, and Invalid for a day beyond the bureau's years.
    """
    require_calendar(actor)
    require_civil("last_on", day)
    if CalendarDay.objects.filter(day=day, kind=kind, name=name).exists():
        return False
    marked, _created = CalendarDay.objects.update_or_create(
        day=day, defaults={"kind": kind, "name": name}
    )
    audit.record(actor, "calendar.marked", marked, day=day.isoformat(), kind=kind)
    return True


@transaction.atomic
def mark_days(*, actor: Any, first_on: date, last_on: date, kind: str, name: str = "") -> int:
    """Mark every day from `first_on` to `last_on`, both included; how many that changed.

    Raises Missing, and Invalid for no days or more than a hundred.
    """
    require_calendar(actor)
    count = (last_on - first_on).days + 1
    if not 1 <= count <= LONGEST_HOLIDAY:
        raise Invalid(fields={"last_on": _("请填写 1 到 100 天之间的一段日期。")})
    days = [first_on + timedelta(days=number) for number in range(count)]
    return sum(mark_day(actor=actor, day=day, kind=kind, name=name) for day in days)


@transaction.atomic
def unmark_days(*, actor: Any, first_on: date, last_on: date) -> int:
    """Every marked day from `first_on` to `last_on` loses its mark; how many had one.

    Raises Missing.
    """
    require_calendar(actor)
    marked = CalendarDay.objects.filter(day__gte=first_on, day__lte=last_on)
    days = list(marked.values_list("day", flat=True))
    return sum(unmark_day(actor=actor, day=day) for day in days)


@transaction.atomic
def unmark_day(*, actor: Any, day: date) -> bool:
    """The day is again what its weekday says; whether it had a mark. Raises Missing."""
    require_calendar(actor)
    marked = CalendarDay.objects.filter(day=day).first()
    if marked is None:
        return False
    audit.record(actor, "calendar.unmarked", marked, day=day.isoformat(), kind=marked.kind)
    marked.delete()
    return True
