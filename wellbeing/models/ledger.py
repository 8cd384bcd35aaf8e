"""The ledger (台账): who needs care and why, and the two people who stand for each entry.

A dump tells neither pupil nor category: both are encrypted, and the indexes beside them are keyed
digests. The category alone has none, because few values are told by their frequency.
"""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.crypto import KeyRing, blind_index
from core.fields import EncryptedTextField
from core.models import Row
from core.triggers import append_only
from schools.models import Teacher, Unit


class Standing(models.TextChoices):
    """As what somebody signs."""

    PSYCHOLOGY_TEACHER = "psychology_teacher", _("心理教师")
    CLASS_TEACHER = "class_teacher", _("班主任")


class Step(models.TextChoices):
    """What is signed: that a pupil enters the ledger, or leaves it."""

    ENTER = "enter", _("列入")
    LEAVE = "leave", _("移出")


class Closing(models.TextChoices):
    """How an entry came to an end."""

    WITHDRAWN = "withdrawn", _("撤回")
    ENDED = "ended", _("结束关注")


def pupil_index(pupil_id: UUID, ring: KeyRing | None = None) -> str:
    """The digest by which the entries of one pupil are found."""
    return blind_index(str(pupil_id), "wellbeing_ledgerentry:pupil", ring)


def matter_index(pupil_id: UUID, category: str) -> str:
    """The digest of pupil and category together, by which a second open entry is refused."""
    return blind_index(f"{pupil_id}\0{category}", "wellbeing_ledgerentry:matter")


class LedgerEntry(Row):
    """One category of one pupil, from its proposal to its end.

    It stands when a psychology teacher and the class teacher have both signed; how it was closed
    is written once. `unit` is the school at the time of the proposal.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="ledger_entries"
    )
    pupil = EncryptedTextField(_("学生"))
    category = EncryptedTextField(_("类别"))
    reason = EncryptedTextField(_("依据"))
    pupil_index = models.CharField(_("学生索引"), max_length=64, db_index=True, editable=False)
    matter_index = models.CharField(_("事项索引"), max_length=64, editable=False)
    proposed_by = models.ForeignKey(
        Teacher, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    closing = models.CharField(
        _("怎样结束"), max_length=10, choices=Closing.choices, blank=True, default=""
    )
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Teacher,
        verbose_name=_("结束人"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("关注记录")
        verbose_name_plural = _("关注记录")
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["matter_index"],
                condition=Q(closed_at__isnull=True),
                name="wellbeing_entry_open_once",
                violation_error_message=_("这名学生的这一类别已在台账中。"),
            ),
            models.CheckConstraint(
                condition=~Q(pupil_index="") & ~Q(matter_index=""),
                name="wellbeing_entry_has_indexes",
                violation_error_message=_("关注记录缺少索引。"),
            ),
            models.CheckConstraint(
                condition=Q(closing="", closed_at__isnull=True, closed_by__isnull=True)
                | Q(
                    closing__in=["withdrawn", "ended"],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                ),
                name="wellbeing_entry_closed_whole",
                violation_error_message=_("结束时要写明方式、时间和办理人。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def pupil_id(self) -> UUID:
        """The pupil's key, decrypted."""
        return UUID(self.pupil)


@append_only
class LedgerSignature(Row):
    """One person signs, in one standing, that an entry stands or ends; why it ends is encrypted."""

    entry = models.ForeignKey(
        LedgerEntry,
        verbose_name=_("关注记录"),
        on_delete=models.PROTECT,
        related_name="signatures",
    )
    step = models.CharField(_("事项"), max_length=5, choices=Step.choices)
    standing = models.CharField(_("身份"), max_length=20, choices=Standing.choices)
    by = models.ForeignKey(
        Teacher, verbose_name=_("确认人"), on_delete=models.PROTECT, related_name="+"
    )
    reason = EncryptedTextField(_("原因"), null=True)

    class Meta:
        verbose_name = _("台账确认")
        verbose_name_plural = _("台账确认")
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=["enter", "leave"]),
                name="wellbeing_signature_step_known",
                violation_error_message=_("只能确认列入或移出。"),
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["psychology_teacher", "class_teacher"]),
                name="wellbeing_signature_standing_known",
                violation_error_message=_("只有心理教师和班主任可以确认。"),
            ),
            models.UniqueConstraint(
                fields=["entry", "step", "standing"],
                name="wellbeing_signature_once_per_standing",
                violation_error_message=_("这一身份已经确认过。"),
            ),
            models.UniqueConstraint(
                fields=["entry", "step", "by"],
                name="wellbeing_signature_two_people",
                violation_error_message=_("两项确认要由两个人作出。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.step} {self.standing}"
