"""How a pair ends and the next begins, within the transaction of whoever decides it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from certification.selectors import qualified_mentors
from core import clock, events
from core.errors import DomainError
from mentoring.events import MentorChanged
from mentoring.models import OPEN, Conflict, Handover, HandoverState, MentorAssignment
from mentoring.selectors.instances import in_need_of_qualified
from schools.models import Pupil, Teacher, Unit
from schools.selectors import unit_of


class ConflictStands(DomainError):
    """The two must never be mentor and pupil."""

    code = "conflict"
    message = _("这位教师与这名学生已登记回避，不能结对。")


class NotQualified(DomainError):
    """This pupil needs a mentor with a qualification."""

    code = "not_qualified"
    message = _("这名学生须由有资质的导师负责，请另选一位导师。")


class WorksElsewhere(DomainError):
    """The teacher is not employed by the pupil's school today."""

    code = "works_elsewhere"
    message = _("这位教师今天不在这所学校任职，不能担任导师。")


def refuse_unfit(pupil: Pupil, mentor: Teacher, unit: Unit, today: date) -> None:
    """Raises WorksElsewhere, ConflictStands, NotQualified when the two cannot be a pair today."""
    if unit_of(mentor, today) != unit:
        raise WorksElsewhere
    if Conflict.objects.on(today).filter(teacher=mentor, pupil=pupil).exists():
        raise ConflictStands
    if in_need_of_qualified([pupil.pk], today) and mentor.pk not in qualified_mentors(today):
        raise NotQualified


def end_pair(pair: MentorAssignment, since: date) -> None:
    """The pair ends before `since`, and so does what was to hand it over."""
    pair.ends_on = max(since, pair.starts_on)
    pair.save(update_fields=["ends_on"])
    lapse_handovers([pair.pk])


def lapse_handovers(pairs: Iterable[UUID]) -> None:
    """Open handovers of pairs that ended in another way have nothing left to hand over."""
    standing = Handover.objects.filter(pair__in=list(pairs), state__in=OPEN)
    standing.update(state=HandoverState.LAPSED, closed_at=clock.now())


def exchange(
    *, pupil: Pupil, mentor: Teacher, unit: Unit, reason: str, today: date
) -> MentorAssignment:
    """From today `mentor` is the pupil's mentor; whoever was or was to be ends today.

    The caller holds the pupil's row. Announces MentorChanged.
    """
    standing = MentorAssignment.objects.on(today).filter(pupil=pupil).first()
    for pair in MentorAssignment.objects.reaching(today).filter(pupil=pupil):
        end_pair(pair, today)
    made: MentorAssignment = MentorAssignment.objects.create(
        pupil=pupil, mentor=mentor, unit=unit, reason=reason, starts_on=today
    )
    events.publish(
        MentorChanged(
            pupil_id=pupil.pk,
            unit_id=unit.pk,
            mentor_id=mentor.pk,
            before_id=standing.mentor_id if standing else None,
            since=today,
        )
    )
    return made
