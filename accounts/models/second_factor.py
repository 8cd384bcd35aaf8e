"""The second factor: one authenticator a person, and recovery codes for when it is out of reach."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from core.fields import EncryptedTextField
from core.models import Row


class Authenticator(Row):
    """A shared key for one-time numbers; it counts once the person has shown a right number."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="authenticators", verbose_name=_("账号")
    )
    key = EncryptedTextField(_("共享密钥"))
    confirmed_at = models.DateTimeField(_("启用时间"), null=True, blank=True)
    last_step = models.BigIntegerField(_("最近一次验证码的时间步"), default=-1)

    class Meta:
        verbose_name = _("身份验证器")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at__isnull=False),
                name="accounts_one_authenticator",
                violation_error_message=_("这个账号已有身份验证器，请先重新办理。"),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at__isnull=True),
                name="accounts_one_pending_authenticator",
                violation_error_message=_("这个账号有一个待确认的身份验证器，请先完成或重新开始。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(Row):
    """A code that stands in for the authenticator once; only its hash is stored."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="recovery_codes", verbose_name=_("账号")
    )
    code_hash = models.CharField(_("恢复码摘要"), max_length=200)
    spent_at = models.DateTimeField(_("使用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("恢复码")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self.user)
