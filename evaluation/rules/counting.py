"""Which contacts count, for which pupil, from which day, and why the others do not.

Source: the bureau's mentor plan; a contact counts from max(occurred, recorded - allowed lag), an
attempt counts half as long, and after two attempts in a row only passing the matter on counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evaluation.rules.facts import Contact, Facts, Kind, Mentorship, Outcome, PupilFacts
from mentoring.rules.due import ATTEMPTS_IN_A_ROW, CLOCK_TOLERANCE


class Exclusion(StrEnum):
    """Why a contact does not count for a pupil."""

    VOIDED = "voided"
    FUTURE = "future"
    GROUP = "group"
    NOT_OWN_PUPIL = "not_own_pupil"
    DUPLICATE = "duplicate"
    ATTEMPTS = "attempts_in_a_row"
    OUTSIDE = "outside_period"


@dataclass(frozen=True, slots=True)
class Counted:
    """A contact that counts for a pupil from ``effective_on``; ``half``: half as long."""

    contact: Contact
    pupil: str
    effective_on: date
    half: bool


@dataclass(frozen=True, slots=True)
class Excluded:
    """A contact that does not count for a pupil, with the reason."""

    contact: Contact
    pupil: str
    reason: Exclusion


def judge_contacts(facts: Facts) -> tuple[list[Counted], list[Excluded]]:
    """Every contact of every pupil, once: counted or excluded; in order of occurrence."""
    mentor_on = _Mentors(facts.mentorships)
    pupils = {pupil.id: pupil for pupil in facts.pupils}
    counted: list[Counted] = []
    excluded: list[Excluded] = []
    for pupil, contacts in sorted(_by_pupil(facts.contacts, pupils).items()):
        seen: set[tuple[object, ...]] = set()
        attempts = 0
        for contact in contacts:
            reason = _plain_reason(contact, pupil, seen, mentor_on, pupils, facts)
            half = contact.outcome != Outcome.MADE
            if reason is None and half and attempts >= ATTEMPTS_IN_A_ROW:
                half = False
                if not contact.escalated:
                    reason = Exclusion.ATTEMPTS
            if reason is not None:
                excluded.append(Excluded(contact, pupil, reason))
                continue
            attempts = attempts + 1 if half else 0
            effective_on = contact.effective_on(facts.allowed_lag_days)
            counted.append(Counted(contact, pupil, effective_on, half))
    return counted, excluded


def _by_pupil(
    contacts: Iterable[Contact], pupils: Mapping[str, PupilFacts]
) -> dict[str, list[Contact]]:
    rows: dict[str, list[Contact]] = defaultdict(list)
    for contact in sorted(contacts, key=lambda row: (row.occurred_at, row.recorded_at, row.id)):
        for pupil in dict.fromkeys(contact.pupils):
            if pupil in pupils:
                rows[pupil].append(contact)
    return rows


def _plain_reason(
    contact: Contact,
    pupil: str,
    seen: set[tuple[object, ...]],
    mentor_on: _Mentors,
    pupils: Mapping[str, PupilFacts],
    facts: Facts,
) -> Exclusion | None:
    """A reason that lies in the contact itself; notes what has been seen."""
    if contact.voided:
        return Exclusion.VOIDED
    if contact.occurred_at > contact.recorded_at + CLOCK_TOLERANCE:
        return Exclusion.FUTURE
    if contact.kind == Kind.GROUP:
        return Exclusion.GROUP
    if not mentor_on.owns(contact, pupil, pupils):
        return Exclusion.NOT_OWN_PUPIL
    if contact.effective_on(facts.allowed_lag_days) >= facts.end:
        return Exclusion.OUTSIDE
    trace = (contact.mentor, contact.kind, contact.occurred_at)
    if trace in seen:
        return Exclusion.DUPLICATE
    seen.add(trace)
    return None


class _Mentors:
    """Who was whose mentor on which day."""

    def __init__(self, mentorships: Iterable[Mentorship]) -> None:
        self.rows: dict[str, list[Mentorship]] = defaultdict(list)
        for row in mentorships:
            self.rows[row.pupil].append(row)

    def of(self, pupil: str, day: date) -> Iterator[str]:
        """The mentors of a pupil on a day."""
        return (row.mentor for row in self.rows[pupil] if day in row.period)

    def owns(self, contact: Contact, pupil: str, pupils: Mapping[str, PupilFacts]) -> bool:
        """Whether the pupil was the mentor's own; one home visit counts for the household."""
        day = contact.occurred_on
        if contact.mentor in self.of(pupil, day):
            return True
        home = pupils[pupil].household
        return (
            contact.kind == Kind.VISIT
            and home is not None
            and any(
                other in pupils
                and pupils[other].household == home
                and contact.mentor in self.of(other, day)
                for other in contact.pupils
            )
        )
