"""Logging a check-in, adding to it, voiding it: facts are added, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, crypto, events
from core.errors import DomainError, Invalid, Missing
from core.reasons import required
from mentoring.events import CheckInLogged, CheckInVoided
from mentoring.models import (
    Amendment,
    Contact,
    ContactKind,
    ContactPupil,
    ContactText,
    ContactVoid,
    MentorAssignment,
    Outcome,
)
from mentoring.rules.due import CLOCK_TOLERANCE
from mentoring.rules.reasons import LONGEST, SHORTEST
from mentoring.selectors.wording import private_numbers_in_words
from schools.models import Pupil, Teacher, Unit
from schools.permissions import scope_of
from wellbeing.models import Urgency
from wellbeing.services import raise_signal

CHECK_IN: Final = "check-ins"
"""What page and API name the act, so that the same submission is one contact by either way."""
FARTHEST_BACK = timedelta(days=180)
LONGEST_TEXT = 2_000


class CheckInWrong(Invalid):
    """A field of the check-in cannot be taken; `fields` says which and why."""

    code = "check_in_invalid"
    message = _("这次联系没有记下来，请改正标出的内容。")


class AlreadyVoid(DomainError):
    """The contact was voided before; nothing more can be added."""

    code = "check_in_void"
    message = _("这条记录已经作废，不能再补充。")


@dataclass(frozen=True, slots=True)
class Worry:
    """That a contact left the mentor worried: how urgent it is, and whom it must not reach."""

    urgency: str = Urgency.ORANGE
    names: str = ""


@transaction.atomic
def log_check_in(
    *,
    actor: Any,
    pupils: Sequence[Pupil],
    kind: str,
    outcome: str,
    occurred_at: datetime,
    submission_key: UUID,
    text: str = "",
    worry: Worry | None = None,
) -> Contact:
    """Record one contact of the acting mentor with pupils of his or her own.

    A home visit may be with every child of a household one of whom is the mentor's own. With a
    worry a signal is raised of each pupil, and the words go into the locked room only, with
    whatever numbers stand in them. The same
    `submission_key` again gives the first record. Raises Missing for a pupil out of reach,
    CheckInWrong for unknown words, an impossible time or an empty list of pupils, SignalWrong.
    """
    mentor = _mentor(actor)
    before = _sent_before(mentor, submission_key)
    if before is not None:
        return before
    _refuse_wrong(pupils, kind, outcome, occurred_at, text, is_kept=worry is None)
    unit = _unit_of_own(mentor, pupils, kind)
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                mentor=mentor,
                unit=unit,
                kind=kind,
                outcome=outcome,
                occurred_at=occurred_at,
                escalated=worry is not None,
                submission_key=submission_key,
            )
    except IntegrityError:
        again = _sent_before(mentor, submission_key)
        if again is None:
            raise
        return again
    with_pupils = [ContactPupil(contact=contact, pupil=pupil) for pupil in dict.fromkeys(pupils)]
    ContactPupil.objects.bulk_create(with_pupils)
    if worry is not None:
        _pass_on(actor, with_pupils, text, worry)
    elif text.strip():
        ContactText.objects.create(contact=contact, text=text.strip())
    audit.record(actor, "mentoring.log_check_in", contact, unit=unit, pupils=len(with_pupils))
    events.publish(CheckInLogged(contact_id=contact.pk, mentor_id=mentor.pk, unit_id=unit.pk))
    return contact


@transaction.atomic
def amend_check_in(
    *, actor: Any, contact: Contact, text: str, reason: str, submission_key: UUID
) -> Amendment:
    """Add to the note of one's own contact, and say why; the same key again gives the same row.

    Raises Missing for another's contact, ReasonMissing, CheckInWrong, AlreadyVoid.
    """
    mentor = _mentor(actor)
    if contact.mentor_id != mentor.pk:
        raise Missing
    same = Amendment.objects.filter(contact=contact, submission_key=submission_key).first()
    if same is not None:
        return same
    if ContactVoid.objects.filter(contact=contact).exists():
        raise AlreadyVoid
    why = required(reason, SHORTEST, LONGEST)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise CheckInWrong(fields={"text": _text_words()})
    if numbers := private_numbers_in_words(text):
        raise CheckInWrong(fields={"text": numbers})
    row = Amendment.objects.create(
        contact=contact, by=mentor, text=text.strip(), reason=why, submission_key=submission_key
    )
    audit.record(actor, "mentoring.amend_check_in", contact, unit=contact.unit)
    return row


@transaction.atomic
def void_check_in(*, actor: Any, contact: Contact, reason: str) -> ContactVoid:
    """One's own contact was logged by mistake: it stays, and counts no more.

    Voiding again gives the first row. Raises Missing for another's contact, ReasonMissing.
    """
    mentor = _mentor(actor)
    if contact.mentor_id != mentor.pk:
        raise Missing
    why = required(reason, SHORTEST, LONGEST)
    row, made = ContactVoid.objects.get_or_create(
        contact=contact, defaults={"by": mentor, "reason": why}
    )
    if made:
        audit.record(actor, "mentoring.void_check_in", contact, unit=contact.unit)
        events.publish(
            CheckInVoided(contact_id=contact.pk, mentor_id=mentor.pk, unit_id=contact.unit_id)
        )
    return row


def _pass_on(actor: Any, with_pupils: Sequence[ContactPupil], text: str, worry: Worry) -> None:
    """A signal of each pupil, under a key of the contact and the pupil: raised once."""
    words = text.strip() or str(_("联系时感到担心，没有写内容。请马上见学生本人。"))
    for row in with_pupils:
        raise_signal(
            actor=actor,
            urgency=worry.urgency,
            text=words,
            submission_key=_key_of_worry(row),
            pupil=row.pupil,
            names=worry.names,
        )


def _key_of_worry(row: ContactPupil) -> UUID:
    """The same for the same contact and pupil; from the signal nobody finds back to either."""
    digest = crypto.blind_index(f"{row.contact_id}:{row.pupil_id}", "wellbeing_signal:submission")
    return UUID(hex=digest[:32])


def _mentor(actor: Any) -> Teacher:
    teacher = scope_of(actor).teacher
    if teacher is None:
        raise Missing
    return teacher


def _sent_before(mentor: Teacher, key: UUID) -> Contact | None:
    """What was recorded under this key; Missing where somebody else used it."""
    before = Contact.objects.filter(submission_key=key).first()
    if before is not None and before.mentor_id != mentor.pk:
        raise Missing
    return before


def _refuse_wrong(
    pupils: Sequence[Pupil],
    kind: str,
    outcome: str,
    occurred_at: datetime,
    text: str,
    *,
    is_kept: bool,
) -> None:
    wrong: dict[str, Any] = {}
    now = clock.now()
    if not pupils:
        wrong["pupils"] = _("请选择联系的学生。")
    if kind not in ContactKind.values:
        wrong["kind"] = _("请选择谈话、家访、成长寄语、电话或线上、集体活动之一。")
    if outcome not in Outcome.values:
        wrong["outcome"] = _("请选择联系的结果。")
    if not now - FARTHEST_BACK <= occurred_at <= now + CLOCK_TOLERANCE:
        wrong["occurred_at"] = _("联系发生的时间应在最近 180 天以内，也不能晚于现在。")
    if len(text) > LONGEST_TEXT:
        wrong["text"] = _text_words()
    elif is_kept and (numbers := private_numbers_in_words(text)):
        wrong["text"] = numbers
    if wrong:
        raise CheckInWrong(fields=wrong)


def _text_words() -> Any:
    return _("内容要写一点，最多 2000 字。")


def _unit_of_own(mentor: Teacher, pupils: Sequence[Pupil], kind: str) -> Unit:
    """The school of the pupils, all of whom the mentor may log this for. Raises Missing."""
    own = MentorAssignment.objects.on(clock.today()).filter(mentor=mentor)
    of_own = own.filter(pupil__in=pupils).select_related("unit", "pupil")
    pairs = {pair.pupil_id: pair for pair in of_own}
    homes = {pair.pupil.household_id for pair in pairs.values()}
    for pupil in pupils:
        at_home = kind == ContactKind.VISIT and pupil.household_id in homes
        if pupil.pk not in pairs and not at_home:
            raise Missing
    unit: Unit = next(iter(pairs.values())).unit
    return unit
