"""How signals ended, what waits for a second reader, and which signals are about one pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from schools.permissions import scope_of
from wellbeing.models import Signal, SignalClosing, SignalOutcome
from wellbeing.permissions import signals_of_headed_schools, visible_signals
from wellbeing.rules.closing import may_become_part


@dataclass(frozen=True, slots=True)
class Finding:
    """What one person found about a signal, with the words."""

    label: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another signal about the same pupil, without its words."""

    signal_id: UUID
    urgency: str
    urgency_label: str
    raised_at: datetime


def ends() -> Exists:
    """The condition that a signal has ended."""
    return Exists(SignalClosing.objects.filter(signal=OuterRef("pk"), is_final=True))


def waits_for_second() -> Q:
    """The condition that the owner has found a signal unfounded and nobody has confirmed it."""
    return Q(~ends()) & Q(_found_unfounded())


def in_hand(viewer: Any) -> int:
    """How many signals the viewer took on that have not ended."""
    own = scope_of(viewer).teacher
    rows = visible_signals(viewer).filter(~ends(), acknowledgement__by=own)
    return rows.exclude(_found_unfounded()).count() if own else 0


def to_confirm(viewer: Any) -> int:
    """How many findings wait for the viewer as their second reader."""
    own = scope_of(viewer).teacher
    if own is None:
        return 0
    told = SignalClosing.objects.filter(into=OuterRef("pk"), signal__raised_by=own)
    rows = visible_signals(viewer).filter(waits_for_second(), ~Exists(told))
    return rows.exclude(Q(acknowledgement__by=own) | Q(raised_by=own)).count()


def left_behind(viewer: Any) -> int:
    """How many open signals of the schools that the viewer heads were taken on by somebody who
    reads them no more. Two queries, and a few for every owner.
    """
    rows = signals_of_headed_schools(viewer).filter(~ends(), acknowledgement__isnull=False)
    owners = dict(rows.values_list("pk", "acknowledgement__by"))
    users = User.objects.filter(teacher__in=set(owners.values()), is_active=True)
    for user in users.select_related("teacher"):
        own = visible_signals(user).filter(acknowledgement__by=user.teacher, pk__in=list(owners))
        for key in own.values_list("pk", flat=True):
            del owners[key]
    return len(owners)


def final_of(signal: Signal) -> SignalClosing | None:
    """The finding with which a signal ended."""
    rows = SignalClosing.objects.select_related("by")
    return rows.filter(signal=signal, is_final=True).first()


def waiting_finding_of(signal: Signal) -> SignalClosing | None:
    """The owner's finding that waits for a second reader."""
    rows = list(SignalClosing.objects.filter(signal=signal))
    return rows[0] if rows and not any(row.is_final for row in rows) else None


def findings_of(signal: Signal) -> list[Finding]:
    """What was found about a signal, in order, with the words."""
    rows = SignalClosing.objects.filter(signal=signal).select_related("by")
    return [
        Finding(row.get_outcome_display(), row.by.name, row.created_at, str(row.reason or ""))
        for row in rows
    ]


def reporters_of(signal: Signal) -> set[UUID]:
    """Who raised the signal and those that were joined to it."""
    joined = SignalClosing.objects.filter(into=signal)
    return {signal.raised_by_id, *joined.values_list("signal__raised_by", flat=True)}


def urgencies_of(signal: Signal) -> set[str]:
    """How urgent the signal was said to be, and those that were joined to it."""
    joined = SignalClosing.objects.filter(into=signal)
    return {signal.urgency, *joined.values_list("signal__urgency", flat=True)}


def joined_into(viewer: Any, signal: Signal) -> list[Other]:
    """The signals that were joined to this one, as far as the viewer reads them."""
    rows = visible_signals(viewer).filter(closings__into=signal)
    return [_other(row) for row in rows.order_by("created_at")]


def parent_of(viewer: Any, signal: Signal) -> UUID | None:
    """The signal that this one was joined to, where the viewer reads it."""
    rows = visible_signals(viewer).filter(joined__signal=signal)
    return rows.values_list("pk", flat=True).first()


def are_one(signal: Signal, into: Signal) -> bool:
    """Whether a signal may become part of another: both are about one known pupil, nothing hangs
    on the first, no second reader is waited for at the other, and the rule allows it.
    """
    if signal.pk == into.pk or signal.pupil_id is None or signal.pupil_id != into.pupil_id:
        return False
    allowed = may_become_part(signal.urgency, into.urgency, _kept(signal), _kept(into))
    held = SignalClosing.objects.filter(into=signal)
    return allowed and waiting_finding_of(into) is None and not held.exists()


def joinable_to(viewer: Any, signal: Signal) -> list[Other]:
    """Further open signals about the same pupil that may become part of this one, which the
    viewer took on.
    """
    own = scope_of(viewer).teacher
    if own is None:
        return []
    rows = visible_signals(viewer).filter(~ends()).exclude(raised_by=own)
    free = rows.filter(Q(acknowledgement=None) | Q(acknowledgement__by=own))
    return [_other(row) for row in free.order_by("created_at") if are_one(row, signal)]


def targets_of(viewer: Any, signal: Signal) -> list[Other]:
    """Open signals about the same pupil that the viewer took on and may join this one to."""
    own = scope_of(viewer).teacher
    taken = getattr(signal, "acknowledgement", None)
    if own is None or signal.raised_by_id == own.pk or final_of(signal) is not None:
        return []
    if taken is not None and taken.by_id != own.pk:
        return []
    rows = visible_signals(viewer).filter(~ends(), acknowledgement__by=own)
    return [_other(row) for row in rows.order_by("created_at") if are_one(signal, row)]


def _kept(signal: Signal) -> set[str]:
    """Whom a signal must not reach, as digests."""
    return set(signal.kept_from.values_list("teacher_index", flat=True))


def _found_unfounded() -> Exists:
    """The condition that somebody has found a signal unfounded."""
    unfounded = SignalClosing.objects.filter(outcome=SignalOutcome.UNFOUNDED)
    return Exists(unfounded.filter(signal=OuterRef("pk")))


def _other(signal: Signal) -> Other:
    return Other(signal.pk, signal.urgency, signal.get_urgency_display(), signal.created_at)
