"""One-time slips: issue, redeem. The code is shown once and stored only as a hash."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from axes.utils import reset as forget_failures
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts import rules
from accounts.models import Slip, User
from accounts.permissions import place_of
from accounts.selectors import account_named
from accounts.services.notices import notify
from accounts.services.passwords import set_password
from accounts.services.sessions import end_sessions_of
from core import audit, clock, throttle
from core.errors import DomainError


class SlipRefused(DomainError):
    """Account name and code do not belong together, or the slip is spent, withdrawn, expired, or
    of a unit that the person has left.

    The answer never says which.
    """

    code = "slip_refused"
    status = 422
    message = _(
        "账号或密码单上的代码不正确，或密码单已失效。请核对后重试，或请学校管理员重新签发。"
    )


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """What is printed: the only moment at which the code can be read."""

    user: User
    expires_at: datetime
    code: str = field(repr=False)


@transaction.atomic
def issue_slip(*, actor: Any, user: User) -> IssuedSlip:
    """Make a slip; an open one becomes void. The present password stays good until its use.

    It is good only while the person works where it is handed out: whoever keeps the accounts there
    may have a copy of it.
    """
    User.objects.select_for_update().get(pk=user.pk)
    now = clock.now()
    Slip.objects.filter(user=user, redeemed_at=None, withdrawn_at=None).update(withdrawn_at=now)
    code = rules.readable_code(rules.SLIP_GROUPS)
    slip = Slip.objects.create(
        user=user,
        code_hash=make_password(rules.normal_code(code)),
        created_at=now,
        expires_at=now + rules.SLIP_LIFETIME,
        issued_by=actor if isinstance(actor, User) else None,
        place=place_of(user),
    )
    audit.record(actor, "accounts.slip_issued", user, slip=str(slip.pk))
    return IssuedSlip(user=user, expires_at=slip.expires_at, code=code)


def redeem_slip(*, name: str, code: str, new_password: str, address: str = "") -> User:
    """Set an own password with a slip, once; all sessions of the account and its locks end.

    Raises SlipRefused, PasswordRefused (the slip stays good) and Throttled (5 tries in 15 minutes
    for a name from one address). Unknown names cost the same time.
    """
    account = rules.normal_name(name)
    throttle.hit("accounts.redeem_slip", f"{account}|{address}", limit=5, per_seconds=900)
    user = account_named(account)
    slip = _open_slip(user)
    right = check_password(rules.normal_code(code), slip.code_hash if slip else "")
    if user is None or slip is None or not right:
        if user is not None:
            audit.record(None, "accounts.slip_refused", user)
        raise SlipRefused
    with transaction.atomic():
        set_password(user=user, password=new_password)
        spent = Slip.objects.filter(pk=slip.pk, redeemed_at=None, withdrawn_at=None)
        if not spent.update(redeemed_at=clock.now()):
            raise SlipRefused
        end_sessions_of(actor=user, user=user)
        forget_failures(username=user.username)
        audit.record(user, "accounts.slip_redeemed", user, slip=str(slip.pk))
        notify(
            user=user,
            kind="password_changed",
            text=gettext_noop("您用密码单设置了新密码。如果不是您本人操作，请立即联系学校管理员。"),
            url="/account/",
        )
    return user


def _open_slip(user: User | None) -> Slip | None:
    if user is None or not user.is_active:
        return None
    open_slips = Slip.objects.filter(user=user, redeemed_at=None, withdrawn_at=None)
    return open_slips.filter(expires_at__gt=clock.now(), place=place_of(user)).first()
