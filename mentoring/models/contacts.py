"""Check-ins: facts of contact, added and never edited; their words lie encrypted beside them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import EncryptedTextField
from core.models import Row
from core.triggers import append_only
from mentoring.rules.due import CLOCK_TOLERANCE
from schools.models import Pupil, Teacher, Unit


class ContactKind(models.TextChoices):
    """What a contact was."""

    TALK = "talk", _("谈话")
    VISIT = "visit", _("家访")
    LETTER = "letter", _("成长寄语")
    ONLINE = "online", _("电话或线上")
    GROUP = "group", _("集体活动")


class Outcome(models.TextChoices):
    """What came of it."""

    MADE = "made", _("已联系上")
    ATTEMPTED = "attempted", _("未联系上")
    REFUSED = "refused", _("对方不愿谈")
    ABSENT = "absent", _("本人不在")


@append_only
class Contact(Row):
    """One check-in as it was logged, by whom, when it took place and when it was recorded.

    `escalated` says that the mentor passed a worry on; what it was stands in the locked room.
    """

    mentor = models.ForeignKey(
        Teacher, verbose_name=_("导师"), on_delete=models.PROTECT, related_name="contacts"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="contacts"
    )
    kind = models.CharField(_("方式"), max_length=10, choices=ContactKind.choices)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices)
    occurred_at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"), default=clock.now, editable=False)
    escalated = models.BooleanField(_("已上报"), default=False)
    submission_key = models.UUIDField(_("提交编号"), unique=True)

    class Meta:
        verbose_name = _("联系记录")
        verbose_name_plural = _("联系记录")
        ordering = ("-occurred_at", "-pk")
        indexes = [
            models.Index(fields=["mentor", "occurred_at"], name="mentoring_contact_mentor"),
            models.Index(fields=["unit", "occurred_at"], name="mentoring_contact_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values),
                name="mentoring_contact_kind_known",
                violation_error_message=_("请选择谈话、家访、成长寄语、电话或线上、集体活动之一。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values),
                name="mentoring_contact_outcome_known",
                violation_error_message=_("请选择联系的结果。"),
            ),
            models.CheckConstraint(
                condition=Q(occurred_at__lte=F("recorded_at") + CLOCK_TOLERANCE),
                name="mentoring_contact_not_in_future",
                violation_error_message=_("联系发生的时间不能晚于现在。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} {self.get_kind_display()} {self.occurred_at:%Y-%m-%d}"


@append_only
class ContactPupil(models.Model):
    """A pupil whom a contact was with."""

    contact = models.ForeignKey(
        Contact, verbose_name=_("联系记录"), on_delete=models.PROTECT, related_name="with_pupils"
    )
    pupil = models.ForeignKey(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, related_name="contacts"
    )

    class Meta:
        verbose_name = _("联系对象")
        verbose_name_plural = _("联系对象")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "pupil"],
                name="mentoring_contact_pupil_once",
                violation_error_message=_("同一名学生在一条记录里只写一次。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.pupil_id}"


@append_only
class ContactText(Row):
    """What was noted of a contact; encrypted, read by few, and never by evaluation."""

    contact = models.OneToOneField(
        Contact, verbose_name=_("联系记录"), on_delete=models.PROTECT, related_name="note"
    )
    text = EncryptedTextField(_("内容"))

    class Meta:
        verbose_name = _("联系内容")
        verbose_name_plural = _("联系内容")

    def __str__(self) -> str:
        return str(self.contact_id)


@append_only
class Amendment(Row):
    """What the mentor adds to a note later, and why; the note itself stays as it was."""

    contact = models.ForeignKey(
        Contact, verbose_name=_("联系记录"), on_delete=models.PROTECT, related_name="amendments"
    )
    by = models.ForeignKey(
        Teacher, verbose_name=_("补充人"), on_delete=models.PROTECT, related_name="+"
    )
    text = EncryptedTextField(_("补充内容"))
    reason = models.CharField(_("补充原因"), max_length=200)
    submission_key = models.UUIDField(_("提交编号"), unique=True)

    class Meta:
        verbose_name = _("补充记录")
        verbose_name_plural = _("补充记录")
        ordering = ("created_at",)

    def __str__(self) -> str:
        return f"{self.contact_id} {self.created_at:%Y-%m-%d}"


@append_only
class ContactVoid(Row):
    """A contact that does not count because it was logged by mistake; the row is kept."""

    contact = models.OneToOneField(
        Contact, verbose_name=_("联系记录"), on_delete=models.PROTECT, related_name="void"
    )
    by = models.ForeignKey(
        Teacher, verbose_name=_("作废人"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("作废原因"), max_length=200)

    class Meta:
        verbose_name = _("作废")
        verbose_name_plural = _("作废")

    def __str__(self) -> str:
        return str(self.contact_id)
