"""The categories of the ledger, as dated data."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models.dated import DatedQuerySet
from wellbeing.rules.care import Care


class LedgerCategory(Row):
    """Special circumstances (类别) and the care they demand, valid from `starts_on` on.

    A category is neither a diagnosis nor a level of risk.
    """

    code = models.CharField(_("代码"), max_length=20)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    days = models.PositiveSmallIntegerField(_("联系周期（天）"))
    weight = models.PositiveSmallIntegerField(_("权重"))
    needs_qualified = models.BooleanField(_("须由有资质的导师负责"), default=False)
    position = models.PositiveSmallIntegerField(_("排序"), default=100)
    starts_on = models.DateField(_("启用日期"))
    ends_on = models.DateField(_("停用日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("关注类别")
        verbose_name_plural = _("关注类别")
        ordering = ("position", "code")
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""),
                name="wellbeing_category_named",
                violation_error_message=_("类别要有代码和名称。"),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, weight__gte=1),
                name="wellbeing_category_care_positive",
                violation_error_message=_("联系周期和权重至少是 1。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="wellbeing_category_ends_after_start",
                violation_error_message=_("停用日期不能早于启用日期。"),
            ),
            NoOverlap(
                name="wellbeing_category_no_overlap",
                fields=("code",),
                violation_error_message=_("这个类别在这段时间已有一版，请先停用原来的。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language, where it is known."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def care(self) -> Care:
        """How often a pupil of this category is to be seen."""
        return Care(self.days, self.weight, self.needs_qualified)
