"""Entering a pupil on the ledger and taking one off: two people, two standings, never one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import DomainError, Invalid, Missing
from core.reasons import required
from schools.models import ClassMembership, Pupil, Teacher
from schools.permissions import scope_of
from wellbeing.events import CareCadenceSet
from wellbeing.models import Closing, LedgerEntry, LedgerSignature, Step
from wellbeing.models.ledger import matter_index, pupil_index
from wellbeing.permissions import standings_towards
from wellbeing.rules.ledger import unsigned
from wellbeing.selectors.ledger import categories_today

SHORTEST, LONGEST = 4, 500


class CategoryUnknown(Invalid):
    code = "category_unknown"
    message = _("请从列出的类别中选择。")

    def __init__(self) -> None:
        super().__init__(fields={"category": self.message})


class SecondPersonNeeded(DomainError):
    """The same person would sign in both standings."""

    code = "second_person_needed"
    message = _("心理教师和班主任要由两个人分别确认，您已经确认过。")


class EntryClosed(DomainError):
    code = "entry_closed"
    message = _("这条关注记录已经结束，需要时请重新提出。")


class EntryStands(DomainError):
    code = "entry_stands"
    message = _("这条关注记录两人都已确认，不能撤回，请办理结束关注。")


class EntryNotConfirmed(DomainError):
    code = "entry_not_confirmed"
    message = _("这条关注记录还没有两人确认，请撤回。")


@transaction.atomic
def propose_entry(*, actor: Any, pupil: Pupil, category: str, reason: str) -> LedgerEntry:
    """Propose that a pupil is looked after; who proposes has signed in the own standing.

    Proposing what is open already gives the row that stands. Raises Missing for a pupil out of
    reach, CategoryUnknown, ReasonMissing.
    """
    own, standings = _signatory(actor, pupil.pk)
    if not categories_today().filter(code=category).exists():
        raise CategoryUnknown
    why = required(reason, SHORTEST, LONGEST)
    Pupil.objects.select_for_update(of=("self",)).get(pk=pupil.pk)
    matter = matter_index(pupil.pk, category)
    same = LedgerEntry.objects.filter(matter_index=matter, closed_at=None).first()
    if same is not None:
        return same
    seat = ClassMembership.objects.on(clock.today()).select_related("school_class__unit")
    unit = seat.get(pupil=pupil).school_class.unit
    entry = LedgerEntry.objects.create(
        unit=unit,
        pupil=str(pupil.pk),
        category=category,
        reason=why,
        pupil_index=pupil_index(pupil.pk),
        matter_index=matter,
        proposed_by=own,
    )
    LedgerSignature.objects.create(entry=entry, step=Step.ENTER, standing=_first(standings), by=own)
    audit.record(actor, "wellbeing.propose_entry", entry, unit=unit)
    return entry


@transaction.atomic
def confirm_entry(*, actor: Any, entry: LedgerEntry) -> LedgerSignature:
    """Sign that an entry stands; with the second standing the pupil's cadence changes.

    Signing again gives the first signature. Raises Missing out of reach, EntryClosed,
    SecondPersonNeeded.
    """
    held = _held(entry)
    own, standings = _signatory(actor, held.pupil_id)
    if held.closing:
        raise EntryClosed
    row, made = _sign(held, Step.ENTER, own, standings)
    if made:
        audit.record(actor, "wellbeing.confirm_entry", held, unit=held.unit)
        if not _waits(held, Step.ENTER):
            events.publish(CareCadenceSet(pupil_id=held.pupil_id))
    return row


@transaction.atomic
def withdraw_entry(*, actor: Any, entry: LedgerEntry) -> LedgerEntry:
    """Take back a proposal that has not been signed twice; doing it again changes nothing.

    Raises Missing out of reach, EntryClosed where it has ended, EntryStands.
    """
    held = _held(entry)
    own, _standings = _signatory(actor, held.pupil_id)
    if held.closing == Closing.WITHDRAWN:
        return held
    if held.closing:
        raise EntryClosed
    if not _waits(held, Step.ENTER):
        raise EntryStands
    _close(held, Closing.WITHDRAWN, own)
    audit.record(actor, "wellbeing.withdraw_entry", held, unit=held.unit)
    return held


@transaction.atomic
def end_entry(*, actor: Any, entry: LedgerEntry, reason: str) -> LedgerEntry:
    """Sign that a pupil leaves the ledger; with the second standing the entry ends.

    Signing again changes nothing. Raises Missing out of reach, ReasonMissing, EntryClosed where
    it was withdrawn, EntryNotConfirmed, SecondPersonNeeded.
    """
    held = _held(entry)
    own, standings = _signatory(actor, held.pupil_id)
    if held.closing == Closing.ENDED:
        return held
    if held.closing:
        raise EntryClosed
    if _waits(held, Step.ENTER):
        raise EntryNotConfirmed
    why = required(reason, SHORTEST, LONGEST)
    _row, made = _sign(held, Step.LEAVE, own, standings, why)
    if made:
        audit.record(actor, "wellbeing.end_entry", held, unit=held.unit)
        if not _waits(held, Step.LEAVE):
            _close(held, Closing.ENDED, own)
            events.publish(CareCadenceSet(pupil_id=held.pupil_id))
    return held


def _signatory(actor: Any, pupil_id: Any) -> tuple[Teacher, frozenset[str]]:
    """Who acts, and in which standings towards the pupil. Raises Missing without any."""
    own = scope_of(actor).teacher
    standings = standings_towards(actor, pupil_id)
    if own is None or not standings:
        raise Missing
    return own, standings


def _held(entry: LedgerEntry) -> LedgerEntry:
    """The entry as it is now, held until the end: two signatures come one after the other."""
    rows = LedgerEntry.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=entry.pk)


def _first(standings: frozenset[str]) -> str:
    return next(name for name in unsigned(()) if name in standings)


def _waits(entry: LedgerEntry, step: str) -> tuple[str, ...]:
    """The standings that have yet to sign this step."""
    signed = entry.signatures.filter(step=step).values_list("standing", flat=True)
    return unsigned(set(signed))


def _sign(
    entry: LedgerEntry,
    step: str,
    own: Teacher,
    standings: frozenset[str],
    reason: str | None = None,
) -> tuple[LedgerSignature, bool]:
    """The signature in the first of the person's standings that waits, and whether it is new."""
    signed = {row.standing: row for row in entry.signatures.filter(step=step)}
    free = [name for name in unsigned(signed) if name in standings]
    mine = next((row for row in signed.values() if row.by_id == own.pk), None)
    if mine is not None and free:
        raise SecondPersonNeeded
    if not free:
        return mine or signed[next(iter(standings))], False
    row = LedgerSignature.objects.create(
        entry=entry, step=step, standing=free[0], by=own, reason=reason
    )
    return row, True


def _close(entry: LedgerEntry, closing: str, by: Teacher) -> None:
    entry.closing, entry.closed_at, entry.closed_by = closing, clock.now(), by
    entry.save(update_fields=["closing", "closed_at", "closed_by"])
