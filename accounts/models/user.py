"""Sign-ins. Names and standings of people live in schools; this is only the door."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core import clock


class UserManager(BaseUserManager["User"]):
    """Makes users for Django's own commands; people are made by ``accounts.services``."""

    use_in_migrations = True

    def create_user(self, username: str, password: str | None = None, **values: Any) -> User:
        user = self.model(username=username, **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **values: Any) -> User:
        return self.create_user(username, password, is_staff=True, is_superuser=True, **values)


class User(AbstractBaseUser, PermissionsMixin):
    """One person's sign-in, by account name or phone."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("账号"), max_length=64, unique=True)
    phone = models.CharField(_("手机号"), max_length=20, null=True, blank=True, unique=True)
    name = models.CharField(_("姓名"), max_length=100)
    is_active = models.BooleanField(_("启用"), default=True)
    is_staff = models.BooleanField(_("可进入内容管理"), default=False)
    date_joined = models.DateTimeField(_("开通时间"), default=clock.now)

    objects = UserManager()

    #: Nobody has an address here: people are told in their inbox. The framework asks for one.
    email = ""

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_username_any_case",
                violation_error_message=_("这个账号名已被使用，大小写不作区分。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
