"""Attempts at a quiz: owned by the server from start to mark."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from courses.models.enrolments import Enrolment
from courses.models.questions import QuestionVersion, Quiz


class AttemptState(models.TextChoices):
    OPEN = "open", _("作答中")
    SUBMITTED = "submitted", _("已提交")
    EXPIRED = "expired", _("超时交卷")


class Attempt(Row):
    """One attempt; open until it is submitted or its deadline has come, then marked once."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("报名")
    )
    quiz = models.ForeignKey(
        Quiz, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("测验")
    )
    number = models.PositiveSmallIntegerField(_("第几次作答"))
    state = models.CharField(
        _("状态"), max_length=12, choices=AttemptState.choices, default=AttemptState.OPEN
    )
    pass_percent = models.PositiveSmallIntegerField(_("及格线（百分比）"))
    started_at = models.DateTimeField(_("开始时间"))
    deadline_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    right = models.PositiveSmallIntegerField(_("答对题数"), null=True, blank=True)
    total = models.PositiveSmallIntegerField(_("题目总数"))
    percent = models.PositiveSmallIntegerField(_("得分（百分比）"), null=True, blank=True)
    passed = models.BooleanField(_("通过"), null=True, blank=True)
    transcript_digest = models.CharField(
        _("开始时文字稿的校验值"), max_length=64, blank=True, db_default=""
    )

    class Meta:
        verbose_name = _("作答")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["number"]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["deadline_at"], name="courses_attempt_due", condition=Q(state="open")
            )
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["enrolment", "quiz", "number"],
                name="courses_attempt_number_once",
                violation_error_message=_("这个测验的第几次作答已经存在。"),
            ),
            models.UniqueConstraint(
                fields=["enrolment", "quiz"],
                name="courses_attempt_one_open",
                violation_error_message=_("这个测验已有一次作答正在进行。"),
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="courses_attempt_marked_iff_ended",
                violation_error_message=_("作答结束才有得分，没有结束就没有得分。"),
                condition=Q(
                    state="open",
                    ended_at__isnull=True,
                    right__isnull=True,
                    percent__isnull=True,
                    passed__isnull=True,
                )
                | Q(
                    state__in=["submitted", "expired"],
                    ended_at__isnull=False,
                    right__isnull=False,
                    percent__lte=100,
                    passed__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.number}"


class Response(Row):
    """One question of one attempt: its wording and order when put, and the last answer taken."""

    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="responses", verbose_name=_("作答")
    )
    version = models.ForeignKey(
        QuestionVersion,
        on_delete=models.PROTECT,
        related_name="responses",
        verbose_name=_("题目版本"),
    )
    position = models.PositiveSmallIntegerField(_("顺序"))
    order = models.JSONField(_("选项顺序"))
    chosen = models.JSONField(_("所选选项"), default=list)
    sequence = models.PositiveBigIntegerField(_("保存序号"), default=0)
    saved_at = models.DateTimeField(_("保存时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("答题记录")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["attempt", "position"],
                name="courses_response_position_once",
                violation_error_message=_("这次作答的这个题目顺序已经存在。"),
            ),
            models.UniqueConstraint(
                fields=["attempt", "version"],
                name="courses_response_question_once",
                violation_error_message=_("这次作答里已有这道题目。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.position}"

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options in the order in which this attempt shows them."""
        by_id = {option["id"]: option for option in self.version.options}
        return [by_id[option] for option in self.order]
