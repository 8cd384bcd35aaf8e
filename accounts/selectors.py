"""Reads about accounts: for the door, the person's own pages and those who look after accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts import rules
from accounts.models import Authenticator, Notice, PrivacyNotice, RecoveryCode, Session, Slip, User
from accounts.permissions import managed_users, place_of, standing_of
from core import clock, trace
from core.errors import Missing

AUDITOR = "auditor"
MAX_SESSIONS_SHOWN = 50


def account_named(name: str) -> User | None:
    """The account with this normal name: its account name first, else its phone number."""
    found = {
        user.username == name: user
        for user in User.objects.filter(Q(username=name) | Q(phone=name))
    }
    return found.get(True) or found.get(False)


def actors_called(words: str) -> set[UUID]:
    """Ids of the accounts with exactly this name or account name."""
    found = User.objects.filter(Q(name=words.strip()) | Q(username=rules.normal_name(words)))
    return set(found.values_list("pk", flat=True))


def names_of_actors(ids: Iterable[UUID]) -> dict[UUID, str]:
    """What the people behind these accounts are called; ids of accounts that are gone have none."""
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def account_names(viewer: User, wanted: Mapping[str, Collection[str]]) -> dict[trace.Thing, str]:
    """Names of accounts for the access log, by kind and id; for auditors only."""
    ways = {"accounts.user": (User.objects.all, lambda user: f"{user.name}（{user.username}）")}
    return trace.named(ways, wanted) if standing_of(viewer).holds(AUDITOR) else {}


def accounts_called(viewer: User, words: str) -> set[trace.Thing]:
    """The accounts with exactly this name or account name; for auditors only."""
    found = actors_called(words) if standing_of(viewer).holds(AUDITOR) else set()
    return {("accounts.user", str(key)) for key in found}


def authenticator_of(user: User) -> Authenticator | None:
    """The authenticator in force, if the person has one."""
    return Authenticator.objects.filter(user=user, confirmed_at__isnull=False).first()


def pending_authenticator_of(user: User) -> Authenticator | None:
    """The authenticator whose first number the person has not shown yet."""
    return Authenticator.objects.filter(user=user, confirmed_at=None).first()


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are unspent."""
    return RecoveryCode.objects.filter(user=user, spent_at=None).count()


def sessions_of(user: User) -> list[Session]:
    """The person's sessions, the last used first; at most 50."""
    rows = Session.objects.filter(
        user=user, signed_in_at__isnull=False, expire_date__gt=clock.now()
    )
    return list(rows.order_by("-seen_at")[:MAX_SESSIONS_SHOWN])


def notices_of(user: User) -> QuerySet[Notice]:
    """The person's inbox, newest first."""
    return Notice.objects.filter(user=user)


def unread_notices(user: User) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(user=user, read_at=None).count()


def notice_for(user: User, notice_id: UUID) -> Notice:
    """One notice of the person's own inbox. Raises Missing."""
    notice = Notice.objects.filter(user=user, pk=notice_id).first()
    if notice is None:
        raise Missing
    return notice


def privacy_notice_in_force() -> PrivacyNotice | None:
    """The newest version that is in effect today."""
    return PrivacyNotice.objects.filter(effective_on__lte=clock.today()).first()


def privacy_notice_due(user: User) -> PrivacyNotice | None:
    """The version in force, unless the person has acknowledged it."""
    notice = privacy_notice_in_force()
    if notice is None or notice.acknowledgements.filter(user=user).exists():
        return None
    return notice


@dataclass(frozen=True, slots=True)
class ManagedAccount:
    """What those who look after an account see of it: its state, no secret."""

    user: User
    has_password: bool
    has_authenticator: bool
    open_slip: Slip | None


def managed_accounts(actor: User, query: str = "") -> QuerySet[User]:
    """The accounts the actor looks after, by pinyin; ``query`` narrows by name, pinyin, account or
    phone."""
    users: QuerySet[Any] = managed_users(actor).exclude(pk=actor.pk)
    words = query.strip()[:64].replace("\0", "")
    if words:
        account = rules.normal_name(words)
        users = users.filter(
            Q(name__icontains=words)
            | Q(username__startswith=account)
            | Q(phone=account)
            | Q(spelled__startswith=account)
            | Q(initials__startswith=account)
        )
    return users.order_by("spelled", "username")


def managed_account(actor: User, user_id: UUID) -> ManagedAccount:
    """One account that the actor looks after. Raises Missing."""
    user = managed_users(actor).exclude(pk=actor.pk).filter(pk=user_id).first()
    if user is None:
        raise Missing
    slips = Slip.objects.filter(user=user, redeemed_at=None, withdrawn_at=None)
    slip = slips.filter(expires_at__gt=clock.now(), place=place_of(user)).first()
    return ManagedAccount(
        user=user,
        has_password=user.has_usable_password(),
        has_authenticator=authenticator_of(user) is not None,
        open_slip=slip,
    )


def slip_address() -> str:
    """The whole address at which a slip is redeemed, as it is printed on paper."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('accounts:slip')}"
