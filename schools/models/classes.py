"""Classes, who leads them and who teaches them, each for a dated period."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models.dated import DatedQuerySet, last_day
from schools.models.people import Teacher
from schools.models.units import Unit


class SchoolClass(Row):
    """A class of a school, known by entry year and number; its grade is derived.

    `entry_year` is the autumn in which the cohort began the lowest grade of this school, whatever
    year a single pupil came. Source: decision 0044.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="classes"
    )
    entry_year = models.PositiveSmallIntegerField(_("入学年份"))
    number = models.PositiveSmallIntegerField(_("班号"))

    class Meta:
        verbose_name = _("班级")
        verbose_name_plural = _("班级")
        ordering = ("unit", "-entry_year", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "entry_year", "number"],
                name="schools_class_once_in_school",
                violation_error_message=_("这所学校已有相同入学年份和班号的班级。"),
            ),
            models.CheckConstraint(
                condition=Q(entry_year__gte=1990, entry_year__lte=2100),
                name="schools_class_entry_year_possible",
                violation_error_message=_("入学年份应是四位年份，例如 2024。"),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=99),
                name="schools_class_number_possible",
                violation_error_message=_("班号应是 1 到 99 的整数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_year}级{self.number}班"


class ClassTeacher(Row):
    """A teacher leads a class (班主任) from `starts_on` up to `ends_on` (open when empty).

    The right to the class's data also needs the post of class teacher in its school.
    """

    school_class = models.ForeignKey(
        SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT, related_name="class_teachers"
    )
    teacher = models.ForeignKey(
        Teacher, verbose_name=_("班主任"), on_delete=models.PROTECT, related_name="led_classes"
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("班主任任命")
        verbose_name_plural = _("班主任任命")
        ordering = ("school_class", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="schools_classteacher_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="schools_classteacher_no_overlap",
                fields=("school_class",),
                violation_error_message=_("这个班在这段时间已有班主任，请先结束原来的任命。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.teacher}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)


class TeachingAssignment(Row):
    """A teacher teaches a class from `starts_on` up to `ends_on` (open when empty).

    `subject` is empty where the roster names the class only.
    """

    teacher = models.ForeignKey(
        Teacher, verbose_name=_("教师"), on_delete=models.PROTECT, related_name="teaching"
    )
    school_class = models.ForeignKey(
        SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT, related_name="teaching"
    )
    subject = models.CharField(_("学科"), max_length=20, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("任课安排")
        verbose_name_plural = _("任课安排")
        ordering = ("school_class", "subject", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="schools_teaching_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="schools_teaching_no_overlap",
                fields=("teacher", "school_class", "subject"),
                violation_error_message=_("这位教师在这段时间已经任教这个班的这门课。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.teacher} {self.subject}".rstrip()

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)
