"""Help lines are opened and closed for a day; a change is a new line.

Each verb gives the line and whether anything was written. What the public has been shown is
not dated back: people open, change and close from today on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import DomainError, Invalid, Missing
from core.locks import one_at_a_time
from schools.models import HelpLine, Role
from schools.permissions import scope_of
from schools.rules.days import LAST_DAY
from schools.services.days import require_between, require_civil

KEEPERS = (Role.BUREAU_OFFICER, Role.EDITOR)


class LineStands(DomainError):
    """The number is open already, with other facts or from another day."""

    code = "help_line_stands"
    message = _(
        "号码 %(number)s 从%(day)s起已登记为“%(name)s”，没有改动。要更改内容，请在列表里点它。"
    )


def require_keeper(actor: Any) -> None:
    """Raise Missing unless the actor keeps the help lines; None is the system's operator."""
    if actor is not None and not scope_of(actor).holds(*KEEPERS):
        raise Missing


def require_day(actor: Any, field: str, day: date) -> None:
    """Raise Invalid for a day that people may not enter: past, or beyond the bureau's years."""
    require_civil(field, day)
    if actor is not None:
        require_between(field, day, clock.today(), LAST_DAY)


def says(line: HelpLine, starts_on: date, facts: Mapping[str, Any]) -> bool:
    """Whether the line shows these facts since that day."""
    return line.starts_on == starts_on and shows(line, facts)


def shows(line: HelpLine, facts: Mapping[str, Any]) -> bool:
    """Whether the line shows these facts."""
    return all(getattr(line, name) == value for name, value in facts.items())


@transaction.atomic
def open_help_line(
    *, actor: Any, number: str, name: str, starts_on: date, **facts: Any
) -> tuple[HelpLine, bool]:
    """A help line from `starts_on` on; the very same line again changes nothing.

    Raises Missing; LineStands when the number is open with other facts; Invalid when it is to be
    opened later already, and for a day that is past.
    """
    require_keeper(actor)
    one_at_a_time(f"schools.help_line:{number}")
    line: HelpLine | None = HelpLine.objects.on(starts_on).filter(number=number).first()
    if line is not None:
        if not says(line, starts_on, {"name": name, **facts}):
            day = date_format(line.starts_on)
            raise LineStands(number=line.number, day=day, name=line.name)
        return line, False
    require_day(actor, "starts_on", starts_on)
    if HelpLine.objects.reaching(starts_on).filter(number=number).exists():
        raise Invalid(fields={"number": _("这个号码已定于以后启用，请先停用那一条。")})
    return opened(actor, number=number, name=name, starts_on=starts_on, **facts), True


def opened(actor: Any, **facts: Any) -> HelpLine:
    """A new line, traced."""
    line: HelpLine = HelpLine.objects.create(**facts)
    audit.record(actor, "help_line.opened", line)
    return line


@transaction.atomic
def replace_help_line(
    *, actor: Any, line: HelpLine, starts_on: date, **facts: Any
) -> tuple[HelpLine, bool]:
    """From `starts_on` to its planned end the number shows other facts; the former ones stay on
    record. The same facts again change nothing.

    Raises Missing, and Invalid for a day that is past or on which the line is not shown.
    """
    require_keeper(actor)
    held: HelpLine = HelpLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    follows = HelpLine.objects.reaching(starts_on).filter(number=held.number, starts_on=starts_on)
    next_one: HelpLine | None = follows.exclude(pk=held.pk).first()
    if held.ends_on == starts_on and next_one is not None and shows(next_one, facts):
        return next_one, False
    require_day(actor, "starts_on", starts_on)
    over = held.ends_on is not None and held.ends_on <= starts_on
    if over or starts_on < held.starts_on:
        raise Invalid(fields={"starts_on": _("这条热线那天不显示，请填写它显示期间的日期。")})
    if shows(held, facts):
        return held, False
    planned_end = held.ends_on
    close_held(actor, held, starts_on)
    facts["ends_on"] = planned_end
    return opened(actor, number=held.number, starts_on=starts_on, **facts), True


@transaction.atomic
def close_help_line(*, actor: Any, line: HelpLine, ends_on: date) -> tuple[HelpLine, bool]:
    """The help line is not shown from `ends_on` on; repeating changes nothing.

    Raises Missing, and Invalid for a day that is past, before its first or after its end.
    """
    require_keeper(actor)
    held: HelpLine = HelpLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if held.ends_on == ends_on:
        return held, False
    require_day(actor, "ends_on", ends_on)
    late = held.ends_on is not None and held.ends_on < ends_on
    if late or ends_on < held.starts_on:
        raise Invalid(fields={"ends_on": _("停用日期要在启用之后，已停用的不能再推后。")})
    close_held(actor, held, ends_on)
    return held, True


def close_held(actor: Any, held: HelpLine, ends_on: date) -> None:
    """Give a locked line its end, traced."""
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    audit.record(actor, "help_line.closed", held, day=ends_on.isoformat())
