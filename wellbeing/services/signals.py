"""Raising a worry, which anybody at school can, and taking it on, which one person does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.services.notices import notify
from core import audit, clock
from core.errors import DomainError, Invalid, Missing
from schools.models import ClassMembership, Pupil, Teacher, Unit
from schools.permissions import scope_of
from schools.selectors import current_unit_of
from wellbeing.models import Acknowledgement, Signal, SignalKept, SignalRecipient, Urgency
from wellbeing.models.signals import kept_index
from wellbeing.permissions import can_view_signal
from wellbeing.rules.recipients import choose
from wellbeing.selectors.naming import candidates, pupil_called, staff_named

LONGEST_TEXT, LONGEST_NAME = 2_000, 100
WAITING = gettext_noop("您有一条待处理事项，请尽快登录查看。")


class SignalWrong(Invalid):
    """A field of the signal cannot be taken; `fields` says which and why."""

    code = "signal_invalid"
    message = _("还没有送出，请改正标出的内容。情况紧急请先打电话。")


class TakenBefore(DomainError):
    """Somebody else took the signal on first."""

    code = "signal_taken"
    message = _("%(owner)s 已经接手。")


class OwnSignal(DomainError):
    code = "own_signal"
    message = _("您报告的情况要由另一个人接手。")


@transaction.atomic
def raise_signal(
    *,
    actor: Any,
    urgency: str,
    text: str,
    submission_key: UUID,
    pupil: Pupil | None = None,
    pupil_name: str = "",
    class_name: str = "",
    names: str = "",
) -> Signal:
    """Tell two people of a worry about a pupil; who raises it learns nothing in return.

    The pupil is given by a room that knows the actor may see it, or named in words and matched
    in the actor's school. Whoever `names` means gets no notice and never reads it. The same
    `submission_key` again gives the first signal. Raises Missing for somebody who works in no
    school, SignalWrong.
    """
    own = scope_of(actor).teacher
    if own is None:
        raise Missing
    before = _sent_before(own, submission_key)
    if before is not None:
        return before
    unit, pupil_id = _about_whom(own, pupil, pupil_name, class_name)
    _refuse_wrong(urgency, text, pupil_name if pupil is None else pupil.name, names)
    facts = {
        "unit": unit,
        "raised_by": own,
        "urgency": urgency,
        "pupil": None if pupil_id is None else str(pupil_id),
        "about": f"{pupil_name} {class_name}".strip(),
        "text": text.strip(),
        "names": names.strip() or None,
    }
    try:
        with transaction.atomic():
            signal = Signal.objects.create(submission_key=submission_key, **facts)
    except IntegrityError:
        again = _sent_before(own, submission_key)
        if again is None:
            raise
        return again
    told = _address(signal, own)
    audit.record(actor, "wellbeing.raise_signal", signal, unit=unit, recipients=told)
    return signal


@transaction.atomic
def acknowledge_signal(*, actor: Any, signal: Signal) -> Acknowledgement:
    """The actor takes the signal on (我接手) and is its one owner; it climbs no further.

    Doing it again gives the same row. Raises Missing out of reach, OwnSignal for who raised it,
    TakenBefore with the owner's name where somebody was first.
    """
    own = scope_of(actor).teacher
    if own is None or not can_view_signal(actor, signal):
        raise Missing
    if signal.raised_by_id == own.pk:
        raise OwnSignal
    Signal.objects.select_for_update(of=("self",)).get(pk=signal.pk)
    row, made = Acknowledgement.objects.select_related("by").get_or_create(
        signal=signal, defaults={"by": own}
    )
    if row.by_id != own.pk:
        raise TakenBefore(owner=row.by.name)
    if made:
        audit.record(actor, "wellbeing.acknowledge_signal", signal, unit=signal.unit)
    return row


def _sent_before(own: Teacher, key: UUID) -> Signal | None:
    """What was raised under this key; Missing where somebody else used it."""
    before = Signal.objects.filter(submission_key=key).first()
    if before is not None and before.raised_by_id != own.pk:
        raise Missing
    return before


def _about_whom(
    own: Teacher, pupil: Pupil | None, pupil_name: str, class_name: str
) -> tuple[Unit, UUID | None]:
    """The school that a signal belongs to, and the pupil's key where it is known."""
    if pupil is not None:
        seats = ClassMembership.objects.on(clock.today()).filter(pupil=pupil)
        seat = seats.select_related("school_class__unit").first()
        if seat is not None:
            return seat.school_class.unit, pupil.pk
    unit = current_unit_of(own)
    if unit is None or not unit.is_school:
        raise Missing
    return unit, pupil.pk if pupil else pupil_called(unit, pupil_name, class_name)


def _refuse_wrong(urgency: str, text: str, pupil_name: str, names: str) -> None:
    """Red goes out without a word of text: an adult stays with the pupil and writes later."""
    wrong: dict[str, Any] = {}
    if urgency not in Urgency.values:
        wrong["urgency"] = _("请选择紧急程度。")
    if not pupil_name.strip() or len(pupil_name) > LONGEST_NAME:
        wrong["pupil_name"] = _("请写学生的姓名，最多 100 字。")
    if len(text) > LONGEST_TEXT or (urgency != Urgency.RED and not text.strip()):
        wrong["text"] = _("请写下看到或听到了什么，最多 2000 字。")
    if len(names) > LONGEST_NAME:
        wrong["names"] = _("最多 100 字。")
    if wrong:
        raise SignalWrong(fields=wrong)


def _address(signal: Signal, own: Teacher) -> int:
    """Name the recipients, tell them that something waits, and keep it from whom it names."""
    named = staff_named(signal.unit, str(signal.names or ""))
    SignalKept.objects.bulk_create(
        SignalKept(signal=signal, teacher_index=kept_index(key)) for key in sorted(named)
    )
    chosen = choose(candidates(signal.unit), named | {own.pk})
    people = Teacher.objects.select_related("user").in_bulk(chosen)
    for key in chosen:
        SignalRecipient.objects.create(signal=signal, teacher=people[key])
        user = people[key].user
        assert user is not None
        notify(user=user, kind="wellbeing.waiting", text=WAITING, url="/wellbeing/")
    return len(chosen)
