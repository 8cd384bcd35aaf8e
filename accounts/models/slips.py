"""One-time slips: how a person gets the first password, or a new one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from core.models import Row


class Slip(Row):
    """A printed code with which its owner sets an own password, once, within 14 days, while the
    owner works where the slip was handed out."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="slips", verbose_name=_("账号")
    )
    code_hash = models.CharField(_("密码单摘要"), max_length=200)
    expires_at = models.DateTimeField(_("有效期至"))
    issued_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("签发人"),
    )
    place = models.CharField(_("签发时的单位"), max_length=70, blank=True, editable=False)
    redeemed_at = models.DateTimeField(_("使用时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("作废时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("一次性密码单")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(redeemed_at__isnull=True, withdrawn_at__isnull=True),
                name="accounts_one_open_slip",
                violation_error_message=_("这个账号有一张未用的密码单，请先作废。"),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="accounts_slip_has_a_life",
                violation_error_message=_("密码单的有效期要晚于签发时间。"),
            ),
            models.CheckConstraint(
                condition=Q(redeemed_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="accounts_slip_ends_one_way",
                violation_error_message=_("密码单只能是已使用或已作废，不能两者都是。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)
