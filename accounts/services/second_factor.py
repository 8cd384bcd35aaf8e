"""The second factor: enrol, renew the recovery codes, verify, and start again after a loss.

Numbers come from django-otp; keys lie encrypted and recovery codes hashed in rows of our own.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django_otp.oath import hotp

from accounts import rules
from accounts.models import Authenticator, RecoveryCode, User
from accounts.permissions import needs_second_factor, watchers_of
from accounts.selectors import authenticator_of, pending_authenticator_of
from accounts.services.notices import notify
from accounts.services.sessions import end_sessions_of
from accounts.services.slips import IssuedSlip, issue_slip
from core import audit, clock, throttle
from core.errors import DomainError
from core.models import ThrottleCount

KEY_BYTES = 20


class CodeRefused(DomainError):
    """The number or recovery code is wrong, spent, or from another time step."""

    code = "code_refused"
    status = 422
    message = _("动态码不正确或已过期。请核对手机时间，等新的动态码出现后重试。")


WRONG_RECOVERY_CODE = _("恢复码不正确或已经用过。请对照保存的恢复码逐位核对，或换一个没有用过的。")
NO_CODE = _(
    "动态码是 6 位数字，恢复码是 12 位字母和数字；您输入了 %(count)s 位。请核对后重新输入。"
)
NO_NUMBER = _("这里需要手机上显示的动态码（6 位数字）；您输入了 %(count)s 位。请核对后重新输入。")


@transaction.atomic
def start_authenticator(*, actor: User) -> Authenticator:
    """A pending authenticator with a fresh key; an unfinished one goes, one in force stays."""
    User.objects.select_for_update().get(pk=actor.pk)
    Authenticator.objects.filter(user=actor, confirmed_at=None).delete()
    key = base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode()
    return Authenticator.objects.create(user=actor, key=key)


def confirm_authenticator(*, actor: User, code: str) -> list[str]:
    """Put the pending authenticator in force with a right number; returns ten recovery codes, once.

    It replaces the former one. Only wrong numbers count as tries; in development and tests the
    demo code is a right one. Raises CodeRefused and Throttled.
    """
    typed = rules.normal_code(code)
    demo = _is_demo_code(typed)
    if rules.code_shape(typed) is not rules.CodeShape.NUMBER and not demo:
        raise CodeRefused(NO_NUMBER, count=len(typed))
    counted = _count_try(actor)
    pending = pending_authenticator_of(actor)
    step = _first_step(pending, typed, demo=demo) if pending else None
    if pending is None or step is None:
        raise CodeRefused
    throttle.give_back(counted)
    with transaction.atomic():
        Authenticator.objects.filter(user=actor).exclude(pk=pending.pk).delete()
        taken = Authenticator.objects.filter(pk=pending.pk, confirmed_at=None)
        if not taken.update(confirmed_at=clock.now(), last_step=step):
            raise CodeRefused
        codes = _fresh_recovery_codes(actor)
        audit.record(actor, "accounts.authenticator_confirmed", actor)
        _tell(
            actor,
            gettext_noop("您的账号已启用身份验证器。如果不是您本人操作，请立即联系学校管理员。"),
        )
    return codes


@transaction.atomic
def renew_recovery_codes(*, actor: User) -> list[str]:
    """Ten new recovery codes; all former ones become void."""
    codes = _fresh_recovery_codes(actor)
    audit.record(actor, "accounts.recovery_codes_renewed", actor)
    return codes


def verify_second_factor(*, user: User, code: str) -> str:
    """How the person has shown the second factor: ``totp``, ``recovery`` or ``demo``.

    Each number and each recovery code counts once, also under a race. The demo code counts in
    development and tests only, there for every account. Raises CodeRefused and Throttled (10
    wrong tries in 15 minutes; a spent code is a wrong one).
    """
    typed = rules.normal_code(code)
    shape = rules.code_shape(typed)
    demo = _is_demo_code(typed)
    if shape is rules.CodeShape.NEITHER and not demo:
        raise CodeRefused(NO_CODE, count=len(typed))
    counted = _count_try(user)
    device = authenticator_of(user)
    shown = "demo" if demo else _shown(user, device, typed)
    if shown is None:
        audit.record(user, "accounts.second_factor_refused", user)
        raise CodeRefused(WRONG_RECOVERY_CODE if shape is rules.CodeShape.RECOVERY else None)
    throttle.give_back(counted)
    return shown


@transaction.atomic
def reissue_second_factor(*, actor: Any, user: User, reason: str) -> IssuedSlip:
    """Start again after a loss: key, recovery codes, password and sessions become void.

    The person redeems the returned slip and enrols anew, so a stolen password alone opens nothing.
    A pending authenticator stays behind for whoever needs one: the next sign-in leads to it.
    Whoever holds the slip could enter in the person's place, so those who answer for the children
    concerned are told at once.
    """
    Authenticator.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    if needs_second_factor(user):
        start_authenticator(actor=user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions_of(actor=actor, user=user)
    audit.record(actor, "accounts.second_factor_reissued", user, purpose=reason)
    _tell(
        user,
        gettext_noop("管理员已为您重新办理身份验证器。如果不是您本人申请，请立即联系学校管理员。"),
    )
    for watcher in watchers_of(user, actor):
        notify(
            user=watcher,
            kind="second_factor_of_another",
            text=gettext_noop(
                "%(actor)s刚为%(name)s（账号%(account)s）重新办理了身份验证器。"
                "请向本人核实；如果不是本人申请，请立即停用该账号。"
            ),
            values={"actor": str(actor), "name": str(user), "account": user.username},
        )
    return issue_slip(actor=actor, user=user)


def demo_code_accepted() -> bool:
    """Whether this process accepts the demo code at all."""
    return bool(settings.DEMO_SIGN_INS and settings.DEMO_CODE)


def _is_demo_code(typed: str) -> bool:
    return demo_code_accepted() and secrets.compare_digest(
        typed.encode(), rules.normal_code(settings.DEMO_CODE).encode()
    )


def _count_try(user: User) -> ThrottleCount:
    return throttle.hit("accounts.second_factor", str(user.pk), limit=10, per_seconds=900)


def _shown(user: User, device: Authenticator | None, typed: str) -> str | None:
    if device is None:
        return None
    if _spend_number(device, typed):
        return "totp"
    return "recovery" if _spend_recovery_code(user, typed) else None


def _first_step(pending: Authenticator, typed: str, *, demo: bool) -> int | None:
    """The step of a new key's first number; the demo code spends none."""
    return pending.last_step if demo else _matching_step(pending, typed)


def _matching_step(device: Authenticator, code: str) -> int | None:
    key = base64.b32decode(str(device.key))

    def number_of(step: int) -> str:
        return str(hotp(key, step, rules.TOTP_DIGITS)).zfill(rules.TOTP_DIGITS)

    return rules.matching_step(number_of, code, at=clock.now(), after=device.last_step)


def _spend_number(device: Authenticator, code: str) -> bool:
    step = _matching_step(device, code)
    if step is None:
        return False
    unspent = Authenticator.objects.filter(pk=device.pk, last_step__lt=step)
    return bool(unspent.update(last_step=step))


def _spend_recovery_code(user: User, typed: str) -> bool:
    if rules.code_shape(typed) is not rules.CodeShape.RECOVERY:
        return False
    for row in RecoveryCode.objects.filter(user=user, spent_at=None):
        if check_password(typed, row.code_hash):
            return _spend(user, row)
    return False


def _spend(user: User, row: RecoveryCode) -> bool:
    with transaction.atomic():
        if not RecoveryCode.objects.filter(pk=row.pk, spent_at=None).update(spent_at=clock.now()):
            return False
        left = RecoveryCode.objects.filter(user=user, spent_at=None).count()
        audit.record(user, "accounts.recovery_code_spent", user, left=left)
        _tell(
            user,
            gettext_noop("您的账号刚用一个恢复码登录。如果不是您本人操作，请立即联系学校管理员。"),
        )
    return True


def _fresh_recovery_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [rules.readable_code(rules.RECOVERY_GROUPS) for _number in range(rules.RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=make_password(rules.normal_code(code))) for code in codes
    )
    return codes


def _tell(user: User, text: str) -> None:
    notify(user=user, kind="second_factor", text=text, url="/account/second-factor/")
