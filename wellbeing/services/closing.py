"""Ending a signal: what its owner found, a second reader where one is needed, joining two."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.notices import notify
from core import audit
from core.errors import DomainError, Invalid, Missing
from core.reasons import LONGEST, required
from schools.models import Teacher
from schools.permissions import scope_of
from wellbeing.models import Signal, SignalClosing, SignalOutcome
from wellbeing.permissions import can_view_signal, heads_of
from wellbeing.rules.closing import OWNERS, needs_second_reader
from wellbeing.selectors.closing import (
    are_one,
    final_of,
    reporters_of,
    urgencies_of,
    waiting_finding_of,
)
from wellbeing.services.signals import WAITING, acknowledge_signal

SHORTEST: Final = 4


class NotOwner(DomainError):
    """Only who took a signal on says how it ended."""

    code = "not_owner"
    message = _("只有接手的人可以写结果。请先接手，或请接手的人来写。")


class OutcomeWrong(Invalid):
    """No such outcome."""

    code = "outcome_invalid"
    message = _("请从列出的结果中选择。")

    def __init__(self) -> None:
        super().__init__(fields={"outcome": self.message})


class SignalEnded(DomainError):
    """The signal has ended, or the same person found the same in other words."""

    code = "signal_ended"
    message = _("这条信号已经有了结果，没有再改动。")


class NothingToConfirm(DomainError):
    """No finding of the owner waits for a second reader."""

    code = "nothing_to_confirm"
    message = _("这条信号没有等待复核的结果。")


class SecondReaderNeeded(DomainError):
    """The owner, and who raised a signal, are no second reader of it."""

    code = "second_reader_needed"
    message = _("要由接手人和报告人以外的人复核。")


class NotJoinable(DomainError):
    """The two cannot become one."""

    code = "not_joinable"
    message = _(
        "只能并入同一名学生的、由您接手而且还没有写结果的信号。"
        "更急的、要回避的人不同的、已有别的信号并入的，请分开办理。"
    )


@transaction.atomic
def close_signal(*, actor: Any, signal: Signal, outcome: str, reason: str) -> SignalClosing:
    """The owner says what was found; a red signal, or one of two sources, is unfounded only once
    a second reader has confirmed it.

    The same finding again changes nothing. Raises Missing out of reach, NotOwner, OutcomeWrong,
    ReasonMissing, SignalEnded.
    """
    own = _reader(actor, signal)
    if not _owns(own, signal):
        raise NotOwner
    if outcome not in OWNERS:
        raise OutcomeWrong
    why = required(reason, SHORTEST, LONGEST)
    _hold(signal)
    before = SignalClosing.objects.filter(signal=signal, by=own, outcome=outcome).first()
    if before is not None and before.reason == why:
        return before
    if before is not None or final_of(signal) is not None:
        raise SignalEnded
    second = needs_second_reader(urgencies_of(signal), reporters_of(signal))
    is_final = outcome != SignalOutcome.UNFOUNDED or not second
    row = SignalClosing.objects.create(
        signal=signal, outcome=outcome, reason=why, by=own, is_final=is_final
    )
    audit.record(actor, "wellbeing.close_signal", signal, unit=signal.unit)
    if not is_final:
        _ask_for_a_second_reader(signal, own)
    return row


@transaction.atomic
def confirm_unfounded(*, actor: Any, signal: Signal, reason: str) -> SignalClosing:
    """A second reader confirms with a reason that nothing was there; the signal ends.

    Confirming again changes nothing. Raises Missing out of reach, SecondReaderNeeded,
    ReasonMissing, NothingToConfirm.
    """
    own = _reader(actor, signal)
    _hold(signal)
    end = final_of(signal)
    if end is not None and (end.by_id, end.outcome) == (own.pk, SignalOutcome.UNFOUNDED):
        return end
    if _owns(own, signal) or own.pk in reporters_of(signal):
        raise SecondReaderNeeded
    if waiting_finding_of(signal) is None:
        raise NothingToConfirm
    why = required(reason, SHORTEST, LONGEST)
    row = SignalClosing.objects.create(
        signal=signal, outcome=SignalOutcome.UNFOUNDED, reason=why, by=own, is_final=True
    )
    audit.record(actor, "wellbeing.confirm_unfounded", signal, unit=signal.unit)
    return row


@transaction.atomic
def join_signal(*, actor: Any, signal: Signal, into: Signal) -> SignalClosing:
    """A further signal about the same pupil becomes part of the one that the actor took on.

    Where nobody took the further one on, the actor does so with it. Every source is kept. Joining
    again changes nothing. Raises Missing out of reach, NotOwner, OwnSignal, TakenBefore,
    SignalEnded, NotJoinable.
    """
    own = _reader(actor, signal)
    _reader(actor, into)
    if not _owns(own, into):
        raise NotOwner
    _hold(signal, into)
    end = final_of(signal)
    if end is not None and end.into_id == into.pk:
        return end
    if end is not None or final_of(into) is not None:
        raise SignalEnded
    if not are_one(signal, into):
        raise NotJoinable
    acknowledge_signal(actor=actor, signal=signal)
    row = SignalClosing.objects.create(
        signal=signal, outcome=SignalOutcome.MERGED, into=into, by=own, is_final=True
    )
    audit.record(actor, "wellbeing.join_signal", signal, unit=signal.unit, into=str(into.pk))
    return row


def _reader(actor: Any, signal: Signal) -> Teacher:
    own = scope_of(actor).teacher
    if own is None or not can_view_signal(actor, signal):
        raise Missing
    return own


def _owns(own: Teacher, signal: Signal) -> bool:
    taken = getattr(signal, "acknowledgement", None)
    return taken is not None and taken.by_id == own.pk


def _hold(*signals: Signal) -> None:
    """Findings about these signals take turns; the rows are locked in one order."""
    keys = [signal.pk for signal in signals]
    list(Signal.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))


def _ask_for_a_second_reader(signal: Signal, owner: Teacher) -> None:
    """Tell the recipients who may answer, and where there is none, the heads of the school."""
    barred = {owner.pk, *reporters_of(signal)}
    addressed = signal.recipients.values_list("teacher", flat=True)
    for people in (addressed, heads_of(signal.unit)):
        users = User.objects.filter(teacher__in=set(people) - barred, is_active=True)
        asked = [user for user in users if can_view_signal(user, signal)]
        for user in asked:
            notify(user=user, kind="wellbeing.waiting", text=WAITING, url="/wellbeing/")
        if asked:
            return
