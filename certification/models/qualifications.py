"""What a teacher is qualified for, for a dated period."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.constraints import NoOverlap
from core.models import Row
from schools.models.dated import DatedQuerySet, last_day


class Qualification(Row):
    """A teacher holds a qualification from `starts_on` up to `ends_on` (open when empty).

    Whoever holds any of these kinds may mentor a pupil who needs a qualified mentor.
    """

    class Kind(models.TextChoices):
        """What was learned or examined."""

        PSYCHOLOGY_TEACHER = "psychology_teacher", _("心理健康教育教师资格")
        COUNSELLOR = "counsellor", _("心理咨询专业培训合格")
        MENTOR = "mentor", _("导师专项培训合格")

    teacher = models.ForeignKey(
        "schools.Teacher",
        verbose_name=_("教师"),
        on_delete=models.PROTECT,
        related_name="qualifications",
    )
    kind = models.CharField(_("资质"), max_length=20, choices=Kind.choices)
    issuer = models.CharField(_("发证单位"), max_length=60)
    number = models.CharField(_("证件编号"), max_length=60, blank=True)
    starts_on = models.DateField(_("生效日期"))
    ends_on = models.DateField(_("失效日期（不含）"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("资质")
        verbose_name_plural = _("资质")
        ordering = ("teacher", "starts_on")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["psychology_teacher", "counsellor", "mentor"]),
                name="certification_qualification_kind_known",
                violation_error_message=_("请从列出的资质中选择。"),
            ),
            models.CheckConstraint(
                condition=~Q(issuer=""),
                name="certification_qualification_has_issuer",
                violation_error_message=_("请填写发证单位。"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="certification_qualification_ends_after_start",
                violation_error_message=_("失效日期不能早于生效日期。"),
            ),
            NoOverlap(
                name="certification_qualification_no_overlap",
                fields=("teacher", "kind"),
                violation_error_message=_("这位教师在这段时间已有同一资质。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} {self.get_kind_display()}"

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None while it is open."""
        return last_day(self.ends_on)
