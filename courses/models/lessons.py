"""Lessons of a course, and the versioned rule of when it is completed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from core.models import Row
from core.triggers import append_only
from courses.blocks import RICH_TEXT
from courses.models.catalogue import Course


class LessonKind(models.TextChoices):
    RECORDING = "recording", _("录像")
    READING = "reading", _("阅读")
    QUIZ = "quiz", _("测验")


class Lesson(Row):
    """One step of a course; once somebody completed it, it is withdrawn instead of deleted."""

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="lessons", verbose_name=_("课程")
    )
    kind = models.CharField(_("种类"), max_length=12, choices=LessonKind.choices)
    title = models.CharField(_("标题"), max_length=120)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    required = models.BooleanField(_("必修"), default=True)
    recording = models.ForeignKey(
        "media.Recording",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name=_("录像"),
    )
    text = RichTextField(_("正文"), features=RICH_TEXT, blank=True)
    withdrawn_at = models.DateTimeField(_("下架时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("课节")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["position", "created_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="courses_lesson_recording_iff_kind",
                violation_error_message=_("视频课节要选录播课，阅读和测验课节不能选。"),
                condition=Q(kind="recording", recording__isnull=False)
                | (Q(kind__in=["reading", "quiz"]) & Q(recording__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.title


@append_only
class CompletionRule(Row):
    """A version of what completing a course takes; published once and never changed."""

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="rules", verbose_name=_("课程")
    )
    version = models.PositiveIntegerField(_("版本"))
    data = models.JSONField(_("规则"))
    in_force_at = models.DateTimeField(_("生效时间"))

    class Meta:
        verbose_name = _("结业规则")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["course", "version"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["course", "version"],
                name="courses_rule_version_once",
                violation_error_message=_("这门课程的这个结业规则版本已经存在。"),
            ),
            models.CheckConstraint(
                name="courses_rule_from_one",
                violation_error_message=_("结业规则的版本从 1 开始。"),
                condition=Q(version__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} v{self.version}"
