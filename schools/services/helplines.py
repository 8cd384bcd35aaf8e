"""Help lines are opened and closed for a day; a change is a new line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.errors import Invalid, Missing
from schools.models import HelpLine, Role
from schools.permissions import scope_of

KEEPERS = (Role.BUREAU_OFFICER, Role.EDITOR)


def require_keeper(actor: Any) -> None:
    """Raise Missing unless the actor keeps the help lines; None is the system's operator."""
    if actor is not None and not scope_of(actor).holds(*KEEPERS):
        raise Missing


@transaction.atomic
def open_help_line(
    *, actor: Any, number: str, name: str, starts_on: date, **facts: Any
) -> HelpLine:
    """A help line from `starts_on` on; a number that is open already stays as it is.

    Raises Missing, and Invalid when the number is to be opened later already.
    """
    require_keeper(actor)
    line: HelpLine | None = HelpLine.objects.on(starts_on).filter(number=number).first()
    if line is not None:
        return line
    if HelpLine.objects.reaching(starts_on).filter(number=number).exists():
        raise Invalid(fields={"number": _("这个号码已定于以后启用，请先停用那一条。")})
    line = HelpLine.objects.create(number=number, name=name, starts_on=starts_on, **facts)
    audit.record(actor, "help_line.opened", line)
    return line


@transaction.atomic
def replace_help_line(*, actor: Any, line: HelpLine, starts_on: date, **facts: Any) -> HelpLine:
    """From `starts_on` on the number shows other facts; what was shown before stays on record.

    Raises Missing, and Invalid for a line that is not shown on that day.
    """
    close_help_line(actor=actor, line=line, ends_on=starts_on)
    return open_help_line(actor=actor, number=line.number, starts_on=starts_on, **facts)


@transaction.atomic
def close_help_line(*, actor: Any, line: HelpLine, ends_on: date) -> HelpLine:
    """The help line is not shown from `ends_on` on; repeating is harmless.

    Raises Missing, and Invalid for a day before its first or after its end.
    """
    require_keeper(actor)
    held: HelpLine = HelpLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if held.ends_on == ends_on:
        return held
    late = held.ends_on is not None and held.ends_on < ends_on
    if late or ends_on < held.starts_on:
        raise Invalid(fields={"ends_on": _("停用日期要在启用之后，已停用的不能再推后。")})
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    audit.record(actor, "help_line.closed", held, day=ends_on.isoformat())
    return held
