"""Teachers, where they work, and the posts they hold, each for a dated period."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models.dated import DatedQuerySet, last_day
from schools.models.units import Unit


class Role(models.TextChoices):
    """What a post lets its holder do, inside the unit of the post and below."""

    PRINCIPAL = "principal", _("校长")
    DEPUTY = "deputy", _("副校长")
    CLASS_TEACHER = "class_teacher", _("班主任")
    GRADE_HEAD = "grade_head", _("年级组长")
    PSYCHOLOGY_TEACHER = "psychology_teacher", _("心理教师")
    SCHOOL_ADMIN = "school_admin", _("学校管理员")
    REGISTRAR = "registrar", _("学分证书管理员")
    COUNTY_OFFICER = "county_officer", _("县区管理员")
    BUREAU_OFFICER = "bureau_officer", _("市局管理员")
    AUDITOR = "auditor", _("审计员")
    EDITOR = "editor", _("内容编辑")


class Teacher(Row):
    """A person who learns, teaches or holds a post; the sign-in is a User apart from it.

    `staff_number` (工号) is unique in the whole bureau. `pinyin` and `initials` are written
    together with the name, so that people are found by "wangfang" and "wf".
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登录账号"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="teacher",
    )
    staff_number = models.CharField(_("工号"), max_length=20, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(_("拼音"), max_length=240, blank=True, db_index=True)
    initials = models.CharField(_("拼音首字母"), max_length=60, blank=True, db_index=True)
    phone = models.CharField(_("手机"), max_length=20, blank=True, db_index=True)

    class Meta:
        verbose_name = _("教师")
        verbose_name_plural = _("教师")
        ordering = ("staff_number",)
        constraints = [
            models.CheckConstraint(
                condition=Q(staff_number=Upper(F("staff_number"))) & ~Q(staff_number=""),
                name="schools_teacher_staff_number_upper_case",
                violation_error_message=_("工号不能为空，字母要大写。"),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="schools_teacher_has_name",
                violation_error_message=_("请填写教师姓名。"),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=~Q(phone=""),
                name="schools_teacher_phone_once",
                violation_error_message=_("这个手机号已登记在另一位教师名下，请核对。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Employment(Row):
    """A teacher works for one unit from `starts_on` up to `ends_on` (open when empty)."""

    teacher = models.ForeignKey(
        Teacher, verbose_name=_("教师"), on_delete=models.PROTECT, related_name="employments"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="employments"
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职单位")
        verbose_name_plural = _("任职单位")
        ordering = ("teacher", "starts_on")
        indexes = [models.Index(fields=["unit", "starts_on"], name="schools_employment_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="schools_employment_ends_after_start",
                violation_error_message=_("任职的结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="schools_employment_no_overlap",
                violation_error_message=_(
                    "这位教师在这段时间已在另一个单位任职，请先结束原来的任职。"
                ),
                fields=("teacher",),
                start="starts_on",
                end="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} {self.unit} {self.starts_on}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)


class Post(Row):
    """A teacher holds a role in a unit from `starts_on` up to `ends_on` (open when empty)."""

    teacher = models.ForeignKey(
        Teacher, verbose_name=_("教师"), on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField(_("职务"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="posts"
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("职务")
        verbose_name_plural = _("职务")
        ordering = ("unit", "role", "starts_on")
        indexes = [models.Index(fields=["unit", "role"], name="schools_post_unit_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="schools_post_role_known",
                violation_error_message=_("请从列出的职务中选择。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="schools_post_ends_after_start",
                violation_error_message=_("职务的结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="schools_post_no_overlap",
                violation_error_message=_("这位教师在这段时间已有这个职务，不必重复任命。"),
                fields=("teacher", "role", "unit"),
                start="starts_on",
                end="ends_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} {self.get_role_display()} {self.unit}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)

    @property
    def is_called_off(self) -> bool:
        """Whether the post ended before it began."""
        return self.ends_on == self.starts_on
