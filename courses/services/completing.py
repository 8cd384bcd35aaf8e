"""From evidence to a completed lesson, from completed lessons to a completed course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from accounts.services import notify
from core import audit, clock
from core.events import publish
from courses.events import CourseCompleted
from courses.models import (
    CompletionRule,
    CourseCompletion,
    Enrolment,
    EnrolmentState,
    Evidence,
    Lesson,
    LessonCompletion,
)
from courses.permissions import LEARNING_STATES
from courses.rules.completion import completion_digest, digest
from courses.rules.watching import POLICY_VERSION
from courses.selectors.progress import explain
from courses.services.enrolling import note
from schools.models import Unit
from schools.selectors import unit_of


def lock_enrolment(enrolment_id: UUID) -> Enrolment:
    """The enrolment under its row lock, with run, course and rule."""
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("run__course__category", "teacher", "rule").get(pk=enrolment_id)


def complete_lesson(
    *,
    actor: Any,
    enrolment: Enrolment,
    lesson: Lesson,
    evidence: Evidence,
    facts: Mapping[str, Any],
) -> bool:
    """Record the first completion of a lesson and judge the course; True when it is recorded now.

    Runs inside the caller's transaction. An enrolment that has ended records nothing more.
    """
    enrolment = lock_enrolment(enrolment.pk)
    if enrolment.state not in LEARNING_STATES:
        return False
    now = clock.now()
    try:
        with transaction.atomic():
            LessonCompletion.objects.create(
                enrolment=enrolment,
                lesson=lesson,
                evidence=evidence,
                evidence_digest=digest(facts),
                policy_version=POLICY_VERSION,
                completed_at=now,
                completed_on=clock.civil_date(now),
            )
    except IntegrityError:
        return False
    judge(actor=actor, enrolment=enrolment)
    return True


def judge(*, actor: Any, enrolment: Enrolment) -> CourseCompletion | None:
    """Complete the course where its rule is met; expects the enrolment's row lock. Once for
    ever.
    """
    if enrolment.state != EnrolmentState.ENROLLED:
        return None
    rule, verdict = explain(enrolment)
    if not verdict.met:
        return None
    completion = _complete(enrolment, rule)
    enrolment.state = EnrolmentState.COMPLETED
    enrolment.save(update_fields=["state"])
    note(actor, enrolment)
    audit.record(actor, "courses.complete", completion, enrolment=str(enrolment.pk))
    publish(
        CourseCompleted(
            completion_id=completion.pk,
            enrolment_id=enrolment.pk,
            teacher_id=enrolment.teacher_id,
            run_id=enrolment.run_id,
            completed_on=completion.completed_on,
        )
    )
    _tell(enrolment, completion)
    return completion


def _complete(enrolment: Enrolment, rule: CompletionRule) -> CourseCompletion:
    now = clock.now()
    day = clock.civil_date(now)
    course = enrolment.run.course
    unit: Unit | None = unit_of(enrolment.teacher, day)
    done = LessonCompletion.objects.filter(enrolment=enrolment)
    evidence = dict(done.values_list("lesson_id", "evidence_digest"))
    return CourseCompletion.objects.create(
        enrolment=enrolment,
        category=course.category,
        completed_at=now,
        completed_on=day,
        credit_hours=course.credit_hours,
        rule_version=rule.version,
        evidence_digest=completion_digest(evidence, rule.data),
        lessons=sorted(map(str, evidence)),
        teacher_name=enrolment.teacher.name,
        unit=unit,
        unit_name=unit.name if unit else "",
        unit_path=unit.path if unit else "",
        course_code=course.code,
        course_title=course.title,
        run_code=enrolment.run.code,
        category_code=course.category.code,
        category_name=course.category.name,
    )


def _tell(enrolment: Enrolment, completion: CourseCompletion) -> None:
    user = enrolment.teacher.user
    if user is None:
        return
    notify(
        user=user,
        kind="course_completed",
        text=gettext_noop("您已完成课程《%(course)s》，计 %(hours)s 学时。"),
        values={
            "course": completion.course_title,
            "hours": f"{completion.credit_hours.normalize():f}",
        },
        url=f"/learn/{completion.run_code}/",
    )
