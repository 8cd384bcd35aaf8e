"""Taking a seat in a run and giving it back."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.actors import actor_id
from core.errors import DomainError, Missing
from courses.models import (
    CourseRun,
    CourseState,
    Enrolment,
    EnrolmentEvent,
    EnrolmentState,
    RunState,
)
from courses.models.enrolments import ENDED_STATES
from courses.services.editing import rule_in_force
from courses.services.learners import learner
from schools.models import Teacher


class RunFull(DomainError):
    """Every seat is taken."""

    code = "run_full"
    message = _("名额已满，请选择其他班次。")


class RunClosed(DomainError):
    """Enrolment has not begun or is over."""

    code = "run_closed"
    message = _("现在不在报名时间内，请查看课程页面上的报名日期。")


class AlreadyCompleted(DomainError):
    """A completed run cannot be left."""

    code = "already_completed"
    message = _("您已结业，不能退出本班次。")


def enrol(*, actor: Any, run: CourseRun) -> Enrolment:
    """Take a seat for the acting teacher; again gives the same enrolment.

    Raises RunFull, RunClosed, NotATeacher.
    """
    return enrol_once(actor=actor, run=run)[0]


@transaction.atomic
def enrol_once(*, actor: Any, run: CourseRun) -> tuple[Enrolment, bool]:
    """Like `enrol`, and say whether the seat was taken by this call."""
    teacher = learner(actor)
    existing = _live_pass(teacher, run)
    if existing is not None:
        return existing, False
    _refuse_unless_open(run)
    try:
        with transaction.atomic():
            return _take_seat(actor, teacher, run), True
    except (IntegrityError, RunFull):
        existing = _live_pass(teacher, run)
        if existing is None:
            raise
        return existing, False


@transaction.atomic
def withdraw(*, actor: Any, enrolment: Enrolment) -> Enrolment:
    """Leave a run and free its seat; what was learned stays. Again changes nothing.

    Raises AlreadyCompleted, Missing for somebody else's enrolment.
    """
    if enrolment.teacher_id != learner(actor).pk:
        raise Missing
    CourseRun.objects.select_for_update(of=("self",)).get(pk=enrolment.run_id)
    left = Enrolment.objects.filter(pk=enrolment.pk, state=EnrolmentState.ENROLLED).update(
        state=EnrolmentState.WITHDRAWN
    )
    enrolment.refresh_from_db()
    if enrolment.state == EnrolmentState.COMPLETED:
        raise AlreadyCompleted
    if left:
        CourseRun.objects.filter(pk=enrolment.run_id).update(taken=F("taken") - 1)
        note(actor, enrolment)
        audit.record(actor, "courses.withdraw", enrolment)
    return enrolment


def note(actor: Any, enrolment: Enrolment, reason: str = "") -> None:
    """Add the enrolment's present state to its history."""
    EnrolmentEvent.objects.create(
        enrolment=enrolment,
        number=EnrolmentEvent.objects.filter(enrolment=enrolment).count() + 1,
        state=enrolment.state,
        actor_id=actor_id(actor),
        reason=reason,
    )


def _live_pass(teacher: Teacher, run: CourseRun) -> Enrolment | None:
    rows = Enrolment.objects.filter(teacher=teacher, run=run)
    return rows.exclude(state__in=ENDED_STATES).select_related("run").first()


def _refuse_unless_open(run: CourseRun) -> None:
    offered = run.state == RunState.PUBLISHED and run.course.state == CourseState.PUBLISHED
    if not offered or not run.enrolment_window.holds(clock.today()):
        raise RunClosed


def _take_seat(actor: Any, teacher: Teacher, run: CourseRun) -> Enrolment:
    """The conditional update locks the run, so passes are counted and seats taken one by one."""
    seats = CourseRun.objects.filter(pk=run.pk, taken__lt=F("capacity"))
    if not seats.update(taken=F("taken") + 1):
        raise RunFull
    run = CourseRun.objects.select_related("course").get(pk=run.pk)
    passes = Enrolment.objects.filter(teacher=teacher, run=run).aggregate(last=Max("pass_number"))
    enrolment = Enrolment.objects.create(
        teacher=teacher,
        run=run,
        pass_number=(passes["last"] or 0) + 1,
        rule=rule_in_force(run.course),
    )
    note(actor, enrolment)
    audit.record(actor, "courses.enrol", enrolment, run=run.code)
    return enrolment
