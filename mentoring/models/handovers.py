"""Handover: a pupil passes from one mentor to the next, with what the next one must know."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedTextField
from core.models import Row
from core.triggers import append_only
from mentoring.models.assignments import MentorAssignment
from schools.models import Pupil, Teacher, Unit


class HandoverState(models.TextChoices):
    """How far a handover is."""

    OFFERED = "offered", _("等待交接说明")
    BRIEFED = "briefed", _("等待接手")
    ACCEPTED = "accepted", _("已接手")
    REFUSED = "refused", _("已谢绝")
    WITHDRAWN = "withdrawn", _("已撤回")
    LAPSED = "lapsed", _("结对已另行结束")


OPEN = (HandoverState.OFFERED, HandoverState.BRIEFED)


class Handover(Row):
    """The head of the school offers a mentor's pupil to another mentor.

    Until it is accepted the pair stands; accepting ends it and begins `made` on the same day.
    Reasons may say something of a child, so they are encrypted.
    """

    pair = models.ForeignKey(
        MentorAssignment,
        verbose_name=_("原结对"),
        on_delete=models.PROTECT,
        related_name="handovers",
    )
    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="handovers"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="handovers"
    )
    from_mentor = models.ForeignKey(
        Teacher, verbose_name=_("原导师"), on_delete=models.PROTECT, related_name="handovers_given"
    )
    to_mentor = models.ForeignKey(
        Teacher, verbose_name=_("新导师"), on_delete=models.PROTECT, related_name="handovers_taken"
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=HandoverState.choices, default=HandoverState.OFFERED
    )
    reason = EncryptedTextField(_("交接原因"))
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发起人"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    briefed_at = models.DateTimeField(_("说明写于"), null=True, blank=True)
    closed_at = models.DateTimeField(_("结束于"), null=True, blank=True)
    answer = EncryptedTextField(_("谢绝或撤回的原因"), null=True, blank=True)
    made = models.OneToOneField(
        MentorAssignment,
        verbose_name=_("新结对"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handover",
    )

    class Meta:
        verbose_name = _("交接")
        verbose_name_plural = _("交接")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["to_mentor", "state"], name="mentoring_handover_to"),
            models.Index(fields=["from_mentor", "state"], name="mentoring_handover_from"),
            models.Index(fields=["unit", "state"], name="mentoring_handover_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=HandoverState.values),
                name="mentoring_handover_state_known",
                violation_error_message=_("交接的状态不在允许的范围内。"),
            ),
            models.CheckConstraint(
                condition=~Q(to_mentor=F("from_mentor")),
                name="mentoring_handover_to_another",
                violation_error_message=_("请选择另一位教师，不能交接给原导师自己。"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at__isnull=True)
                | Q(closed_at__isnull=False) & ~Q(state__in=OPEN),
                name="mentoring_handover_closed_at_its_end",
                violation_error_message=_("交接结束时必须记下时间。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["briefed", "accepted"]) | Q(briefed_at__isnull=False),
                name="mentoring_handover_briefed_first",
                violation_error_message=_("先写好交接说明，对方才能接手。"),
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", made__isnull=False)
                | Q(made__isnull=True) & ~Q(state="accepted"),
                name="mentoring_handover_accepted_makes_a_pair",
                violation_error_message=_("接手的同时必须建立新的结对。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | Q(answer__isnull=False),
                name="mentoring_handover_refused_with_reason",
                violation_error_message=_("谢绝或撤回时请写明原因。"),
            ),
            models.UniqueConstraint(
                fields=["pupil"],
                condition=Q(state__in=OPEN),
                name="mentoring_handover_one_open",
                violation_error_message=_("这名学生已有一项未完成的交接。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil} {self.from_mentor} → {self.to_mentor}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state in OPEN


@append_only
class HandoverBrief(Row):
    """What the mentor tells the next one; encrypted, and never edited."""

    handover = models.OneToOneField(
        Handover, verbose_name=_("交接"), on_delete=models.PROTECT, related_name="brief"
    )
    text = EncryptedTextField(_("交接说明"))

    class Meta:
        verbose_name = _("交接说明")
        verbose_name_plural = _("交接说明")

    def __str__(self) -> str:
        return str(self.handover_id)
