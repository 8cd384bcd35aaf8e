"""Handover: offered by the head of the school, briefed by the mentor, accepted by the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accounts.services import notify
from core import audit, clock
from core.errors import DomainError, Invalid, Missing
from core.reasons import required
from mentoring.models import OPEN, Handover, HandoverBrief, HandoverState, MentorAssignment
from mentoring.permissions import publishes_in
from mentoring.rules.reasons import LONGEST, SHORTEST
from mentoring.selectors.wording import private_numbers_in_words
from mentoring.services.needs import school_of
from mentoring.services.pairing import exchange, lapse_handovers, refuse_unfit
from schools.models import Pupil, Teacher
from schools.permissions import scope_of

LONGEST_BRIEF = 2_000
SHORTEST_BRIEF = 10
HANDED_OVER = "学生交接"
"""What the new pair says of its origin; the reason stands in the handover, encrypted."""


class BriefMissing(Invalid):
    """The brief says nothing, or too much, or a number that must not stand in it."""

    code = "brief_missing"
    message = _("请写一段交接说明，10 到 2000 字：怎么联系、要留意什么、下一步做什么。")

    def __init__(self, words: str = "") -> None:
        super().__init__(fields={"text": words or self.message})


class HandoverClosed(DomainError):
    """Somebody has answered already, or the pair has ended in another way."""

    code = "handover_closed"
    message = _("这项交接已经结束，没有再改动。")


class HandoverOpen(DomainError):
    """The pupil is being handed over to somebody else."""

    code = "handover_open"
    message = _("%(name)s已有一项未完成的交接，请先撤回它。")


class NothingToHandOver(DomainError):
    """The pupil has no mentor today, or the chosen one already."""

    code = "nothing_to_hand_over"
    message = _("%(name)s今天没有别的导师，不需要交接；没有导师的学生请直接指定。")


class NotBriefed(DomainError):
    """The mentor has not written the brief yet."""

    code = "not_briefed"
    message = _("原导师还没有写交接说明，写好后您会收到通知。")


@transaction.atomic
def offer_handover(
    *, actor: Any, pupils: Sequence[Pupil], mentor: Teacher, reason: str
) -> list[Handover]:
    """Offer these pupils to `mentor`; each present mentor is asked for a brief. All or none.

    Offering the same again gives the same rows. Raises Missing without the right over a pupil's
    school, ReasonMissing, NothingToHandOver, HandoverOpen, and what makes the two no pair.
    """
    today = clock.today()
    chosen = sorted(pupils, key=lambda pupil: pupil.pk)
    if not chosen or any(not _heads(actor, pupil) for pupil in chosen):
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    keys = [pupil.pk for pupil in chosen]
    list(Pupil.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
    standing = MentorAssignment.objects.on(today).filter(pupil__in=keys).order_by("pk")
    standing = standing.select_related("mentor", "unit").select_for_update(of=("self",))
    pairs = {pair.pupil_id: pair for pair in standing}
    found = Handover.objects.filter(pupil__in=keys, state__in=OPEN).select_related("pupil")
    standing_pairs = [pair.pk for pair in pairs.values()]
    lapse_handovers(found.exclude(pair__in=standing_pairs).values_list("pair_id", flat=True))
    waiting = {row.pupil_id: row for row in found}
    made = [
        _offered(actor, pupil, mentor, why, pairs.get(pupil.pk), waiting.get(pupil.pk))
        for pupil in chosen
    ]
    fresh = [row for row in made if row.pupil_id not in waiting]
    for giver in {row.from_mentor for row in fresh}:
        _tell(giver, gettext_noop("有学生等待您写交接说明。"))
    return made


def _offered(
    actor: Any,
    pupil: Pupil,
    mentor: Teacher,
    reason: str,
    pair: MentorAssignment | None,
    waiting: Handover | None,
) -> Handover:
    if waiting is not None and waiting.to_mentor_id == mentor.pk:
        return waiting
    if waiting is not None:
        raise HandoverOpen(name=pupil.name)
    if pair is None or pair.mentor_id == mentor.pk:
        raise NothingToHandOver(name=pupil.name)
    refuse_unfit(pupil, mentor, pair.unit, clock.today())
    row = Handover.objects.create(
        pair=pair,
        pupil=pupil,
        unit=pair.unit,
        from_mentor=pair.mentor,
        to_mentor=mentor,
        reason=reason,
        offered_by=actor,
    )
    audit.record(actor, "mentoring.offer_handover", row, unit=row.unit)
    return row


@transaction.atomic
def brief_handover(*, actor: Any, handover: Handover, text: str) -> Handover:
    """The present mentor tells the next one what to know; the next one is asked to accept.

    A second brief leaves the first. Raises Missing for another's handover, BriefMissing,
    HandoverClosed.
    """
    if scope_of(actor).teacher is None or scope_of(actor).teacher != handover.from_mentor:
        raise Missing
    row = _locked(handover)
    if row.state == HandoverState.BRIEFED:
        return row
    if row.state != HandoverState.OFFERED or not _stands(row):
        raise HandoverClosed
    said = text.strip()
    if not SHORTEST_BRIEF <= len(said) <= LONGEST_BRIEF:
        raise BriefMissing
    if numbers := private_numbers_in_words(said):
        raise BriefMissing(numbers)
    HandoverBrief.objects.create(handover=row, text=said)
    row.state, row.briefed_at = HandoverState.BRIEFED, clock.now()
    row.save(update_fields=["state", "briefed_at"])
    audit.record(actor, "mentoring.brief_handover", row, unit=row.unit)
    _tell(row.to_mentor, gettext_noop("有学生等待您接手。"))
    return row


@transaction.atomic
def accept_handover(*, actor: Any, handover: Handover) -> Handover:
    """From today the next mentor is the pupil's mentor; the former one reads nothing any more.

    Accepting again changes nothing. Raises Missing for another's handover, NotBriefed,
    HandoverClosed, and what makes the two no pair.
    """
    row = _mine_to_answer(actor, handover)
    if row.state == HandoverState.ACCEPTED:
        return row
    if row.state == HandoverState.OFFERED:
        raise NotBriefed
    today = clock.today()
    if not row.is_open or not _stands(row) or school_of(row.pupil, today) != row.unit:
        raise HandoverClosed
    refuse_unfit(row.pupil, row.to_mentor, row.unit, today)
    # the end of the pair lets every open handover lapse; this one is closed as accepted after it
    row.made = exchange(
        pupil=row.pupil, mentor=row.to_mentor, unit=row.unit, reason=HANDED_OVER, today=today
    )
    row.state, row.closed_at = HandoverState.ACCEPTED, clock.now()
    row.save(update_fields=["state", "closed_at", "made"])
    audit.record(actor, "mentoring.accept_handover", row, unit=row.unit)
    return row


@transaction.atomic
def refuse_handover(*, actor: Any, handover: Handover, reason: str) -> Handover:
    """The next mentor declines with a reason; the pair stands as before.

    Refusing again changes nothing. Raises Missing for another's handover, ReasonMissing,
    HandoverClosed.
    """
    row = _mine_to_answer(actor, handover)
    return _ended(actor, row, HandoverState.REFUSED, reason, "mentoring.refuse_handover")


@transaction.atomic
def withdraw_handover(*, actor: Any, handover: Handover, reason: str) -> Handover:
    """The head of the school takes the offer back; the pair stands as before.

    Withdrawing again changes nothing. Raises Missing without the right, ReasonMissing,
    HandoverClosed.
    """
    if not publishes_in(actor, handover.unit):
        raise Missing
    row = _locked(handover)
    return _ended(actor, row, HandoverState.WITHDRAWN, reason, "mentoring.withdraw_handover")


def _heads(actor: Any, pupil: Pupil) -> bool:
    unit = school_of(pupil, clock.today())
    return unit is not None and publishes_in(actor, unit)


def _stands(row: Handover) -> bool:
    """Whether the pair that is to be handed over holds today."""
    return bool(MentorAssignment.objects.on(clock.today()).filter(pk=row.pair_id).exists())


def _locked(handover: Handover) -> Handover:
    """The handover as it stands, the pupil's row held: the same order as every other change."""
    Pupil.objects.select_for_update(of=("self",)).get(pk=handover.pupil_id)
    rows = Handover.objects.select_for_update(of=("self",))
    return rows.select_related("pupil", "unit", "to_mentor", "from_mentor").get(pk=handover.pk)


def _mine_to_answer(actor: Any, handover: Handover) -> Handover:
    own = scope_of(actor).teacher
    if own is None or own.pk != handover.to_mentor_id:
        raise Missing
    return _locked(handover)


def _ended(actor: Any, row: Handover, state: HandoverState, reason: str, verb: str) -> Handover:
    if row.state == state:
        return row
    if not row.is_open:
        raise HandoverClosed
    row.answer = required(reason, SHORTEST, LONGEST)
    row.state, row.closed_at = state, clock.now()
    row.save(update_fields=["state", "closed_at", "answer"])
    audit.record(actor, verb, row, unit=row.unit)
    if row.offered_by is not None and state == HandoverState.REFUSED:
        _notify(row.offered_by, gettext_noop("一项学生交接被谢绝，请另作安排。"))
    return row


def _tell(teacher: Teacher, text: str) -> None:
    if teacher.user is not None:
        _notify(teacher.user, text)


def _notify(user: Any, text: str) -> None:
    notify(user=user, kind="handover", text=text, url=reverse("mentoring:handovers"))
