"""Ending sessions: one, all others, or everything of a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from axes.models import AccessAttempt, AccessFailureLog
from django.db import transaction

from accounts.models import Session, User
from accounts.rules import SEEN_EVERY
from core import audit, clock, readonly
from core.errors import Missing

FAILURES_KEPT = timedelta(days=184)


@transaction.atomic
def end_session(*, actor: User, public_id: UUID) -> None:
    """End one of the actor's own sessions, for good. Raises Missing."""
    ended, _by_model = Session.objects.filter(user=actor, public_id=public_id).delete()
    if not ended:
        raise Missing
    audit.record(actor, "accounts.session_ended", actor)


@transaction.atomic
def end_other_sessions(*, actor: User, keep: str | None) -> int:
    """End every session of the actor but the one with the key ``keep``; returns how many."""
    ended, _by_model = Session.objects.filter(user=actor).exclude(session_key=keep).delete()
    if ended:
        audit.record(actor, "accounts.other_sessions_ended", actor, ended=ended)
    return ended


@transaction.atomic
def end_sessions_of(*, actor: Any, user: User) -> int:
    """End every session of a person; returns how many there were."""
    ended, _by_model = Session.objects.filter(user=user).delete()
    if ended:
        audit.record(actor, "accounts.sessions_ended", user, ended=ended)
    return ended


def note_use(row: Session) -> None:
    """Remember that a session was used just now; written at most once a minute."""
    now = clock.now()
    last: datetime | None = row.seen_at
    if last is not None and abs(now - last) < SEEN_EVERY:
        return
    with readonly.writing_session():
        Session.objects.filter(pk=row.pk).update(seen_at=now)


def forget_old_failures() -> int:
    """Remove failed sign-ins that are older than the law wants them kept; returns how many.

    Source: 网络安全法 §21(3), six months.
    """
    old = clock.now() - FAILURES_KEPT
    return sum(
        model.objects.filter(attempt_time__lt=old).delete()[0]
        for model in (AccessAttempt, AccessFailureLog)
    )


def forget_expired_sessions() -> int:
    """Remove the rows of sessions whose time has passed; returns how many."""
    gone, _by_model = Session.objects.filter(expire_date__lte=clock.now()).delete()
    return gone
