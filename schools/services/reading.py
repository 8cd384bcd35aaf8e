"""Looks that leave a trace: staff reading the records of other people."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from core import audit, clock
from core.models import AuditEvent
from core.throttle import Throttled
from schools.models import RosterImport, Teacher, Unit
from schools.permissions import scope_of
from schools.selectors.imports import error_workbook, get_import_for
from schools.selectors.people import people_for
from schools.selectors.register import place_of
from schools.selectors.staff import get_teacher_for, staff_of

REVEALS_A_DAY = 100
REVEALS = ("teacher.phone", "pupil.phone", "pupil.number")
ONE_LOOK = timedelta(minutes=10)
"""Turning the pages of one import is one look."""


def open_teacher(*, actor: Any, teacher_id: UUID) -> Teacher:
    """The record of a person; another person's leaves an audit row. Raises Missing."""
    teacher = get_teacher_for(actor, teacher_id)
    if not is_own(actor, teacher):
        trace(actor, "teacher.view", teacher)
    return teacher


def open_staff(*, actor: Any, unit: Unit, query: str = "") -> QuerySet[Teacher]:
    """The people of a unit (see `selectors.staff.staff_of`); the look is traced."""
    found = staff_of(actor, unit, query)
    audit.record(
        actor,
        "teacher.list",
        unit,
        unit_path=unit.path,
        basis="post",
        rows=found.count(),
        searched=bool(query),
    )
    return found


def open_people(*, actor: Any, query: str = "", without_account: bool = False) -> QuerySet[Teacher]:
    """People of all units in reach (see `selectors.people.people_for`); the look is traced."""
    found = people_for(actor, query, without_account=without_account)
    audit.record(actor, "teacher.list", basis="post", rows=found.count(), searched=bool(query))
    return found


@transaction.atomic
def reveal_phone(*, actor: Any, teacher_id: UUID) -> Teacher:
    """A person whose whole phone number is to be shown; each look at another's is traced.

    Raises Missing, and Throttled beyond 100 numbers in 24 hours.
    """
    teacher = get_teacher_for(actor, teacher_id)
    if not is_own(actor, teacher):
        require_few_reveals(actor)
        trace(actor, "teacher.phone", teacher)
    return teacher


def require_few_reveals(actor: Any) -> None:
    """Raise Throttled when the trace shows 100 numbers revealed in the last 24 hours.

    The person's own record is held meanwhile, so that two requests count one after the other.
    """
    own = scope_of(actor).teacher
    if own is not None:
        Teacher.objects.select_for_update(of=("self",)).get(pk=own.pk)
    day = timedelta(days=1)
    looks = AuditEvent.objects.filter(actor_id=actor.pk, verb__in=REVEALS, at__gt=clock.now() - day)
    times = list(looks.order_by("-at").values_list("at", flat=True)[:REVEALS_A_DAY])
    if len(times) == REVEALS_A_DAY:
        raise Throttled(math.ceil((times[-1] + day - clock.now()).total_seconds()))


def open_import(*, actor: Any, roster_id: UUID) -> RosterImport:
    """An import; a look at its rows is traced once per person in ten minutes. Raises Missing.

    While it is read or written only its progress is shown, which is no look at anybody.
    """
    roster = get_import_for(actor, roster_id)
    if roster.row_count and not roster.is_running and not looked_lately(actor, roster):
        audit.record(
            actor,
            "roster.view",
            roster,
            unit_path=roster.unit.path,
            basis="post",
            rows=roster.row_count,
        )
    return roster


def looked_lately(actor: Any, roster: RosterImport) -> bool:
    """Whether the trace shows a look of this person at this import in the last ten minutes."""
    looks = AuditEvent.objects.filter(
        actor_id=actor.pk, verb="roster.view", at__gt=clock.now() - ONE_LOOK
    )
    return looks.filter(thing_id=str(roster.pk)).exists()


def download_errors(*, actor: Any, roster_id: UUID) -> bytes:
    """The rejected rows as a workbook to mend; the download is traced. Raises Missing."""
    roster = get_import_for(actor, roster_id)
    audit.record(
        actor,
        "roster.download",
        roster,
        unit_path=roster.unit.path,
        basis="post",
        rows=roster.rejected_count,
    )
    return error_workbook(roster)


def is_own(actor: Any, teacher: Teacher) -> bool:
    """Whether the record is the actor's own."""
    own = scope_of(actor).teacher
    return own is not None and own.pk == teacher.pk


def trace(actor: Any, verb: str, teacher: Teacher) -> None:
    """Leave the trace of a look at a person, under the unit where the person works."""
    unit = place_of(teacher)
    audit.record(actor, verb, teacher, unit_path=unit.path if unit else "", basis="post")
