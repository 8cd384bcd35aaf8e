"""The calendar and the help lines as their keepers look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from core import clock
from core.errors import Missing
from schools.models import CalendarDay, HelpLine, Role, SchoolYear, Term
from schools.permissions import scope_of


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row with one mark."""

    first_on: date
    last_on: date
    kind: str
    kind_name: str
    name: str

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_on - self.first_on).days + 1


def school_years() -> QuerySet[SchoolYear]:
    """All school years with their terms, the latest first."""
    terms = Prefetch("terms", Term.objects.order_by("starts_on"))
    return SchoolYear.objects.prefetch_related(terms).order_by("-starts_on")


def marked_days(year: int) -> list[Stretch]:
    """The marked days of a calendar year, days in a row together."""
    found: list[Stretch] = []
    for row in CalendarDay.objects.filter(day__year=year).order_by("day"):
        before = found[-1] if found else None
        same = before is not None and (before.kind, before.name) == (row.kind, row.name)
        first = row.day
        if before is not None and same and (row.day - before.last_on).days == 1:
            first = before.first_on
            found.pop()
        found.append(Stretch(first, row.day, row.kind, row.get_kind_display(), row.name))
    return found


def marked_between(viewer: Any, *, first_on: date, last_on: date) -> QuerySet[CalendarDay]:
    """The marked days from one day to another, for who keeps the calendar. Raises Missing."""
    if not keeps_calendar(viewer):
        raise Missing
    return CalendarDay.objects.filter(day__range=(first_on, last_on)).order_by("day")


def period_for(viewer: Any, kind: str, key: UUID) -> SchoolYear | Term:
    """A school year (`year`) or term (`term`) for who keeps the calendar. Raises Missing."""
    model = {"year": SchoolYear, "term": Term}.get(kind)
    found = None
    if model is not None and keeps_calendar(viewer):
        found = model._default_manager.filter(pk=key).first()
    if not isinstance(found, SchoolYear | Term):
        raise Missing
    return found


def keeps_calendar(viewer: Any) -> bool:
    """Whether the viewer keeps the calendar."""
    return scope_of(viewer).holds(Role.BUREAU_OFFICER)


def all_help_lines() -> QuerySet[HelpLine]:
    """Every help line that is shown or will be, then those that are over."""
    return HelpLine.objects.order_by("position", "number", "-starts_on")


def help_line_for(viewer: Any, key: UUID) -> HelpLine:
    """A help line for who keeps them. Raises Missing."""
    line: HelpLine | None = HelpLine.objects.filter(pk=key).first()
    if line is None or not keeps_help_lines(viewer):
        raise Missing
    return line


def keeps_help_lines(viewer: Any) -> bool:
    """Whether the viewer keeps the help lines."""
    return scope_of(viewer).holds(Role.BUREAU_OFFICER, Role.EDITOR)


def help_lines_by_state() -> dict[str, list[HelpLine]]:
    """Help lines now shown, still to come, and over."""
    today, states = clock.today(), {"open": [], "coming": [], "over": []}  # type: ignore[var-annotated]
    for line in all_help_lines():
        over = line.ends_on is not None and line.ends_on <= max(today, line.starts_on)
        state = "over" if over else "open" if line.starts_on <= today else "coming"
        states[state].append(line)
    return states
