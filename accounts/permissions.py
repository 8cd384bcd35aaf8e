"""What an account may do and needs; standing comes from posts, which live in a higher room.

``lms/wiring.py`` registers the one provider that knows posts. Without it everybody is a plain
learner who manages nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.db.models import F, QuerySet

from accounts.models import User
from accounts.rules import LEARNER_AGES, Ages


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post as the person's own profile shows it."""

    role: str
    role_name: str
    unit_code: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One page of a person's daily work, for the account menu."""

    label: str
    url: str
    testid: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What posts and assignments mean at the door: roles held, second factor, session's ages."""

    needs_second_factor: bool = False
    enters_cms: bool = False
    ages: Ages = LEARNER_AGES
    roles: frozenset[str] = frozenset()

    def holds(self, *roles: str) -> bool:
        """Whether one of these posts is held today."""
        return not self.roles.isdisjoint(roles)


class StandingProvider(Protocol):
    """Answers for a person from dated posts, as of now."""

    def standing_of(self, user: User) -> Standing: ...

    def posts_of(self, user: User) -> tuple[HeldPost, ...]: ...

    def menu_of(self, user: User) -> tuple[MenuEntry, ...]: ...

    def managed_by(self, actor: User) -> QuerySet[User]: ...

    def place_of(self, user: User) -> str: ...

    def watchers_of(self, user: User, actor: User) -> QuerySet[User]: ...


class PlainStanding:
    """Everybody is a learner; superusers enter the content admin, with the second factor."""

    def standing_of(self, user: User) -> Standing:
        return Standing(needs_second_factor=user.is_superuser, enters_cms=user.is_superuser)

    def posts_of(self, user: User) -> tuple[HeldPost, ...]:
        return ()

    def menu_of(self, user: User) -> tuple[MenuEntry, ...]:
        return ()

    def managed_by(self, actor: User) -> QuerySet[User]:
        return User.objects.none().annotate(spelled=F("name"), initials=F("name"))

    def place_of(self, user: User) -> str:
        return ""

    def watchers_of(self, user: User, actor: User) -> QuerySet[User]:
        return User.objects.none()


_provider: list[StandingProvider] = [PlainStanding()]


def register_standing(provider: StandingProvider) -> None:
    """Let ``provider`` answer from now on (called once, from the wiring)."""
    _provider[0] = provider


def standing_of(user: User) -> Standing:
    """The person's standing now, asked once per user object (so once per request)."""
    known: Standing | None = getattr(user, "_standing", None)
    if known is None:
        known = _provider[0].standing_of(user)
        user._standing = known  # type: ignore[attr-defined]
    return known


def posts_of(user: User) -> tuple[HeldPost, ...]:
    """The posts held today, with their units, for the person's own profile."""
    return _provider[0].posts_of(user)


def menu_of(user: User) -> tuple[MenuEntry, ...]:
    """The pages of the person's daily work besides the own learning, by post and employment."""
    return _provider[0].menu_of(user)


def needs_second_factor(user: User) -> bool:
    """Whether this person may be signed in only with a second factor."""
    return standing_of(user).needs_second_factor


def managed_users(actor: User) -> QuerySet[User]:
    """The accounts this person looks after: slips, authenticators, disabling; each with the
    `spelled` name (pinyin) and its `initials`."""
    return _provider[0].managed_by(actor)


def can_manage(actor: User, user: User) -> bool:
    """Whether ``user`` is among the accounts this person looks after; never the own one."""
    return actor.pk != user.pk and managed_users(actor).filter(pk=user.pk).exists()


def place_of(user: User) -> str:
    """What names the unit for which the person works today; "" for none."""
    return _provider[0].place_of(user)


def watchers_of(user: User, actor: User) -> QuerySet[User]:
    """Who learns at once that ``actor`` made this person's second factor anew: those who answer
    for the children whose data it opens; nobody for most people.
    """
    return _provider[0].watchers_of(user, actor)
