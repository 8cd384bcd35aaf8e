"""How signals ended, what waits for a second reader, and which signals are about one pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from schools.permissions import scope_of
from wellbeing.models import Signal, SignalClosing, SignalOutcome
from wellbeing.permissions import visible_signals


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


def in_hand(viewer: Any) -> int:
    """How many signals the viewer took on that have not ended."""
    own = scope_of(viewer).teacher
    rows = visible_signals(viewer).filter(~ends(), acknowledgement__by=own)
    return rows.exclude(_waits_for_second()).count() if own else 0


def to_confirm(viewer: Any) -> int:
    """How many findings wait for the viewer as their second reader."""
    own = scope_of(viewer).teacher
    if own is None:
        return 0
    told = SignalClosing.objects.filter(into=OuterRef("pk"), signal__raised_by=own)
    rows = visible_signals(viewer).filter(~ends(), _waits_for_second(), ~Exists(told))
    return rows.exclude(Q(acknowledgement__by=own) | Q(raised_by=own)).count()


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


def joinable_to(viewer: Any, signal: Signal) -> list[Other]:
    """Further open signals about the same pupil that the viewer may join to this one."""
    own = scope_of(viewer).teacher
    if own is None or signal.pupil_id is None:
        return []
    held = SignalClosing.objects.filter(into=OuterRef("pk"))
    rows: QuerySet[Signal] = visible_signals(viewer).filter(~ends(), ~Exists(held))
    free = rows.filter(Q(acknowledgement=None) | Q(acknowledgement__by=own))
    found = free.exclude(pk=signal.pk).exclude(raised_by=own).order_by("created_at")
    return [_other(row) for row in found if row.pupil_id == signal.pupil_id]


def _waits_for_second() -> Exists:
    """The condition that the owner has found a signal unfounded."""
    unfounded = SignalClosing.objects.filter(outcome=SignalOutcome.UNFOUNDED)
    return Exists(unfounded.filter(signal=OuterRef("pk")))


def _other(signal: Signal) -> Other:
    return Other(signal.pk, signal.urgency, signal.get_urgency_display(), signal.created_at)
