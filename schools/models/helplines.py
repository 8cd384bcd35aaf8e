"""Numbers to call, as dated data."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models.dated import DatedQuerySet, last_day


class HelpLine(Row):
    """A help line valid from `starts_on` up to `ends_on` (open when empty)."""

    number = models.CharField(_("号码"), max_length=20)
    name = models.CharField(_("名称"), max_length=60)
    description = models.CharField(_("什么时候打"), max_length=200, blank=True)
    hours = models.CharField(_("服务时间"), max_length=60, blank=True)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True, db_default="")
    description_en = models.CharField(
        _("什么时候打（英文）"), max_length=300, blank=True, db_default=""
    )
    hours_en = models.CharField(_("服务时间（英文）"), max_length=120, blank=True, db_default="")
    position = models.PositiveSmallIntegerField(_("排序"), default=100)
    is_emergency = models.BooleanField(_("紧急电话"), default=False)
    starts_on = models.DateField(_("启用日期"))
    ends_on = models.DateField(_("停用日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("求助热线")
        verbose_name_plural = _("求助热线")
        ordering = ("position", "number")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="schools_helpline_ends_after_start",
                violation_error_message=_("热线的结束日期不能早于开始日期。"),
            ),
            NoOverlap(
                name="schools_helpline_no_overlap",
                violation_error_message=_("这个号码在这段时间已经显示，请先结束原来的一条。"),
                fields=("number",),
                start="starts_on",
                end="ends_on",
            ),
        ]

    @property
    def label(self) -> str:
        """The name in the reader's language, where it is known."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def hours_label(self) -> str:
        """The hours in the reader's language, where they are known."""
        return self.hours_en if self.hours_en and get_language() == "en" else self.hours

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)
