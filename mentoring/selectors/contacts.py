"""What was logged of a pupil, as far as the reader may know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from core import clock
from core.errors import Missing
from mentoring.models import Amendment, Contact, ContactText, ContactVoid, MentorAssignment
from mentoring.permissions import Reading, reading_of
from mentoring.rules.due import ALLOWED_LAG_DAYS
from mentoring.selectors.caseload import Case
from schools.models import ClassMembership, Pupil
from schools.permissions import scope_of


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added to a note later, and why."""

    at: datetime
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact; `text` and `additions` are there only for who may read them.

    `has_words` tells that something was written, `days_late` how many days beyond the allowed lag
    it was recorded, `voided_because` why it does not count.
    """

    contact: Contact
    is_own: bool
    has_words: bool
    text: str
    additions: tuple[Addition, ...]
    voided_because: str
    days_late: int


def get_pupil_to_read(*, viewer: Any, pupil_id: UUID) -> tuple[Pupil, Reading]:
    """A pupil of whose check-ins the viewer reads something, and how much. Raises Missing."""
    pupil = Pupil.objects.filter(pk=pupil_id).first()
    reading = reading_of(viewer, pupil) if pupil else Reading.NOTHING
    if pupil is None or reading == Reading.NOTHING:
        raise Missing
    return pupil, reading


def pupils_named(ids: Iterable[UUID]) -> list[Pupil]:
    """These pupils, in the order given. Raises Missing when one is not there."""
    wanted = list(dict.fromkeys(ids))
    found = Pupil.objects.in_bulk(wanted)
    if len(found) != len(wanted):
        raise Missing
    return [found[key] for key in wanted]


def siblings_of(cases: Iterable[Case]) -> dict[UUID, list[Pupil]]:
    """Brothers and sisters in classes today, by household, of pupils in a caseload."""
    homes: dict[UUID, set[UUID]] = defaultdict(set)
    for case in cases:
        homes[case.household_id].add(case.pupil_id)
    seated = ClassMembership.objects.on(clock.today()).values("pupil")
    found: defaultdict[UUID, list[Pupil]] = defaultdict(list)
    for pupil in Pupil.objects.filter(household__in=homes, pk__in=seated).order_by("pinyin"):
        if pupil.pk not in homes[pupil.household_id]:
            found[pupil.household_id].append(pupil)
    return found


def get_own_contact(*, viewer: Any, contact_id: UUID) -> Contact:
    """A contact that the viewer logged, with a pupil of whom the viewer is mentor today.

    Raises Missing.
    """
    own = scope_of(viewer).teacher
    contact = Contact.objects.filter(pk=contact_id, mentor=own).first() if own else None
    if contact is None:
        raise Missing
    with_pupils = contact.with_pupils.values("pupil")
    today = MentorAssignment.objects.on(clock.today())
    if not today.filter(mentor=own, pupil__in=with_pupils).exists():
        raise Missing
    return contact


def entries_of(viewer: Any, pupil: Pupil, reading: Reading) -> list[Entry]:
    """The contacts with a pupil, the newest first. Four queries."""
    own = scope_of(viewer).teacher
    rows = Contact.objects.filter(with_pupils__pupil=pupil).select_related("mentor")
    contacts = list(rows.order_by("-occurred_at", "-recorded_at", "-pk"))
    readable = [
        contact.pk
        for contact in contacts
        if reading == Reading.ALL_WORDS or (reading == Reading.OWN_WORDS and contact.mentor == own)
    ]
    written = set(
        ContactText.objects.filter(contact__in=contacts).values_list("contact_id", flat=True)
    )
    texts = {row.contact_id: row.text for row in ContactText.objects.filter(contact__in=readable)}
    additions = _additions(readable)
    voids = dict(
        ContactVoid.objects.filter(contact__in=contacts).values_list("contact_id", "reason")
    )
    return [
        Entry(
            contact=contact,
            is_own=contact.mentor == own,
            has_words=contact.pk in written,
            text=texts.get(contact.pk, ""),
            additions=tuple(additions.get(contact.pk, ())),
            voided_because=voids.get(contact.pk, ""),
            days_late=_days_late(contact),
        )
        for contact in contacts
    ]


def _additions(contacts: Iterable[UUID]) -> dict[UUID, list[Addition]]:
    found: defaultdict[UUID, list[Addition]] = defaultdict(list)
    for row in Amendment.objects.filter(contact__in=contacts).order_by("created_at"):
        found[row.contact_id].append(Addition(row.created_at, row.reason, row.text))
    return found


def _days_late(contact: Contact) -> int:
    days = clock.civil_date(contact.recorded_at) - clock.civil_date(contact.occurred_at)
    return max(0, days.days - ALLOWED_LAG_DAYS)
