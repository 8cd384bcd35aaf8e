"""Objections of mentors to figures on notice, and how each was settled; added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedTextField
from core.models import Row
from core.triggers import append_only
from evaluation.models.decided import Announcement
from schools.models import Teacher


@append_only
class Objection(Row):
    """A mentor objects to one number of the own sheet that is on notice.

    It stands beside the notice and not beside the sheet, which is recomputed. `numerator`,
    `denominator` and `sha256` name the line as it was; the words may say something of a child, so
    they are encrypted.
    """

    announcement = models.ForeignKey(
        Announcement,
        verbose_name=_("评价公示"),
        on_delete=models.PROTECT,
        related_name="objections",
    )
    mentor = models.ForeignKey(
        Teacher,
        verbose_name=_("提出的导师"),
        on_delete=models.PROTECT,
        related_name="evaluation_objections",
    )
    indicator = models.CharField(_("指标"), max_length=30)
    numerator = models.BigIntegerField(_("当时的分子"))
    denominator = models.BigIntegerField(_("当时的分母"))
    sha256 = models.CharField(_("当时这一行的摘要"), max_length=64)
    reason = EncryptedTextField(_("异议的理由"))

    class Meta:
        verbose_name = _("评价异议")
        verbose_name_plural = _("评价异议")
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "mentor", "indicator"],
                name="evaluation_objection_once",
                violation_error_message=_("您对这项数字已经提过异议，请等学校答复。"),
            ),
            models.CheckConstraint(
                condition=Q(numerator__gte=0, denominator__gte=0),
                name="evaluation_objection_to_a_number",
                violation_error_message=_("分子和分母不能是负数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement} {self.indicator}"


class Outcome(models.TextChoices):
    """How an objection was settled."""

    UPHELD = "upheld", _("成立，已更正")
    DISMISSED = "dismissed", _("不成立")
    WITHDRAWN = "withdrawn", _("已收回")


class Correction(models.TextChoices):
    """Where the facts were corrected from which a figure follows."""

    CONTACT = "contact", _("联系记录已补充、作废或补记")
    PAIR = "pair", _("导师结对已更正")
    SEAT = "seat", _("学生的学籍或班级已更正")
    CALENDAR = "calendar", _("校历已更正")
    CADENCE = "cadence", _("联系周期已调整")


@append_only
class ObjectionAnswer(Row):
    """The school's answer to an objection, or that the mentor took it back.

    An upheld one names where the facts were corrected; no figure is ever edited.
    """

    objection = models.OneToOneField(
        Objection, verbose_name=_("评价异议"), on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(_("处理结果"), max_length=10, choices=Outcome.choices)
    correction = models.CharField(
        _("更正了什么"), max_length=10, choices=Correction.choices, blank=True
    )
    reason = EncryptedTextField(_("答复"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("答复人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("异议答复")
        verbose_name_plural = _("异议答复")
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="upheld", correction__in=Correction.values)
                | Q(outcome__in=["dismissed", "withdrawn"], correction=""),
                name="evaluation_objection_upheld_names_the_correction",
                violation_error_message=_("异议成立的，请写明更正了什么；不成立的不填。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome="withdrawn", reason__isnull=True)
                | Q(outcome__in=["upheld", "dismissed"], reason__isnull=False),
                name="evaluation_objection_answered_with_reason",
                violation_error_message=_("答复异议时请写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objection} {self.outcome}"
