"""Question banks with versioned questions, and the quizzes that draw from them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from core.triggers import append_only
from courses.models.catalogue import Course
from courses.models.lessons import Lesson


class QuestionKind(models.TextChoices):
    SINGLE = "single", _("单选题")
    MULTIPLE = "multiple", _("多选题")
    TRUE_FALSE = "true_false", _("判断题")


class QuestionBank(Row):
    """The questions of one course."""

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="banks", verbose_name=_("课程")
    )
    name = models.CharField(_("题库名称"), max_length=120)

    class Meta:
        verbose_name = _("题库")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["course", "name"],
                name="courses_bank_name_once",
                violation_error_message=_("这门课程里已有同名的题库，请换一个题库名称。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Question(Row):
    """A question whose wording lives in its versions; the newest is put to new attempts."""

    bank = models.ForeignKey(
        QuestionBank, on_delete=models.PROTECT, related_name="questions", verbose_name=_("题库")
    )
    kind = models.CharField(_("题型"), max_length=12, choices=QuestionKind.choices)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("题目")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["position", "created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"


@append_only
class QuestionVersion(Row):
    """One wording; `options` is a list of {id, text, correct}. Attempts keep the one they saw."""

    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="versions", verbose_name=_("题目")
    )
    number = models.PositiveIntegerField(_("版本"))
    text = models.TextField(_("题干"))
    options = models.JSONField(_("选项"))
    explanation = models.TextField(_("解析"), blank=True)

    class Meta:
        verbose_name = _("题目版本")
        verbose_name_plural = verbose_name
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["question", "number"],
                name="courses_question_version_once",
                violation_error_message=_("这道题目的这个版本已经存在。"),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def correct(self) -> list[str]:
        """Ids of the right options."""
        return [option["id"] for option in self.options if option["correct"]]


class Quiz(Row):
    """How a lesson draws its questions and when they are passed.

    On a recording lesson these are the check questions of the transcript path.
    """

    lesson = models.OneToOneField(
        Lesson, on_delete=models.PROTECT, related_name="quiz", verbose_name=_("课节")
    )
    bank = models.ForeignKey(
        QuestionBank, on_delete=models.PROTECT, related_name="quizzes", verbose_name=_("题库")
    )
    pass_percent = models.PositiveSmallIntegerField(_("及格线（百分比）"), default=60)
    max_attempts = models.PositiveSmallIntegerField(
        _("作答次数上限"), null=True, blank=True, help_text=_("空白表示不限。")
    )
    minutes = models.PositiveSmallIntegerField(
        _("限时（分钟）"), null=True, blank=True, help_text=_("空白表示不限时。")
    )
    shuffle = models.BooleanField(_("打乱题目和选项"), default=True)
    pick = models.PositiveSmallIntegerField(
        _("抽题数"), null=True, blank=True, help_text=_("空白表示全部题目。")
    )

    class Meta:
        verbose_name = _("测验设置")
        verbose_name_plural = verbose_name
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="courses_quiz_pass_mark",
                violation_error_message=_("及格线要在 1 到 100 之间。"),
                condition=Q(pass_percent__gte=1, pass_percent__lte=100),
            ),
            models.CheckConstraint(
                name="courses_quiz_limits_from_one",
                violation_error_message=_("作答次数上限、限时和抽题数要么空白，要么至少为 1。"),
                condition=(Q(max_attempts__isnull=True) | Q(max_attempts__gte=1))
                & (Q(minutes__isnull=True) | Q(minutes__gte=1))
                & (Q(pick__isnull=True) | Q(pick__gte=1)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson}"
