"""Passwords: changing the own one, and the rule that every new one must meet."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.services.notices import notify
from core import audit, throttle
from core.errors import Invalid


class PasswordRefused(Invalid):
    """The new password does not meet the rule, or the present one is wrong."""

    code = "password_refused"
    message = _("密码未能更改，请按提示修改后重新提交。")


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Give the account a new password that meets the rule; sessions of the old one are dead.

    Raises PasswordRefused.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordRefused(fields={"new_password": " ".join(error.messages)}) from error
    user.set_password(password)
    user.save(update_fields=["password"])


def change_password(*, actor: User, present: str, new: str) -> None:
    """Change the actor's own password after showing the present one (10 tries in 15 minutes).

    Raises PasswordRefused and Throttled. Other sessions end; the caller renews its own.
    """
    confirm_password(actor=actor, present=present)
    with transaction.atomic():
        set_password(user=actor, password=new)
        audit.record(actor, "accounts.password_changed", actor)
        notify(
            user=actor,
            kind="password_changed",
            text=gettext_noop("您的密码已更改。如果不是您本人操作，请立即联系学校管理员。"),
            url="/account/",
        )


def confirm_password(*, actor: User, present: str) -> None:
    """Make sure that it is still the actor who sits there. Raises PasswordRefused and Throttled."""
    throttle.hit("accounts.present_password", str(actor.pk), limit=10, per_seconds=900)
    if not actor.check_password(present):
        raise PasswordRefused(fields={"present_password": _("当前密码不正确。")})
