"""Pupils sit in classes, each seat for a dated period; what has ended stays as it is on record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import DomainError, Invalid, Missing
from schools.events import PupilMoved
from schools.models import (
    ClassMembership,
    ClassTeacher,
    Pupil,
    SchoolClass,
    TeachingAssignment,
    Unit,
)
from schools.permissions import can_view_pupil, keeps_pupils
from schools.rules.days import may_be_mistaken, span_of_a_change
from schools.selectors.chunks import chunks
from schools.selectors.classes import finished_on
from schools.selectors.pupils import school_of
from schools.services.classes import (
    end_rows,
    require_keeper,
    require_running,
    turning_days,
)
from schools.services.days import require_between
from schools.services.holding import hold_schools

End = ClassMembership.End
LEAVING = (End.MOVED_SCHOOL, End.GRADUATED, End.LEFT, End.MISTAKE)
"""Why somebody may leave school; a change of class is another verb."""


class SitsSince(DomainError):
    """The pupil sits in that class already, since another day."""

    code = "sits_since"
    message = _("%(name)s从%(day)s起就在%(school_class)s，没有改动。")


class LeftBefore(DomainError):
    """The pupil left before, on another day or for another reason."""

    code = "pupil_left"
    message = _("%(name)s已从%(day)s起离校（%(reason)s），没有改动。")


class NoMistake(DomainError):
    """What has stood so long is no mistake of the register any more."""

    code = "no_mistake"
    message = _(
        "%(name)s在%(school_class)s的记录已超过 30 天，联系、考勤等记录依据它，不能按“登记有误”"
        "整段取消。请改选“转学”或“离校”，并填写实际离开的日期。"
    )


@dataclass(frozen=True, slots=True)
class MovedUp:
    """What a new school year ended: classes that had gone through all grades, and their pupils."""

    classes: int
    pupils: int


def require_pupil_keeper(actor: Any, units: Collection[Unit]) -> None:
    """Raise Missing unless the actor keeps the pupils of all schools; None is the operator."""
    if not all(unit.is_school and (actor is None or keeps_pupils(actor, unit)) for unit in units):
        raise Missing


@transaction.atomic
def place_pupil(
    *, actor: Any, pupil: Pupil, school_class: SchoolClass, on: date | None = None
) -> tuple[ClassMembership, bool]:
    """From `on` (today) the pupil sits in this class, and whether that is new.

    The class before ends that day, one planned for later is called off; who had left comes back.
    Raises Missing unless the actor keeps the pupils of both schools, ClassOver, SitsSince for
    another day than the one on record, Invalid for a day before the present seat began or more
    than a year away.
    """
    before = school_of(pupil)
    require_reach(actor, pupil, [before, school_class.unit])
    day, today = on or clock.today(), clock.today()
    hold_schools([before, school_class.unit])
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    require_running(school_class, day)
    seats = ClassMembership.objects.filter(pupil=pupil)
    open_seats = list(seats.reaching(max(day, today)).select_related("school_class__unit"))
    running = next((seat for seat in open_seats if seat.starts_on <= day), None)
    if running is not None and running.school_class_id == school_class.pk:
        if on is not None and on != running.starts_on:
            values = {"name": pupil.name, "school_class": str(school_class)}
            raise SitsSince(day=date_format(running.starts_on), **values)
        return running, False
    require_between("on", day, *span_of_a_change(today, turning_days(seats, today)))
    same = before.pk == school_class.unit_id
    end_seats(open_seats, day, End.MOVED_CLASS if same else End.MOVED_SCHOOL)
    seat: ClassMembership = ClassMembership.objects.create(
        pupil=pupil, school_class=school_class, starts_on=day
    )
    verb = "pupil.placed" if open_seats else "pupil.returned"
    unit = school_class.unit
    audit.record(actor, verb, pupil, unit_path=unit.path, day=day, school_class=school_class.pk)
    events.publish(PupilMoved(pupil.pk, school_class.pk, unit.pk, day))
    return seat, True


def require_reach(actor: Any, pupil: Pupil, units: Collection[Unit]) -> None:
    """Raise Missing unless the actor sees the pupil and keeps the pupils of these schools."""
    if actor is not None and not can_view_pupil(actor, pupil):
        raise Missing
    require_pupil_keeper(actor, units)


def end_seats(seats: Sequence[ClassMembership], day: date, reason: str) -> None:
    """End what runs on `day`, call off what was to begin later, with the reason."""
    for seat in seats:
        seat.ends_on, seat.end_reason = max(day, seat.starts_on), reason
    ClassMembership.objects.bulk_update(seats, ["ends_on", "end_reason"], batch_size=500)


@transaction.atomic
def leave_school(*, actor: Any, pupil: Pupil, reason: str, on: date | None = None) -> bool:
    """From `on` (today) the pupil sits in no class; whether that is new.

    A seat that was a mistake counts for no day: it ends when it began. Raises Missing unless the
    actor keeps the school's pupils, LeftBefore for other facts than those on record, NoMistake for
    a seat of more than thirty days, Invalid for another reason or a day out of bounds.
    """
    unit = school_of(pupil)
    require_reach(actor, pupil, [unit])
    if reason not in LEAVING:
        raise Invalid(fields={"reason": _("请从列出的原因中选择。")})
    day, today = on or clock.today(), clock.today()
    hold_schools([unit])
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    seats = ClassMembership.objects.filter(pupil=pupil)
    open_seats = list(seats.reaching(max(day, today)).select_related("school_class"))
    if not open_seats:
        require_left_so(pupil, seats.latest("starts_on", "created_at"), reason, on)
        return False
    if reason == End.MISTAKE:
        require_mistakable(pupil, open_seats, today)
        day = min(seat.starts_on for seat in open_seats)
    else:
        require_between("on", day, *span_of_a_change(today, turning_days(seats, today)))
    end_seats(open_seats, day, reason)
    audit.record(actor, "pupil.left", pupil, unit_path=unit.path, day=day, reason=reason)
    events.publish(PupilMoved(pupil.pk, None, None, day))
    return True


def require_mistakable(pupil: Pupil, seats: Sequence[ClassMembership], today: date) -> None:
    """Raise NoMistake where one of these seats has stood too long to be taken back whole."""
    for seat in seats:
        if not may_be_mistaken(seat.starts_on, clock.civil_date(seat.created_at), today):
            raise NoMistake(name=pupil.name, school_class=str(seat.school_class))


def require_left_so(pupil: Pupil, last: ClassMembership, reason: str, on: date | None) -> None:
    """Raise LeftBefore when the last seat ended otherwise than said now."""
    if last.end_reason == reason and (reason == End.MISTAKE or on in (None, last.ends_on)):
        return
    day = date_format(last.ends_on) if last.ends_on else ""
    raise LeftBefore(name=pupil.name, day=day, reason=last.get_end_reason_display())


@transaction.atomic
def move_up(*, actor: Any, unit: Unit) -> MovedUp:
    """End the classes of a school that have gone through all its grades by today.

    Every other class has its grade of the new school year without anybody's doing. Their pupils
    graduate, their class teachers and lessons end, on the first day of the school year after their
    last one. Repeating is harmless. Raises Missing unless the actor keeps the school's pupils.
    """
    require_pupil_keeper(actor, [unit])
    require_keeper(actor, unit)
    hold_schools([unit])
    pupils: set[UUID] = set()
    closed: set[UUID] = set()
    for day, classes in finished_classes(unit, clock.today()).items():
        seats = graduate(classes, day)
        pupils |= {seat.pupil_id for seat in seats}
        closed |= {seat.school_class_id for seat in seats} | close(actor, classes, day)
    if closed:
        audit.record(
            actor,
            "class.moved_up",
            unit,
            unit_path=unit.path,
            classes=len(closed),
            pupils=len(pupils),
        )
    return MovedUp(classes=len(closed), pupils=len(pupils))


def finished_classes(unit: Unit, today: date) -> dict[date, list[UUID]]:
    """The classes of a school that have finished by today, by the day on which they did."""
    found: dict[date, list[UUID]] = {}
    for item in SchoolClass.objects.filter(unit=unit).select_related("unit").order_by("pk"):
        day = finished_on(item)
        if day <= today:
            found.setdefault(day, []).append(item.pk)
    return found


def graduate(classes: Sequence[UUID], day: date) -> list[ClassMembership]:
    """End on `day` the seats of these classes that are still taken; returns them."""
    seats: list[ClassMembership] = []
    for part in chunks(classes):
        rows = ClassMembership.objects.reaching(clock.today()).filter(school_class__in=part)
        seats += rows.order_by("pk").select_for_update(of=("self",))
    end_seats(seats, day, End.GRADUATED)
    events.publish_all(
        PupilMoved(seat.pupil_id, None, None, seat.ends_on) for seat in seats if seat.ends_on
    )
    return seats


def close(actor: Any, classes: Sequence[UUID], day: date) -> set[UUID]:
    """End on `day` who still leads or teaches these classes; returns the classes that had any."""
    closed: set[UUID] = set()
    for model in (ClassTeacher, TeachingAssignment):
        rows = model._default_manager.reaching(clock.today())
        chosen = list(rows.filter(school_class__in=classes).select_related("school_class__unit"))
        closed |= {row.school_class_id for row in chosen}
        end_rows(actor, chosen, day)
    return closed
