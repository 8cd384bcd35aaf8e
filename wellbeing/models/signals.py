"""Signals (预警信号): one recorded worry about one pupil, its recipients, and who took it on.

A dump tells neither who it is about nor what was written; whom it must never reach stands as a
keyed digest.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.crypto import blind_index
from core.fields import EncryptedTextField
from core.models import Row
from core.triggers import append_only
from schools.models import Teacher, Unit


class Urgency(models.TextChoices):
    """How soon somebody must act; said by who raises it, and no level of the pupil."""

    RED = "red", _("红：现在就有危险")
    ORANGE = "orange", _("橙：今天要有人找他谈")
    YELLOW = "yellow", _("黄：值得留意")


def kept_index(teacher_id: UUID) -> str:
    """The digest by which a person whom a signal must not reach is found."""
    return blind_index(str(teacher_id), "wellbeing_signalkept:teacher")


@append_only
class Signal(Row):
    """One worry as it was told. `pupil` is the key of the pupil where the words name just one.

    `unit` is the school of the pupil, or of who raises it.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="signals"
    )
    raised_by = models.ForeignKey(
        Teacher, verbose_name=_("报告人"), on_delete=models.PROTECT, related_name="+"
    )
    urgency = models.CharField(_("紧急程度"), max_length=6, choices=Urgency.choices)
    pupil = EncryptedTextField(_("学生"), null=True)
    about = EncryptedTextField(_("所说的学生"))
    text = EncryptedTextField(_("所见所闻"))
    names = EncryptedTextField(_("牵涉的成年人"), null=True)
    submission_key = models.UUIDField(_("提交编号"), unique=True)

    class Meta:
        verbose_name = _("预警信号")
        verbose_name_plural = _("预警信号")
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["unit", "created_at"], name="wellbeing_signal_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(urgency__in=["red", "orange", "yellow"]),
                name="wellbeing_signal_urgency_known",
                violation_error_message=_("请选择紧急程度。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def pupil_id(self) -> UUID | None:
        """The pupil's key, decrypted; None where the words name nobody, or more than one."""
        return UUID(self.pupil) if self.pupil else None


@append_only
class SignalRecipient(Row):
    """Somebody to whom a signal was addressed when it was raised."""

    signal = models.ForeignKey(
        Signal, verbose_name=_("预警信号"), on_delete=models.PROTECT, related_name="recipients"
    )
    teacher = models.ForeignKey(
        Teacher, verbose_name=_("收件人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("预警收件人")
        verbose_name_plural = _("预警收件人")
        constraints = [
            models.UniqueConstraint(
                fields=["signal", "teacher"],
                name="wellbeing_recipient_once",
                violation_error_message=_("同一个人只收一次。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.signal_id)


@append_only
class SignalKept(Row):
    """A person whom a signal names and whom it never reaches, as a keyed digest."""

    signal = models.ForeignKey(
        Signal, verbose_name=_("预警信号"), on_delete=models.PROTECT, related_name="kept_from"
    )
    teacher_index = models.CharField(_("回避人索引"), max_length=64, db_index=True)

    class Meta:
        verbose_name = _("预警回避人")
        verbose_name_plural = _("预警回避人")
        constraints = [
            models.UniqueConstraint(
                fields=["signal", "teacher_index"],
                name="wellbeing_kept_once",
                violation_error_message=_("同一个人只写一次。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.signal_id)


@append_only
class Acknowledgement(Row):
    """Somebody took a signal on (我接手): its one owner, and when."""

    signal = models.OneToOneField(
        Signal, verbose_name=_("预警信号"), on_delete=models.PROTECT, related_name="acknowledgement"
    )
    by = models.ForeignKey(
        Teacher, verbose_name=_("接手人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("接手")
        verbose_name_plural = _("接手")

    def __str__(self) -> str:
        return str(self.signal_id)
