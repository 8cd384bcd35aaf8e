"""One pupil gets another mentor by hand, with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certification.selectors import qualified_mentors
from core import audit, clock, events
from core.errors import DomainError, Missing
from core.reasons import required
from mentoring.events import MentorChanged
from mentoring.models import Conflict, MentorAssignment
from mentoring.permissions import publishes_in
from mentoring.rules.reasons import LONGEST, SHORTEST
from mentoring.selectors.instances import in_need_of_qualified
from mentoring.services.needs import school_of
from schools.models import Pupil, Teacher
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


@transaction.atomic
def assign_by_hand(*, actor: Any, pupil: Pupil, mentor: Teacher, reason: str) -> MentorAssignment:
    """From today `mentor` is the pupil's mentor; the one before ends today.

    The mentor whom the pupil has already is left as it is. Raises Missing without the right over
    the pupil's school, ReasonMissing, ConflictStands, NotQualified, WorksElsewhere.
    """
    today = clock.today()
    unit = school_of(pupil, today)
    if unit is None or not publishes_in(actor, unit):
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    standing: MentorAssignment | None = (
        MentorAssignment.objects.on(today).filter(pupil=pupil).first()
    )
    if standing is not None and standing.mentor_id == mentor.pk:
        return standing
    if unit_of(mentor, today) != unit:
        raise WorksElsewhere
    if Conflict.objects.on(today).filter(teacher=mentor, pupil=pupil).exists():
        raise ConflictStands
    if in_need_of_qualified([pupil.pk], today) and mentor.pk not in qualified_mentors(today):
        raise NotQualified
    for pair in MentorAssignment.objects.reaching(today).filter(pupil=pupil):
        pair.ends_on = max(today, pair.starts_on)
        pair.save(update_fields=["ends_on"])
    made: MentorAssignment = MentorAssignment.objects.create(
        pupil=pupil, mentor=mentor, unit=unit, reason=why, starts_on=today
    )
    audit.record(actor, "mentoring.assign_by_hand", made, unit=unit)
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


@transaction.atomic
def follow_pupil(*, pupil_id: UUID, since: date) -> None:
    """Pairs end where the pupil sits no more: from `since` at another school, or at none.

    A change of class within the school leaves the mentor. Doing it again changes nothing.
    """
    pupil = Pupil.objects.select_for_update(of=("self",)).get(pk=pupil_id)
    unit = school_of(pupil, since)
    pairs = MentorAssignment.objects.reaching(since).filter(pupil=pupil)
    for pair in pairs.exclude(unit=unit) if unit else pairs:
        pair.ends_on = max(since, pair.starts_on)
        pair.save(update_fields=["ends_on"])
        events.publish(
            MentorChanged(
                pupil_id=pupil.pk,
                unit_id=pair.unit_id,
                mentor_id=None,
                before_id=pair.mentor_id,
                since=since,
            )
        )
