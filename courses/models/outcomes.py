"""What was earned: never changed, never removed, hanging on no page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from core.triggers import append_only
from courses.models.catalogue import CreditCategory
from courses.models.enrolments import Enrolment
from courses.models.lessons import Lesson


class Evidence(models.TextChoices):
    WATCHED = "watched", _("观看")
    READ = "read", _("阅读")
    QUIZ = "quiz", _("测验")
    TRANSCRIPT = "transcript", _("文字稿与检查题")


@append_only
class LessonCompletion(Row):
    """The first completion of one lesson in one enrolment."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="lessons_done", verbose_name=_("报名")
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="completions", verbose_name=_("课节")
    )
    evidence = models.CharField(_("依据"), max_length=12, choices=Evidence.choices)
    evidence_digest = models.CharField(_("依据摘要"), max_length=64)
    policy_version = models.PositiveSmallIntegerField(_("规则版本"))
    completed_at = models.DateTimeField(_("完成时间"))
    completed_on = models.DateField(_("完成日期"))

    class Meta:
        verbose_name = _("课节完成记录")
        verbose_name_plural = verbose_name
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson"],
                name="courses_lesson_completed_once",
                violation_error_message=_("这个课节已经记为完成。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_id}"


@append_only
class CourseCompletion(Row):
    """A completed course with everything that is said of it later, as it was on that day."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, related_name="completion", verbose_name=_("报名")
    )
    category = models.ForeignKey(
        CreditCategory,
        on_delete=models.PROTECT,
        related_name="completions",
        verbose_name=_("学分类别"),
    )
    completed_at = models.DateTimeField(_("结业时间"))
    completed_on = models.DateField(_("结业日期"))
    credit_hours = models.DecimalField(_("学时"), max_digits=7, decimal_places=2)
    rule_version = models.PositiveIntegerField(_("结业规则版本"))
    evidence_digest = models.CharField(_("依据摘要"), max_length=64)
    lessons = models.JSONField(_("计入的课节"), null=True, editable=False)
    teacher_name = models.CharField(_("姓名"), max_length=100)
    unit = models.ForeignKey(
        "schools.Unit",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("结业时单位"),
    )
    unit_name = models.CharField(_("结业时单位名称"), max_length=200, blank=True)
    unit_path = models.CharField(_("结业时单位路径"), max_length=200, blank=True)
    course_code = models.CharField(_("课程代码"), max_length=40)
    course_title = models.CharField(_("课程名称"), max_length=120)
    run_code = models.CharField(_("班次代码"), max_length=40)
    category_code = models.CharField(_("学分类别代码"), max_length=40)
    category_name = models.CharField(_("学分类别名称"), max_length=60)

    class Meta:
        verbose_name = _("结业记录")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["completed_at", "pk"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["run_code"], name="courses_completion_run")
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="courses_completion_hours_positive",
                violation_error_message=_("结业学时要大于 0。"),
                condition=Q(credit_hours__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.teacher_name} · {self.course_title}"
