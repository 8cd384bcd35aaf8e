"""What a school decided about its sheets: put on notice, and frozen; added, never changed."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from core.triggers import append_only
from evaluation.models.sheets import TermEvaluation
from schools.models import Term, Unit


@append_only
class Announcement(Row):
    """The sheets with this digest were put on notice (公示), open for objections up to
    `open_until`.
    """

    evaluation = models.ForeignKey(
        TermEvaluation,
        verbose_name=_("学期评价"),
        on_delete=models.PROTECT,
        related_name="announcements",
    )
    sha256 = models.CharField(_("数字摘要"), max_length=64)
    announced_on = models.DateField(_("公示日期"))
    open_until = models.DateField(_("公示截止（不含）"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("公示人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("评价公示")
        verbose_name_plural = _("评价公示")
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(open_until__gt=F("announced_on")),
                name="evaluation_announcement_lasts",
                violation_error_message=_("公示截止日期要晚于公示日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.announced_on}"

    def takes_objections_on(self, day: date) -> bool:
        """Whether the notice still runs."""
        return self.announced_on <= day < self.open_until


@append_only
class Freeze(Row):
    """A school's sheets of a term for ever: the whole document, chained to the one before.

    `unit` and `term` are those of the `evaluation`, so that a term is frozen under one scheme only.
    `digest` is that of `evaluation.rules.chain` over `previous` and `document`.
    """

    evaluation = models.OneToOneField(
        TermEvaluation,
        verbose_name=_("学期评价"),
        on_delete=models.PROTECT,
        related_name="freeze",
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="freezes"
    )
    term = models.ForeignKey(
        Term, verbose_name=_("学期"), on_delete=models.PROTECT, related_name="freezes"
    )
    sequence = models.PositiveIntegerField(_("本学期第几份"))
    previous = models.CharField(_("前一份摘要"), max_length=64)
    digest = models.CharField(_("摘要"), max_length=64)
    document = models.JSONField(_("全部评价表"))
    reason = models.CharField(_("冻结说明"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("冻结人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("评价冻结")
        verbose_name_plural = _("评价冻结")
        ordering = ("term", "sequence")
        constraints = [
            models.UniqueConstraint(
                fields=["term", "sequence"],
                name="evaluation_freeze_in_one_chain",
                violation_error_message=_("一个学期的冻结只有一条链。"),
            ),
            models.UniqueConstraint(
                fields=["unit", "term"],
                name="evaluation_freeze_once_in_a_term",
                violation_error_message=_("这所学校这个学期的评价已经冻结。"),
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1) & ~Q(reason=""),
                name="evaluation_freeze_with_reason",
                violation_error_message=_("冻结评价时请写明说明。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.sequence} {self.digest[:12]}"
