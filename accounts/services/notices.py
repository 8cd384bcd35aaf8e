"""The inbox: put a notice in, mark it read."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import Notice, User
from core import clock


def notify(
    *,
    user: User,
    kind: str,
    text: str,
    url: str = "",
    values: Mapping[str, str | int] | None = None,
) -> Notice:
    """Put one line into a person's inbox: that something waits, never what is written there.

    ``text`` is the untranslated sentence; ``values`` fill its placeholders when it is read.
    """
    return Notice.objects.create(
        user=user, kind=kind, text=text, url=url, values=dict(values or {})
    )


@transaction.atomic
def mark_notice_read(*, actor: User, notice: Notice) -> None:
    """Mark one of the actor's notices read; the first instant stays, repeating is harmless."""
    Notice.objects.filter(pk=notice.pk, user=actor, read_at=None).update(read_at=clock.now())


@transaction.atomic
def mark_all_notices_read(*, actor: User) -> int:
    """Mark the actor's whole inbox read; returns how many were unread."""
    return Notice.objects.filter(user=actor, read_at=None).update(read_at=clock.now())
