"""One offering of a course, with its dates and seats."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import Row
from courses.models.catalogue import CODE, Course
from courses.rules.windows import Window


class RunState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")


class CourseRun(Row):
    """A course run: its seats, and civil dates [opens, closes) of enrolment and of learning."""

    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="runs", verbose_name=_("课程")
    )
    code = models.CharField(_("班次代码"), max_length=40, unique=True, validators=[CODE])
    name = models.CharField(_("班次名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True, db_default="")
    enrol_opens_on = models.DateField(_("报名开始日期"))
    enrol_closes_on = models.DateField(
        _("报名截止日期"),
        null=True,
        blank=True,
        help_text=_("自该日起不能报名；空白表示长期。"),
    )
    learn_opens_on = models.DateField(_("学习开始日期"))
    learn_closes_on = models.DateField(
        _("学习结束日期"),
        null=True,
        blank=True,
        help_text=_("自该日起不能学习；空白表示长期。"),
    )
    capacity = models.PositiveIntegerField(_("名额"))
    taken = models.PositiveIntegerField(_("已占名额"), default=0, editable=False)
    state = models.CharField(
        _("状态"), max_length=12, choices=RunState.choices, default=RunState.DRAFT
    )

    class Meta:
        verbose_name = _("课程班次")
        verbose_name_plural = verbose_name
        ordering: ClassVar[list[str]] = ["enrol_opens_on", "code"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="courses_run_seats_within_capacity",
                violation_error_message=_("名额不能少于已占名额。"),
                condition=Q(taken__lte=F("capacity")),
            ),
            models.CheckConstraint(
                name="courses_run_enrol_dates_in_order",
                violation_error_message=_("报名截止日期要晚于报名开始日期。"),
                condition=Q(enrol_closes_on__isnull=True)
                | Q(enrol_closes_on__gt=F("enrol_opens_on")),
            ),
            models.CheckConstraint(
                name="courses_run_learn_dates_in_order",
                violation_error_message=_("学习结束日期要晚于学习开始日期。"),
                condition=Q(learn_closes_on__isnull=True)
                | Q(learn_closes_on__gt=F("learn_opens_on")),
            ),
            models.CheckConstraint(
                name="courses_run_state_known",
                violation_error_message=_("班次状态只能是草稿或已发布。"),
                condition=Q(state__in=RunState.values),
            ),
        ]

    @property
    def label(self) -> str:
        """The name in the reader's language, where it is known."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def __str__(self) -> str:
        return self.name

    @property
    def enrolment_window(self) -> Window:
        """The civil dates on which teachers may enrol."""
        return Window(self.enrol_opens_on, self.enrol_closes_on)

    @property
    def learning_window(self) -> Window:
        """The civil dates on which lessons count."""
        return Window(self.learn_opens_on, self.learn_closes_on)

    @property
    def seats_left(self) -> int:
        """Seats nobody has taken."""
        return self.capacity - self.taken
