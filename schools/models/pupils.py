"""Pupils, the households they come from, and the classes they sit in."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.fields import EncryptedTextField
from core.models import Row
from schools.models.classes import SchoolClass
from schools.models.dated import DatedQuerySet, last_day
from schools.models.units import Unit

LONGEST_NAME = 60


class Household(Row):
    """A family; siblings share one. `code` is the school's own number for it, or empty."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("登记学校"), on_delete=models.PROTECT, related_name="households"
    )
    code = models.CharField(_("家庭编号"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("家庭")
        verbose_name_plural = _("家庭")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"],
                condition=~Q(code=""),
                name="schools_household_code_once",
                violation_error_message=_("这所学校已有相同的家庭编号。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code or str(self.pk)


class Guardian(Row):
    """An adult who answers for the children of a household.

    The phone is encrypted and may be missing; `phone_index` finds it again by its whole number.
    """

    household = models.ForeignKey(
        Household, verbose_name=_("家庭"), on_delete=models.PROTECT, related_name="guardians"
    )
    name = models.CharField(_("监护人"), max_length=LONGEST_NAME)
    relation = models.CharField(_("与学生关系"), max_length=20, blank=True)
    phone = EncryptedTextField(_("监护人手机"), null=True)
    phone_index = models.CharField(
        _("手机索引"), max_length=64, blank=True, db_index=True, editable=False
    )

    class Meta:
        verbose_name = _("监护人")
        verbose_name_plural = _("监护人")
        ordering = ("household", "created_at")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="schools_guardian_has_name",
                violation_error_message=_("请填写监护人姓名。"),
            ),
            models.CheckConstraint(
                condition=Q(phone_index="", phone__isnull=True)
                | (~Q(phone_index="") & Q(phone__isnull=False)),
                name="schools_guardian_phone_with_index",
                violation_error_message=_("手机号与它的索引要同时填写。"),
            ),
            models.UniqueConstraint(
                fields=["household", "name"],
                name="schools_guardian_once_in_household",
                violation_error_message=_("这个家庭已登记同名的监护人。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sex(models.TextChoices):
    FEMALE = "female", _("女")
    MALE = "male", _("男")


class Pupil(Row):
    """A child at school. Never in a search index, never in the content admin.

    The school number (学籍号) is encrypted, may be missing, and is unique in the bureau through
    `number_index`. Namesakes are never merged.
    """

    name = models.CharField(_("姓名"), max_length=LONGEST_NAME)
    pinyin = models.CharField(_("拼音"), max_length=240, blank=True, editable=False)
    initials = models.CharField(_("拼音首字母"), max_length=60, blank=True, editable=False)
    sex = models.CharField(_("性别"), max_length=6, choices=Sex.choices)
    household = models.ForeignKey(
        Household, verbose_name=_("家庭"), on_delete=models.PROTECT, related_name="pupils"
    )
    number = EncryptedTextField(_("学籍号"), null=True)
    number_index = models.CharField(_("学籍号索引"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("学生")
        verbose_name_plural = _("学生")
        ordering = ("pinyin", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="schools_pupil_has_name",
                violation_error_message=_("请填写学生姓名。"),
            ),
            models.CheckConstraint(
                condition=Q(sex__in=Sex.values),
                name="schools_pupil_sex_known",
                violation_error_message=_("性别请填“男”或“女”。"),
            ),
            models.UniqueConstraint(
                fields=["number_index"],
                condition=~Q(number_index=""),
                name="schools_pupil_number_once",
                violation_error_message=_("这个学籍号已登记在另一名学生名下，请核对。"),
            ),
            models.CheckConstraint(
                condition=Q(number_index="", number__isnull=True)
                | (~Q(number_index="") & Q(number__isnull=False)),
                name="schools_pupil_number_with_index",
                violation_error_message=_("学籍号与它的索引要同时填写。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClassMembership(Row):
    """A pupil sits in a class from `starts_on` up to `ends_on` (open when empty)."""

    class End(models.TextChoices):
        """Why a membership ended."""

        MOVED_CLASS = "moved_class", _("调班")
        MOVED_SCHOOL = "moved_school", _("转学")
        GRADUATED = "graduated", _("毕业")
        LEFT = "left", _("离校")
        MISTAKE = "mistake", _("登记有误")

    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="memberships"
    )
    school_class = models.ForeignKey(
        SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT, related_name="memberships"
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)
    end_reason = models.CharField(_("结束原因"), max_length=12, choices=End.choices, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("在班记录")
        verbose_name_plural = _("在班记录")
        ordering = ("pupil", "starts_on")
        indexes = [
            models.Index(fields=["school_class", "starts_on"], name="schools_membership_class")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="schools_membership_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, end_reason="")
                | Q(
                    ends_on__isnull=False,
                    end_reason__in=["moved_class", "moved_school", "graduated", "left", "mistake"],
                ),
                name="schools_membership_end_has_reason",
                violation_error_message=_("结束在班记录时请写明原因。"),
            ),
            NoOverlap(
                name="schools_membership_no_overlap",
                fields=("pupil",),
                violation_error_message=_(
                    "这名学生在这段时间已在另一个班，请先结束原来的在班记录。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {self.school_class}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)
