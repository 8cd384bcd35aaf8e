"""The rules of mentoring as dated data: places, prices, and how often a pupil is seen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models.dated import DatedQuerySet


class RuleSet(Row):
    """The rules in force from `starts_on` up to `ends_on`; a change is a new version.

    `weights` holds the prices of `mentoring.rules.instance.Weights` that differ from its defaults.
    A pupil without a cadence of their own is seen within `cadence_days` days and weighs
    `care_weight`.
    """

    version = models.PositiveSmallIntegerField(_("版本"), unique=True)
    soft_cap = models.PositiveSmallIntegerField(_("每名导师一般带几人"))
    hard_cap = models.PositiveSmallIntegerField(_("每名导师最多带几人"))
    weights = models.JSONField(_("代价"), default=dict)
    cadence_days = models.PositiveSmallIntegerField(_("一般联系周期（天）"))
    care_weight = models.PositiveSmallIntegerField(_("一般权重"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("导师工作规则")
        verbose_name_plural = _("导师工作规则")
        ordering = ("version",)
        constraints = [
            models.CheckConstraint(
                condition=Q(hard_cap__gte=F("soft_cap"), hard_cap__lte=500),
                name="mentoring_ruleset_caps_in_order",
                violation_error_message=_("最多人数不能少于一般人数，也不能超过 500。"),
            ),
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1, care_weight__gte=1),
                name="mentoring_ruleset_cadence_positive",
                violation_error_message=_("联系周期和权重至少是 1。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="mentoring_ruleset_ends_after_start",
                violation_error_message=_("结束日期要晚于开始日期。"),
            ),
            NoOverlap(
                name="mentoring_ruleset_no_overlap",
                fields=(),
                violation_error_message=_("同一天只能有一版规则，请先结束前一版。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"
