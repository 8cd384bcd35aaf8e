"""Single entries of the register: units, calendar, help lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import DomainError, Missing
from schools.models import (
    CalendarDay,
    HelpLine,
    SchoolYear,
    Term,
    Unit,
    UnitKind,
)
from schools.permissions import SCHOOL_KEEPERS, scope_of
from schools.rules.roster import clean_code

PARENT_KIND = {UnitKind.COUNTY: UnitKind.BUREAU, UnitKind.SCHOOL: UnitKind.COUNTY}


class WrongParent(DomainError):
    """Counties belong to the bureau, schools to a county."""

    code = "wrong_parent"
    status = 422
    message = _("上级单位不对：县区属于市教育局，学校属于县区。")


def require_bureau(actor: Any, unit: Unit) -> None:
    """Raise Missing unless the actor keeps schools here; None is the system's operator."""
    if actor is not None and not scope_of(actor).covers(unit.path, *SCHOOL_KEEPERS):
        raise Missing


@transaction.atomic
def add_unit(
    *, actor: Any, kind: str, code: str, name: str, parent: Unit | None = None, stage: str = ""
) -> Unit:
    """The bureau, a county or a school; an existing code gives the unit that has it.

    Raises Missing when the actor does not keep the parent, WrongParent across levels.
    """
    code = clean_code(code)
    above = PARENT_KIND.get(UnitKind(kind))
    if (parent.kind if parent else None) != above:
        raise WrongParent
    if parent is not None:
        require_bureau(actor, parent)
    path = f"{parent.path if parent else '/'}{code}/"
    values = {"kind": kind, "name": name, "parent": parent, "path": path, "stage": stage}
    unit, created = Unit.objects.get_or_create(code=code, defaults=values)
    if created:
        audit.record(actor, "unit.added", unit, unit_path=unit.path)
    return unit


@transaction.atomic
def add_school_year(*, actor: Any, name: str, starts_on: date, ends_on: date) -> SchoolYear:
    """A school year [starts_on, ends_on); the same name gives the same year."""
    year, created = SchoolYear.objects.get_or_create(
        name=name, defaults={"starts_on": starts_on, "ends_on": ends_on}
    )
    if created:
        audit.record(actor, "school_year.added", year)
    return year


@transaction.atomic
def add_term(
    *, actor: Any, school_year: SchoolYear, code: str, name: str, starts_on: date, ends_on: date
) -> Term:
    """A term [starts_on, ends_on); the same code gives the same term."""
    term, created = Term.objects.get_or_create(
        code=code,
        defaults={
            "school_year": school_year,
            "name": name,
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
    )
    if created:
        audit.record(actor, "term.added", term)
    return term


@transaction.atomic
def mark_day(*, actor: Any, day: date, kind: str, name: str = "") -> CalendarDay:
    """Mark a day as holiday or as working day, replacing an earlier mark."""
    marked, _created = CalendarDay.objects.update_or_create(
        day=day, defaults={"kind": kind, "name": name}
    )
    audit.record(actor, "calendar.marked", marked, day=day.isoformat(), kind=kind)
    return marked


@transaction.atomic
def open_help_line(
    *, actor: Any, number: str, name: str, starts_on: date, **facts: Any
) -> HelpLine:
    """A help line from `starts_on` on; a number that is open already stays as it is."""
    line = HelpLine.objects.on(starts_on).filter(number=number).first()
    if line is None:
        line = HelpLine.objects.create(number=number, name=name, starts_on=starts_on, **facts)
        audit.record(actor, "help_line.opened", line)
    return line


@transaction.atomic
def close_help_line(*, actor: Any, line: HelpLine, ends_on: date) -> HelpLine:
    """The help line is not shown from `ends_on` on."""
    line.ends_on = ends_on
    line.save(update_fields=["ends_on"])
    audit.record(actor, "help_line.closed", line, day=ends_on.isoformat())
    return line
