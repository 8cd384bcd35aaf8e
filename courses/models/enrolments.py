"""Who takes part in which run."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Row
from core.triggers import append_only
from courses.models.lessons import CompletionRule
from courses.models.runs import CourseRun


class EnrolmentState(models.TextChoices):
    REQUESTED = "requested", _("已申请")
    WAITLISTED = "waitlisted", _("候补")
    OFFERED = "offered", _("待确认")
    ENROLLED = "enrolled", _("学习中")
    WITHDRAWN = "withdrawn", _("已退出")
    COMPLETED = "completed", _("已结业")
    FAILED = "failed", _("未通过")
    EXPIRED = "expired", _("已过期")


ENDED_STATES = (EnrolmentState.WITHDRAWN, EnrolmentState.FAILED, EnrolmentState.EXPIRED)
SEATED_STATES = (
    EnrolmentState.OFFERED,
    EnrolmentState.ENROLLED,
    EnrolmentState.COMPLETED,
    EnrolmentState.FAILED,
    EnrolmentState.EXPIRED,
)


class Enrolment(Row):
    """One pass of a teacher through a run; at most one pass is under way or completed."""

    teacher = models.ForeignKey(
        "schools.Teacher",
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=_("教师"),
    )
    run = models.ForeignKey(
        CourseRun, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("班次")
    )
    pass_number = models.PositiveSmallIntegerField(_("第几次学习"), default=1)
    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=EnrolmentState.choices,
        default=EnrolmentState.ENROLLED,
    )
    rule = models.ForeignKey(
        CompletionRule,
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=_("结业规则"),
    )
    enrolled_at = models.DateTimeField(_("报名时间"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("报名")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["-enrolled_at", "pk"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["teacher", "state"], name="courses_enrol_teacher"),
            models.Index(fields=["run", "state"], name="courses_enrol_run"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["teacher", "run", "pass_number"],
                name="courses_enrol_pass_once",
                violation_error_message=_("这位教师在这个班次的这一次报名已经存在。"),
            ),
            models.UniqueConstraint(
                fields=["teacher", "run"],
                name="courses_enrol_one_live_pass",
                violation_error_message=_("这位教师已经在这个班次里，不能重复报名。"),
                condition=~Q(state__in=["withdrawn", "failed", "expired"]),
            ),
            models.CheckConstraint(
                name="courses_enrol_state_known",
                violation_error_message=_("没有这种报名状态。"),
                condition=Q(state__in=EnrolmentState.values),
            ),
            models.CheckConstraint(
                name="courses_enrol_pass_from_one",
                violation_error_message=_("报名次数从 1 开始。"),
                condition=Q(pass_number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} · {self.run}"


@append_only
class EnrolmentEvent(Row):
    """One change of an enrolment's state; never changed, never removed."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="events", verbose_name=_("报名")
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    state = models.CharField(_("状态"), max_length=12, choices=EnrolmentState.choices)
    actor_id = models.UUIDField(_("操作人"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("报名记录")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["enrolment", "number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["enrolment", "number"],
                name="courses_event_number_once",
                violation_error_message=_("这次报名的这个变更序号已经存在。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.state}"
