"""The sheets of a school's term: figures that are recomputed from facts, never incremented."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from evaluation.models.schemes import Scheme
from evaluation.rules.quality import WHOLE, share_of
from schools.models import Teacher, Term, Unit


class TermEvaluation(Row):
    """A school's term under a scheme: up to which day it is computed, and the sheets' digest.

    `asked` grows when facts change after a computation has begun, `begun` is what it was when the
    latest one began, `answered` when that of the sheets that stand did: they are stale while it is
    smaller than `asked`.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="term_evaluations"
    )
    term = models.ForeignKey(
        Term, verbose_name=_("学期"), on_delete=models.PROTECT, related_name="evaluations"
    )
    scheme = models.ForeignKey(
        Scheme, verbose_name=_("评价方案"), on_delete=models.PROTECT, related_name="evaluations"
    )
    asked = models.PositiveIntegerField(_("变动次数"), default=0)
    begun = models.PositiveIntegerField(_("已开始计入的变动次数"), default=0)
    answered = models.PositiveIntegerField(_("已计入的变动次数"), default=0)
    job_id = models.UUIDField(_("计算任务"), null=True, blank=True)
    as_of = models.DateField(_("计算到（不含）"), null=True, blank=True)
    computed_at = models.DateTimeField(_("计算时间"), null=True, blank=True)
    sha256 = models.CharField(_("数字摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("学期评价")
        verbose_name_plural = _("学期评价")
        ordering = ("-term__starts_on", "unit")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "term", "scheme"],
                name="evaluation_term_once",
                violation_error_message=_("这所学校这个学期已按这版方案评价。"),
            ),
            models.CheckConstraint(
                condition=Q(answered__lte=F("begun"), begun__lte=F("asked")),
                name="evaluation_term_answers_what_was_asked",
                violation_error_message=_("已计入的变动不能多于发生的变动。"),
            ),
            models.CheckConstraint(
                condition=Q(sha256="", computed_at__isnull=True, as_of__isnull=True)
                | (~Q(sha256="") & Q(computed_at__isnull=False, as_of__isnull=False)),
                name="evaluation_term_computed_with_digest",
                violation_error_message=_("算出的评价要有时间和摘要。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.term}"

    @property
    def is_stale(self) -> bool:
        """Whether facts have changed since the sheets were computed."""
        return self.answered < self.asked or not self.sha256


class Sheet(Row):
    """What one mentor's term comes to; the sheet without a mentor is the school's own.

    `preferred` is the line on preference: a valid qualification and effective work.
    """

    class Band(models.TextChoices):
        """How good a term's work was."""

        EXCELLENT = "excellent", _("优秀")
        GOOD = "good", _("良好")
        FAIR = "fair", _("合格")
        BELOW = "below", _("待改进")

    evaluation = models.ForeignKey(
        TermEvaluation,
        verbose_name=_("学期评价"),
        on_delete=models.PROTECT,
        related_name="sheets",
    )
    mentor = models.ForeignKey(
        Teacher,
        verbose_name=_("导师"),
        null=True,
        on_delete=models.PROTECT,
        related_name="evaluation_sheets",
    )
    quality = models.PositiveSmallIntegerField(_("工作质量（万分之一）"), null=True)
    band = models.CharField(_("等级"), max_length=10, choices=Band.choices, blank=True)
    qualified = models.BooleanField(_("资质有效"), default=False)
    preferred = models.BooleanField(_("优先考虑"), default=False)

    class Meta:
        verbose_name = _("评价表")
        verbose_name_plural = _("评价表")
        ordering = ("evaluation", "mentor__pinyin", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "mentor"],
                name="evaluation_sheet_once",
                violation_error_message=_("一位导师一个学期只有一张评价表。"),
            ),
            models.UniqueConstraint(
                fields=["evaluation"],
                condition=Q(mentor__isnull=True),
                name="evaluation_sheet_of_school_once",
                violation_error_message=_("一所学校一个学期只有一张全校评价表。"),
            ),
            models.CheckConstraint(
                condition=Q(band="", quality__isnull=True)
                | Q(
                    band__in=["excellent", "good", "fair", "below"],
                    quality__isnull=False,
                    quality__lte=WHOLE,
                ),
                name="evaluation_sheet_band_with_quality",
                violation_error_message=_("等级与工作质量要同时有，质量不超过 10000。"),
            ),
            models.CheckConstraint(
                condition=Q(preferred=False) | Q(qualified=True, quality__isnull=False),
                name="evaluation_sheet_preferred_is_qualified",
                violation_error_message=_("优先考虑要以有效资质和有效工作为前提。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.mentor or ''}"


class SheetLine(models.Model):
    """One number with the rows that count, and the reason of every row that does not.

    `pupils`, `rows` and `excluded` are those of `evaluation.rules.evidence`: ids, dates and
    weights, no words.
    """

    sheet = models.ForeignKey(
        Sheet, verbose_name=_("评价表"), on_delete=models.CASCADE, related_name="lines"
    )
    code = models.CharField(_("指标"), max_length=30)
    version = models.PositiveSmallIntegerField(_("指标版本"))
    numerator = models.BigIntegerField(_("分子"))
    denominator = models.BigIntegerField(_("分母"))
    pupils = models.JSONField(_("逐名学生"), default=list)
    rows = models.JSONField(_("计入的记录"), default=list)
    excluded = models.JSONField(_("未计入的记录"), default=list)

    class Meta:
        verbose_name = _("评价表的一行")
        verbose_name_plural = _("评价表的各行")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code"],
                name="evaluation_line_once",
                violation_error_message=_("一张评价表里每项指标只有一行。"),
            ),
            models.CheckConstraint(
                condition=Q(numerator__gte=0, denominator__gte=0),
                name="evaluation_line_not_negative",
                violation_error_message=_("分子和分母不能是负数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.numerator}/{self.denominator}"

    @property
    def value(self) -> float | None:
        """The ratio to four places; None where nothing is due."""
        return share_of(self.numerator, self.denominator) / WHOLE if self.denominator else None
