"""Opening, closing and reopening accounts."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts import rules
from accounts.models import User
from accounts.services.notices import notify
from accounts.services.sessions import end_sessions_of
from core import audit
from core.errors import DomainError, Invalid


class AccountTaken(DomainError):
    """The account name or the phone number belongs to somebody already."""

    code = "account_taken"
    status = 409
    message = _("这个账号或手机号已被使用，请核对后重新填写。")


@transaction.atomic
def create_account(
    *, actor: Any, username: str, name: str, phone: str | None = None, password: str | None = None
) -> User:
    """Open an account; without ``password`` nobody can sign in until a slip is redeemed.

    Raises AccountTaken, and Invalid for a name that looks like a phone number of somebody else.
    """
    account = rules.normal_name(username)
    number = rules.normal_name(phone) if phone else None
    if not account or (rules.is_phone(account) and account != number):
        raise Invalid(fields={"username": _("账号不能为空，也不能是他人的手机号码。")})
    user = User(username=account, name=name.strip(), phone=number)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise AccountTaken from error
    audit.record(actor, "accounts.account_opened", user)
    return user


@transaction.atomic
def disable_account(*, actor: Any, user: User, reason: str) -> None:
    """Close an account: its sessions end now; repeating is harmless."""
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        user.is_active = False
        end_sessions_of(actor=actor, user=user)
        audit.record(actor, "accounts.account_disabled", user, purpose=reason)


@transaction.atomic
def enable_account(*, actor: Any, user: User, reason: str) -> None:
    """Open a closed account again; repeating is harmless."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        user.is_active = True
        audit.record(actor, "accounts.account_enabled", user, purpose=reason)


@transaction.atomic
def correct_phone(*, actor: Any, user: User, phone: str) -> None:
    """The person signs in with this phone from now on, and with the former one no longer.

    With a phone that another account has, or none, only the account name is left to sign in
    with, and the notice says so. Repeating is harmless.
    """
    number = rules.normal_name(phone) or None
    if user.phone == number:
        return
    if not took_phone(user, number):
        if user.phone is None:
            return
        took_phone(user, None)
        number = None
    audit.record(actor, "accounts.phone_corrected", user)
    notify(user=user, kind="phone_corrected", text=PHONE_NEW if number else PHONE_GONE, url=OWN)


PHONE_NEW = gettext_noop("您的登录手机号已按名册更改。如果有误，请联系学校管理员。")
PHONE_GONE = gettext_noop(
    "您的登录手机号已取消：名册上的号码已被另一个账号使用，或已不登记。"
    "请用账号登录；如果有误，请联系学校管理员。"
)
OWN = "/account/"


def took_phone(user: User, number: str | None) -> bool:
    """Whether the account has this sign-in phone now; False when another account has it."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(phone=number)
    except IntegrityError:
        return False
    user.phone = number
    return True


@transaction.atomic
def correct_name(*, actor: Any, user: User, name: str, reason: str = "") -> None:
    """The account shows the person's right name, and the person is told; repeating is harmless.

    Without `reason` the roster gave the name.
    """
    if User.objects.filter(pk=user.pk).exclude(name=name).update(name=name):
        user.name = name
        audit.record(actor, "accounts.name_corrected", user, purpose=reason)
        told = {"name": name, "reason": reason} if reason else {"name": name}
        text = NAME_CORRECTED if reason else NAME_OF_ROSTER
        notify(user=user, kind="name_corrected", text=text, url=OWN, values=told)


NAME_CORRECTED = gettext_noop(
    "您的姓名已更正为“%(name)s”，原因：%(reason)s。如果有误，请联系学校管理员。"
)
NAME_OF_ROSTER = gettext_noop("您的姓名已按名册更正为“%(name)s”。如果有误，请联系学校管理员。")
