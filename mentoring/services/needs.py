"""What an assignment has to mind: limits, conflicts, cadences."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import Invalid, Missing
from core.reasons import required
from mentoring.events import MentorChanged
from mentoring.models import (
    OPEN,
    CareCadence,
    Conflict,
    Handover,
    MentorAssignment,
    MentorLimit,
)
from mentoring.permissions import plans_in
from mentoring.rules.reasons import LONGEST, SHORTEST
from mentoring.selectors.reconcile import differing_cadences
from mentoring.services.pairing import end_pair, lapse_handovers
from schools.models import ClassMembership, Pupil, Teacher, Unit
from schools.permissions import scope_of
from schools.selectors import unit_of
from wellbeing.selectors import care_of


class LimitWrong(Invalid):
    code = "limit_invalid"
    message = _("名额应是 0 到 500 的整数，最多人数不能少于一般人数，结束日期要晚于开始日期。")


class ConflictWrong(Invalid):
    code = "conflict_invalid"
    message = _("请从列出的情形中选择。")

    def __init__(self) -> None:
        super().__init__(fields={"kind": self.message})


@transaction.atomic
def limit_mentor(
    *,
    actor: Any,
    teacher: Teacher,
    soft_cap: int,
    hard_cap: int,
    reason: str,
    starts_on: date,
    ends_on: date | None = None,
) -> MentorLimit:
    """The teacher mentors at most `hard_cap` pupils, usually `soft_cap`, in the period.

    Limits that would reach into it end on `starts_on`. The same facts again give the same row.
    Raises Missing without the right in the teacher's school, ReasonMissing, LimitWrong.
    """
    unit = unit_of(teacher, clock.today())
    if actor is not None and (unit is None or not plans_in(actor, unit)):
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    wrong_end = ends_on is not None and ends_on <= starts_on
    if not 0 <= soft_cap <= hard_cap <= 500 or wrong_end:
        raise LimitWrong
    return keep_limit(
        MentorLimit(
            teacher=teacher,
            soft_cap=soft_cap,
            hard_cap=hard_cap,
            reason=why,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        actor=actor,
        unit=unit,
    )


def keep_limit(wanted: MentorLimit, *, actor: Any, unit: Unit | None) -> MentorLimit:
    """Let `wanted` hold in place of what reaches into its period, in the caller's transaction."""
    Teacher.objects.select_for_update(of=("self",)).get(pk=wanted.teacher_id)
    standing = MentorLimit.objects.reaching(wanted.starts_on).filter(teacher=wanted.teacher_id)
    if wanted.ends_on is not None:
        standing = standing.filter(starts_on__lt=wanted.ends_on)
    for row in standing:
        if _facts_of(row) == _facts_of(wanted):
            return row  # type: ignore[no-any-return]
        row.ends_on = max(wanted.starts_on, row.starts_on)
        row.save(update_fields=["ends_on"])
    wanted.save(force_insert=True)
    audit.record(
        actor,
        "mentoring.limit",
        wanted,
        unit=unit,
        soft_cap=wanted.soft_cap,
        hard_cap=wanted.hard_cap,
    )
    return wanted


def _facts_of(row: MentorLimit) -> tuple[Any, ...]:
    return row.soft_cap, row.hard_cap, row.reason, row.starts_on, row.ends_on


@transaction.atomic
def declare_conflict(*, actor: Any, teacher: Teacher, pupil: Pupil, kind: str) -> Conflict:
    """From today the two are never mentor and pupil; a standing pair ends today.

    The teacher declares it, or who plans for the school where both are. Declaring again gives the
    same row. Raises Missing without the right or where the two are not at one school,
    ConflictWrong for an unknown kind.
    """
    today, own = clock.today(), scope_of(actor).teacher
    unit = school_of(pupil, today)
    works_here = unit is not None and unit_of(teacher, today) == unit
    if own is None or unit is None or not works_here:
        raise Missing
    if own.pk != teacher.pk and not plans_in(actor, unit):
        raise Missing
    if kind not in Conflict.Kind.values:
        raise ConflictWrong
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    same: Conflict | None = Conflict.objects.on(today).filter(teacher=teacher, pupil=pupil).first()
    if same is not None:
        return same
    row: Conflict = Conflict.objects.create(
        teacher=teacher, pupil=pupil, kind=kind, declared_by=own, starts_on=today
    )
    audit.record(actor, "mentoring.declare_conflict", row, unit=unit)
    offered = Handover.objects.filter(pupil=pupil, to_mentor=teacher, state__in=OPEN)
    lapse_handovers(offered.values_list("pair_id", flat=True))
    for pair in MentorAssignment.objects.reaching(today).filter(pupil=pupil, mentor=teacher):
        end_pair(pair, today)
        events.publish(
            MentorChanged(
                pupil_id=pupil.pk,
                unit_id=unit.pk,
                mentor_id=None,
                before_id=teacher.pk,
                since=today,
            )
        )
    return row


@transaction.atomic
def set_care_cadence(
    *, pupil_id: UUID, days: int | None, weight: int | None, needs_qualified: bool, on: date
) -> CareCadence | None:
    """From `on` the pupil is seen within `days` days and weighs `weight`; None ends a cadence.

    The cadence that stood before ends on that day; the same cadence again changes nothing.
    """
    pupil = Pupil.objects.select_for_update(of=("self",)).get(pk=pupil_id)
    standing = CareCadence.objects.reaching(on).filter(pupil=pupil)
    wanted = None if days is None or weight is None else (days, weight, needs_qualified)
    current: CareCadence | None = standing.on(on).first()
    held = (current.days, current.weight, current.needs_qualified) if current else None
    if held == wanted and standing.count() == (current is not None):
        return current
    for row in standing:
        row.ends_on = max(on, row.starts_on)
        row.save(update_fields=["ends_on"])
    if wanted is None:
        return None
    made: CareCadence = CareCadence.objects.create(
        pupil=pupil,
        days=wanted[0],
        weight=wanted[1],
        needs_qualified=needs_qualified,
        starts_on=on,
    )
    return made


@transaction.atomic
def follow_care(*, pupil_id: UUID) -> None:
    """Let the pupil's cadence be what the locked room says now, be it told late or again.

    Where the room never said anything, a cadence that stands ends today. The pupil is held before
    the room is asked: of two that follow at once the later one asks after the earlier has written.
    """
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil_id)
    now = care_of(pupil_id)
    care = now.care if now else None
    set_care_cadence(
        pupil_id=pupil_id,
        days=care.days if care else None,
        weight=care.weight if care else None,
        needs_qualified=care is not None and care.needs_qualified,
        on=now.since if now else clock.today(),
    )


def settle_cadences() -> int:
    """Let every cadence that differs follow; returns how many."""
    found = [one.thing_id for one in differing_cadences()]
    for pupil_id in found:
        follow_care(pupil_id=pupil_id)
    return len(found)


def school_of(pupil: Pupil, on: date) -> Unit | None:
    """The school in which the pupil sits on a civil date."""
    seats = ClassMembership.objects.on(on).filter(pupil=pupil)
    seat = seats.select_related("school_class__unit").first()
    return seat.school_class.unit if seat else None
