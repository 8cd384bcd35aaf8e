"""How figures are weighed, as versioned data that never changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from core.triggers import append_only
from evaluation.rules.quality import WHOLE, Measure


@append_only
class Scheme(Row):
    """One version of the evaluation scheme; it holds for terms that begin on `starts_on` or later,
    until a newer one does.

    `weights` gives a weight to each indicator that counts, `floors` the least quality of each band
    but the last; quality, floors, `margin` and `effective_from` are in ten-thousandths.
    """

    version = models.PositiveSmallIntegerField(_("版本"), unique=True)
    starts_on = models.DateField(_("适用于此日起开始的学期"))
    weights = models.JSONField(_("各项权重"))
    floors = models.JSONField(_("各等级下限"))
    margin = models.PositiveSmallIntegerField(_("等级的误差余量"))
    effective_from = models.PositiveSmallIntegerField(_("有效开展工作的下限"))
    notice_days = models.PositiveSmallIntegerField(_("公示工作日数"))

    class Meta:
        verbose_name = _("评价方案")
        verbose_name_plural = _("评价方案")
        ordering = ("version",)
        constraints = [
            models.CheckConstraint(
                condition=Q(margin__lte=WHOLE, effective_from__lte=WHOLE),
                name="evaluation_scheme_shares_possible",
                violation_error_message=_("下限和余量以万分之一计，不能超过 10000。"),
            ),
            models.CheckConstraint(
                condition=Q(notice_days__gte=5),
                name="evaluation_scheme_notice_long_enough",
                violation_error_message=_("公示至少五个工作日。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def measure(self) -> Measure:
        """The scheme as the rules take it."""
        return Measure(self.weights, tuple(self.floors), self.margin, self.effective_from)
