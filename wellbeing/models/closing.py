"""How a signal ended: what its owner found, or to which other signal it was joined."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedTextField
from core.models import Row
from core.triggers import append_only
from schools.models import Teacher
from wellbeing.models.signals import Signal


class SignalOutcome(models.TextChoices):
    """What became of a signal."""

    UNFOUNDED = "unfounded", _("核实后没有依据")
    OBSERVE = "observe", _("已谈过，继续留意")
    CASE = "case", _("需要个案跟进")
    MERGED = "merged", _("并入同一名学生的另一条")


@append_only
class SignalClosing(Row):
    """One person's finding about a signal; `is_final` where the signal ends with it.

    “Unfounded” may take two people, the owner and a second reader; then the second row is final.
    `into` is the signal to which a merged one was joined.
    """

    signal = models.ForeignKey(
        Signal, verbose_name=_("预警信号"), on_delete=models.PROTECT, related_name="closings"
    )
    outcome = models.CharField(_("结果"), max_length=10, choices=SignalOutcome.choices)
    reason = EncryptedTextField(_("依据"), null=True)
    into = models.ForeignKey(
        Signal,
        verbose_name=_("并入"),
        null=True,
        on_delete=models.PROTECT,
        related_name="joined",
    )
    by = models.ForeignKey(
        Teacher, verbose_name=_("办理人"), on_delete=models.PROTECT, related_name="+"
    )
    is_final = models.BooleanField(_("信号到此结束"))

    class Meta:
        verbose_name = _("预警信号的结果")
        verbose_name_plural = _("预警信号的结果")
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["signal"],
                condition=Q(is_final=True),
                name="wellbeing_closing_one_end",
                violation_error_message=_("这条信号已经有了结果。"),
            ),
            models.UniqueConstraint(
                fields=["signal", "by", "outcome"],
                name="wellbeing_closing_once",
                violation_error_message=_("您已经写过这个结果。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome="merged", into__isnull=False, reason__isnull=True)
                | Q(
                    outcome__in=["unfounded", "observe", "case"],
                    into__isnull=True,
                    reason__isnull=False,
                ),
                name="wellbeing_closing_with_reason_or_into_another",
                violation_error_message=_("请写明依据；并入的要指明并入哪一条。"),
            ),
            models.CheckConstraint(
                condition=Q(is_final=True) | Q(outcome="unfounded"),
                name="wellbeing_closing_only_unfounded_waits",
                violation_error_message=_("只有“没有依据”要等第二个人复核。"),
            ),
            models.CheckConstraint(
                condition=Q(into__isnull=True) | ~Q(into=F("signal")),
                name="wellbeing_closing_into_another",
                violation_error_message=_("不能并入它自己。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.signal_id)
