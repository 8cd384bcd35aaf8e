"""Sessions as rows that a person can see and end."""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User


class Session(AbstractBaseSession):
    """One browser's session; signed in, its row says who, on what device and since when."""

    session_key = models.CharField(_("会话密钥"), max_length=40, primary_key=True)
    session_data = models.TextField(_("会话数据"))
    expire_date = models.DateTimeField(_("过期时间"), db_index=True)
    public_id = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sessions",
        verbose_name=_("账号"),
    )
    device = models.CharField(_("设备"), max_length=80, blank=True)
    address = models.CharField(_("来源地址"), max_length=45, blank=True)
    signed_in_at = models.DateTimeField(_("登录时间"), null=True, blank=True)
    seen_at = models.DateTimeField(_("最近使用"), null=True, blank=True)

    class Meta:
        verbose_name = _("会话")
        verbose_name_plural = verbose_name

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore
