"""Judging learners anew after their course changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from courses.models import Course, Enrolment, EnrolmentState
from courses.selectors.progress import explain
from courses.services.completing import judge, lock_enrolment


def reassess_course(*, actor: Any, course: Course, lesson_id: UUID | None = None) -> int:
    """Complete whoever now meets the rule; nobody's percentage falls. Returns how many completed.

    With a withdrawn lesson, everybody keeps at least the percentage from before. Harmless to
    repeat.
    """
    under_way = Enrolment.objects.filter(
        run__course=course, state=EnrolmentState.ENROLLED
    ).order_by("pk")
    return sum(
        _reassess(actor, enrolment, lesson_id) for enrolment in under_way.iterator(chunk_size=500)
    )


@transaction.atomic
def _reassess(actor: Any, enrolment: Enrolment, lesson_id: UUID | None) -> bool:
    enrolment = lock_enrolment(enrolment)
    if enrolment.state != EnrolmentState.ENROLLED:
        return False
    if lesson_id is not None:
        _rule, before = explain(enrolment, as_if_offered=frozenset({lesson_id}))
        floor = min(99, max(enrolment.percent_floor, before.percent))
        if floor > enrolment.percent_floor:
            enrolment.percent_floor = floor
            enrolment.save(update_fields=["percent_floor"])
    return judge(actor=actor, enrolment=enrolment) is not None
