"""The credit ledger: rows are added, never changed."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Row
from core.triggers import append_only


class PostingKind(models.TextChoices):
    AWARD = "award", _("入账")
    ADJUST = "adjust", _("调整")
    REVERSE = "reverse", _("冲销")


class PostingReason(models.TextChoices):
    COURSE_COMPLETED = "course_completed", _("完成课程，学时计入")
    COURSE_COUNTED_BEFORE = "course_counted_before", _("同一课程已计过学时，本次不重复计入")
    CERTIFICATE_REVOKED = "certificate_revoked", _("证书被撤销，学时冲销")
    RELEASED = "released", _("原计入的一笔已冲销，本课程学时改由这一次计入")


@append_only
class CreditPosting(Row):
    """One line of a teacher's credit account, with the rule and the fact behind it."""

    teacher = models.ForeignKey(
        "schools.Teacher",
        on_delete=models.PROTECT,
        related_name="credit_postings",
        verbose_name=_("教师"),
    )
    unit = models.ForeignKey(
        "schools.Unit",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("取得时所在单位"),
    )
    kind = models.CharField(_("类型"), max_length=10, choices=PostingKind.choices)
    reason = models.CharField(_("原因"), max_length=30, choices=PostingReason.choices)
    category = models.ForeignKey(
        "courses.CreditCategory",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("学分类别"),
    )
    raw_hours = models.DecimalField(_("应得学时"), max_digits=7, decimal_places=2)
    counted_hours = models.DecimalField(_("计入学时"), max_digits=7, decimal_places=2)
    course_code = models.CharField(_("课程代码"), max_length=40)
    title = models.CharField(_("事由"), max_length=200)
    occurred_on = models.DateField(_("发生日期"))
    posted_at = models.DateTimeField(_("入账时间"), default=clock.now)
    rule_version = models.CharField(_("规则版本"), max_length=40)
    completion = models.ForeignKey(
        "courses.CourseCompletion",
        on_delete=models.PROTECT,
        null=True,
        related_name="credit_postings",
        verbose_name=_("课程完成"),
    )
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversal",
        verbose_name=_("冲销的原账"),
    )
    actor_id = models.UUIDField(_("经办人"), null=True)
    key = models.CharField(_("幂等键"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("学分入账")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["teacher", "posted_at"], name="certification_ledger_teacher")
        ]
        constraints = [
            models.CheckConstraint(
                name="certification_reversal_names_its_posting",
                violation_error_message=_("冲销学分时必须指明原来的一笔。"),
                condition=Q(kind="reverse", reverses__isnull=False)
                | (~Q(kind="reverse") & Q(reverses__isnull=True)),
            ),
            models.CheckConstraint(
                name="certification_hours_have_their_sign",
                violation_error_message=_("记入的学时应为正数，冲销的应为负数。"),
                condition=Q(
                    kind="award",
                    raw_hours__gte=Decimal(0),
                    counted_hours__gte=Decimal(0),
                    counted_hours__lte=F("raw_hours"),
                )
                | Q(kind="reverse", raw_hours__lte=Decimal(0), counted_hours__lte=Decimal(0))
                | Q(kind="adjust"),
            ),
            models.UniqueConstraint(
                name="certification_one_award_per_completion",
                violation_error_message=_("这次结业的学分已经记入，不能重复。"),
                fields=["completion"],
                condition=Q(kind="award"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.counted_hours}"
