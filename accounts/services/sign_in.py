"""The way in: password, then the second factor where it is due, then the session.

Nobody is signed in before both are shown: between them only a pending mark of ten minutes stands
in the visitor's session.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import rules, sessions
from accounts.models import User
from accounts.permissions import needs_second_factor
from accounts.selectors import (
    account_named,
    authenticator_of,
    pending_authenticator_of,
    privacy_notice_due,
)
from accounts.services.second_factor import demo_code_accepted, start_authenticator
from core import audit, clock
from core.http import client_address

PENDING = "pending_sign_in"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class Step(StrEnum):
    """What stands between a right password and the session."""

    DONE = "done"
    CODE = "code"
    ENROL = "enrol"


def check_credentials(request: HttpRequest, *, name: str, password: str) -> User | None:
    """The person to whom account name (or phone) and password belong; throttled by django-axes.

    Unknown, closed and locked accounts all give None, in the same class of time. A failure for
    an account leaves a trace, and so does the lock. What was typed for an unknown name may be a
    password: only a keyed digest of it is counted and kept.
    """
    account = rules.normal_name(name)[:64]
    known = account_named(account)
    username = known.username if known else name_not_kept(account)
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return user
    counted = getattr(request, "axes_failures_since_start", None) is not None
    if known is not None and counted:
        audit.record(None, "accounts.sign_in_refused", known)
        if getattr(request, "axes_locked_out", False):
            audit.record(None, "accounts.sign_in_locked", known)
    return None


def name_not_kept(account: str) -> str:
    """The same for the same unknown name on this platform, and of no use to who reads it."""
    digest = salted_hmac("accounts.unknown_name", account, algorithm="sha256")
    return f"?{digest.hexdigest()[:32]}"


def begin(request: HttpRequest, *, user: User) -> Step:
    """Sign the person in, or note that the second factor is due first.

    Where the demo code counts it stands in for an authenticator, unless enrolment was begun.
    """
    has_device = authenticator_of(user) is not None
    if not has_device and not needs_second_factor(user):
        complete(request, user=user, second_factor="")
        return Step.DONE
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": str(user.pk),
        "at": clock.now().timestamp(),
        "password": user.get_session_auth_hash(),
    }
    begun = pending_authenticator_of(user) is not None
    if has_device or (demo_code_accepted() and not begun):
        return Step.CODE
    start_authenticator(actor=user)
    return Step.ENROL


def pending_user(request: HttpRequest) -> User | None:
    """The person who has shown the password in this session within the last ten minutes.

    A password that was changed or made void since then has not been shown.
    """
    mark = request.session.get(PENDING)
    if mark is None:
        return None
    shown = datetime.fromtimestamp(mark["at"], UTC)
    if not shown - rules.SEEN_EVERY <= clock.now() < shown + rules.PENDING_LIFETIME:
        return None
    user = User.objects.filter(pk=UUID(mark["user"]), is_active=True).first()
    if user is None or not constant_time_compare(mark["password"], user.get_session_auth_hash()):
        return None
    return user


def complete(request: HttpRequest, *, user: User, second_factor: str) -> None:
    """Open the session under a new key and record where it began."""
    request.session.pop(PENDING, None)
    login(request, user, backend=MODEL_BACKEND)
    request.session[sessions.SIGNED_IN_AT] = clock.now().timestamp()
    request.session[sessions.DEVICE] = rules.device_name(request.headers.get("User-Agent", ""))
    request.session[sessions.ADDRESS] = client_address(request)
    request.session[sessions.SECOND_FACTOR] = second_factor
    note_privacy_due(request, user=user)
    audit.record(user, "accounts.signed_in", user, second_factor=second_factor)


def note_privacy_due(request: HttpRequest, *, user: User) -> None:
    """Note in the session whether a privacy notice waits for this person: asked at sign-in and
    when one has been read, so that a later version waits for the next sign-in."""
    request.session[sessions.PRIVACY_DUE] = privacy_notice_due(user) is not None


def raise_to_second_factor(request: HttpRequest, *, user: User, second_factor: str) -> None:
    """Note in a session that is already open that the second factor has now been shown."""
    request.session.cycle_key()
    request.session[sessions.SECOND_FACTOR] = second_factor
    audit.record(user, "accounts.second_factor_shown", user, second_factor=second_factor)


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor."""
    return bool(request.session.get(sessions.SECOND_FACTOR))


def must_read_privacy(request: HttpRequest) -> bool:
    """Whether the person of this session signed in with a privacy notice unread, and has not read
    it since, here or elsewhere."""
    due = bool(request.session.get(sessions.PRIVACY_DUE))
    return due and isinstance(request.user, User) and privacy_notice_due(request.user) is not None


def sign_out(request: HttpRequest) -> None:
    """End this session; harmless for a visitor who is not signed in."""
    if isinstance(request.user, User):
        audit.record(request.user, "accounts.signed_out", request.user)
    logout(request)
