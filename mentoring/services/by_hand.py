"""One pupil gets another mentor by hand, with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from core import audit, clock, events
from core.errors import Missing
from core.reasons import required
from mentoring.events import MentorChanged
from mentoring.models import MentorAssignment
from mentoring.permissions import publishes_in
from mentoring.rules.reasons import LONGEST, SHORTEST
from mentoring.services.needs import school_of
from mentoring.services.pairing import end_pair, exchange, refuse_unfit
from schools.models import Pupil, Teacher


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
    refuse_unfit(pupil, mentor, unit, today)
    made = exchange(pupil=pupil, mentor=mentor, unit=unit, reason=why, today=today)
    audit.record(actor, "mentoring.assign_by_hand", made, unit=unit)
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
        end_pair(pair, since)
        events.publish(
            MentorChanged(
                pupil_id=pupil.pk,
                unit_id=pair.unit_id,
                mentor_id=None,
                before_id=pair.mentor_id,
                since=since,
            )
        )
