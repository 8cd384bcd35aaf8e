"""Watched time per person and version of a recording, and who is watching now."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from core.models import Row
from courses.models.enrolments import Enrolment
from courses.models.lessons import Lesson
from courses.rules.intervals import decode, encode, length
from courses.rules.watching import State


class WatchRow(Row):
    """M and W of one person and one cut, as encoded unions; both only ever grow."""

    teacher = models.ForeignKey(
        "schools.Teacher",
        on_delete=models.PROTECT,
        related_name="watch_rows",
        verbose_name=_("教师"),
    )
    version = models.ForeignKey(
        "media.RecordingVersion",
        on_delete=models.PROTECT,
        related_name="watch_rows",
        verbose_name=_("录像版本"),
    )
    media = models.BinaryField(_("已看区间"), default=bytes)
    wall = models.BinaryField(_("在场区间"), default=bytes)
    watched_ms = models.PositiveBigIntegerField(_("已看毫秒"), default=0)
    position_ms = models.PositiveBigIntegerField(_("播放位置"), default=0)
    position_at_ms = models.PositiveBigIntegerField(_("位置时刻"), default=0)
    refused = models.PositiveIntegerField(_("未采纳次数"), default=0)

    class Meta:
        verbose_name = _("观看记录")
        verbose_name_plural = verbose_name
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["teacher", "version"],
                name="courses_watch_row_once",
                violation_error_message=_("这位教师在这个录像版本上已有观看记录。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.version_id}"

    @property
    def state(self) -> State:
        """The row as the rules see it."""
        return State(
            media=decode(self.media),
            wall=decode(self.wall),
            position_ms=self.position_ms,
            position_at_ms=self.position_at_ms,
            refused=self.refused,
        )

    @state.setter
    def state(self, state: State) -> None:
        self.media = encode(state.media)
        self.wall = encode(state.wall)
        self.watched_ms = length(state.media)
        self.position_ms = state.position_ms
        self.position_at_ms = state.position_at_ms
        self.refused = state.refused


class WatchLease(models.Model):
    """The one session that counts for a person now; the latest start wins."""

    teacher = models.OneToOneField(
        "schools.Teacher",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="watch_lease",
        verbose_name=_("教师"),
    )
    session = models.UUIDField(_("观看会话"), unique=True)
    row = models.ForeignKey(
        WatchRow, on_delete=models.PROTECT, related_name="+", verbose_name=_("观看记录")
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="+", verbose_name=_("课节")
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="+", verbose_name=_("报名")
    )
    started_at = models.DateTimeField(_("开始时间"))
    beats = models.PositiveBigIntegerField(_("上报次数"), default=0, db_default=0)
    recent = models.JSONField(
        _("最近的答复"), default=list, db_default=Value([], models.JSONField())
    )

    class Meta:
        verbose_name = _("正在观看")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.session}"
