"""Where people work, and what the calendar says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from core import clock
from schools.models import CalendarDay, Employment, HelpLine, SchoolYear, Teacher, Term, Unit


def teacher_of(user: Any) -> Teacher | None:
    """The person behind a sign-in, if that person is on the register."""
    if not getattr(user, "is_authenticated", False):
        return None
    return Teacher.objects.filter(user_id=user.pk).first()


def unit_of(teacher: Teacher, on: date) -> Unit | None:
    """The unit that employs the teacher on a civil date."""
    employment = Employment.objects.on(on).filter(teacher=teacher).select_related("unit").first()
    return employment.unit if employment else None


def current_unit_of(teacher: Teacher) -> Unit | None:
    """The unit that employs the teacher today."""
    return unit_of(teacher, clock.today())


def place_of(teacher: Teacher) -> Unit | None:
    """The unit that keeps the person's record: who employs today, else who will next."""
    work = Employment.objects.reaching(clock.today()).filter(teacher=teacher)
    first = work.select_related("unit").order_by("starts_on").first()
    return first.unit if first else None


def county_of(unit: Unit) -> Unit | None:
    """The county that a unit lies in, or is; None for the bureau."""
    codes = unit.ancestor_codes
    return Unit.objects.filter(code=codes[1]).first() if len(codes) > 1 else None


def term_on(day: date) -> Term | None:
    """The term that a civil date lies in."""
    return Term.objects.filter(starts_on__lte=day, ends_on__gt=day).first()


def school_year_on(day: date) -> SchoolYear | None:
    """The school year that a civil date lies in."""
    return SchoolYear.objects.filter(starts_on__lte=day, ends_on__gt=day).first()


def school_days(start: date, end: date) -> list[date]:
    """The days of lessons in [start, end): in a term, no holiday, no ordinary weekend."""
    terms = list(Term.objects.filter(starts_on__lt=end, ends_on__gt=start))
    return [
        day
        for day in working_days(start, end)
        if any(term.starts_on <= day < term.ends_on for term in terms)
    ]


def working_days(start: date, end: date) -> list[date]:
    """The days of [start, end) that are no holiday and no ordinary weekend, in term or not."""
    special = dict(
        CalendarDay.objects.filter(day__gte=start, day__lt=end).values_list("day", "kind")
    )
    days = [start + timedelta(days=number) for number in range((end - start).days)]
    return [
        day
        for day in days
        if special.get(day, "workday" if day.weekday() < 5 else "holiday") == "workday"
    ]


def stopped_days(start: date, end: date) -> set[date]:
    """The days of [start, end) on which duties towards pupils rest: holidays, and the vacations
    between one known term and the next.

    Weekends are not among them, nor the days after the last term that is known.
    """
    holidays = CalendarDay.objects.filter(day__gte=start, day__lt=end, kind="holiday")
    stopped = set(holidays.values_list("day", flat=True))
    terms = list(Term.objects.order_by("starts_on").values_list("starts_on", "ends_on"))
    for (_begun, ended), (next_begins, _next_ends) in pairwise(terms):
        first, last = max(ended, start), min(next_begins, end)
        stopped.update(first + timedelta(days=n) for n in range((last - first).days))
    return stopped


def help_lines(on: date) -> QuerySet[HelpLine]:
    """The help lines valid on a civil date, in their order."""
    return HelpLine.objects.on(on)
