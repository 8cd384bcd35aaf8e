"""What a school's mentoring comes to on a day, in numbers for those above the school."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from schools.models import Unit


class SchoolFigures(Row):
    """A school's pupils in classes on a civil date, how many of them have no mentor, and how many
    were not contacted in time. Made anew from the facts every day, never added to; `created_at` is
    the instant of the count.
    """

    unit = models.OneToOneField(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="mentoring_figures"
    )
    counted_on = models.DateField(_("统计日期"))
    pupils = models.PositiveIntegerField(_("在班学生"))
    without_mentor = models.PositiveIntegerField(_("没有导师"))
    overdue = models.PositiveIntegerField(_("已逾期"))

    class Meta:
        verbose_name = _("学校数字")
        verbose_name_plural = _("学校数字")
        constraints = [
            models.CheckConstraint(
                condition=Q(pupils__gte=F("without_mentor") + F("overdue")),
                name="mentoring_figures_parts_of_the_whole",
                violation_error_message=_("没有导师的和已逾期的学生合计不能多于在班学生。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.counted_on:%Y-%m-%d}"
