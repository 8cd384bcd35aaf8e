"""School years, terms, and the days that are not as their weekday says."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models.dated import last_day


class SchoolYear(Row):
    """A school year from `starts_on` up to, but not including, `ends_on`."""

    name = models.CharField(_("名称"), max_length=40, unique=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"))

    class Meta:
        verbose_name = _("学年")
        verbose_name_plural = _("学年")
        ordering = ("starts_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="schools_schoolyear_ends_after_start",
                violation_error_message=_("学年的结束日期要晚于开始日期。"),
            ),
            NoOverlap(
                name="schools_schoolyear_no_overlap",
                violation_error_message=_("与另一个学年的日期重叠，请调整起止日期。"),
                fields=(),
                start="starts_on",
                end="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)


class Term(Row):
    """A term from `starts_on` up to, but not including, `ends_on`; code like 2026-1."""

    school_year = models.ForeignKey(
        SchoolYear, verbose_name=_("学年"), on_delete=models.PROTECT, related_name="terms"
    )
    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"))

    class Meta:
        verbose_name = _("学期")
        verbose_name_plural = _("学期")
        ordering = ("starts_on",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="schools_term_ends_after_start",
                violation_error_message=_("学期的结束日期要晚于开始日期。"),
            ),
            NoOverlap(
                name="schools_term_no_overlap",
                violation_error_message=_("与另一个学期的日期重叠，请调整起止日期。"),
                fields=(),
                start="starts_on",
                end="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)


class CalendarDay(Row):
    """A day off, or a working day on a weekend (调休), for the whole bureau."""

    class Kind(models.TextChoices):
        """What the day is, against its weekday."""

        HOLIDAY = "holiday", _("放假")
        WORKDAY = "workday", _("调休上课")

    day = models.DateField(_("日期"), unique=True)
    kind = models.CharField(_("性质"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("校历特殊日")
        verbose_name_plural = _("校历特殊日")
        ordering = ("day",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["holiday", "workday"]),
                name="schools_calendarday_kind_known",
                violation_error_message=_("请从列出的校历性质中选择。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
