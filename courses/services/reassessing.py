"""Judging learners anew after their course changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.models import Course, Enrolment, EnrolmentState
from courses.services.completing import judge, lock_enrolment

REPORT_EVERY = 20


def reassess_course(
    *,
    actor: Any,
    course: Course,
    report: Callable[[int, int], object] | None = None,
) -> int:
    """Complete whoever now meets the rule. Returns how many completed.

    Harmless to repeat. `report` is told every few learners how many of how many are judged, so
    that a course of any size may take its time; what it raises ends the work, and each judged
    learner stays so.
    """
    under_way = Enrolment.objects.filter(run__course=course, state=EnrolmentState.ENROLLED)
    learners = list(under_way.order_by("pk").values_list("pk", flat=True))
    completed = 0
    for number, enrolment_id in enumerate(learners):
        if report is not None and number % REPORT_EVERY == 0:
            report(number, len(learners))
        completed += _reassess(actor, enrolment_id)
    if report is not None:
        report(len(learners), len(learners))
    return completed


@transaction.atomic
def _reassess(actor: Any, enrolment_id: UUID) -> bool:
    enrolment = lock_enrolment(enrolment_id)
    if enrolment.state != EnrolmentState.ENROLLED:
        return False
    return judge(actor=actor, enrolment=enrolment) is not None
