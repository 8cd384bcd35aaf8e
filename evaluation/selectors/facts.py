"""A school's term as the facts that the indicators are computed from."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core import clock
from evaluation.rules.defaults import filled
from evaluation.rules.facts import (
    Cadence,
    Calendar,
    Contact,
    Facts,
    Kind,
    Mentorship,
    Outcome,
    Period,
    PupilFacts,
)
from mentoring.selectors.records import ContactFact, Rhythm, TermRecords, records_of_term
from schools.models import Term, Unit


def facts_of_term(school: Unit, term: Term, as_of: date | None = None) -> Facts:
    """The facts of a school's term up to `as_of`: the days before today, or before the term's end.

    People and contacts stand in it by their ids only. Nine queries, whatever the school's size.
    """
    records = records_of_term(school, term)
    base, changed = _general(records.rules, term.starts_on)
    return Facts(
        term=Period(term.starts_on, term.ends_on),
        as_of=as_of or min(max(clock.today(), term.starts_on), term.ends_on),
        calendar=Calendar(frozenset(records.stopped)),
        pupils=_pupils(records, changed),
        mentorships=tuple(
            Mentorship(str(row.pupil_id), str(row.mentor_id), Period(row.starts_on, row.ends_on))
            for row in records.pairs
        ),
        contacts=tuple(_contact(row) for row in records.contacts),
        default_cadence_days=base.days,
        default_weight=base.weight,
    )


def _general(rules: list[Rhythm], on: date) -> tuple[Cadence, list[Cadence]]:
    """What holds for pupils without a cadence of their own: on that day, and where it differs."""
    versions = [_cadence(row) for row in rules]
    base = next((row for row in versions if on in row.period), Cadence(Period(on), 45))
    asked = (base.days, base.weight)
    return base, [row for row in versions if (row.days, row.weight) != asked]


def _pupils(records: TermRecords, changed: list[Cadence]) -> tuple[PupilFacts, ...]:
    own: dict[UUID | None, list[Cadence]] = {}
    for row in records.cadences:
        own.setdefault(row.pupil_id, []).append(_cadence(row))
    return tuple(
        PupilFacts(
            id=str(pupil),
            enrolled=tuple(Period(*seat) for seat in records.seats.get(pupil, ())),
            cadences=filled(own.get(pupil, ()), changed),
            household=str(household),
        )
        for pupil, household in records.households.items()
    )


def _cadence(row: Rhythm) -> Cadence:
    return Cadence(Period(row.starts_on, row.ends_on), row.days, row.weight)


def _contact(row: ContactFact) -> Contact:
    return Contact(
        id=str(row.id),
        mentor=str(row.mentor_id),
        pupils=tuple(str(pupil) for pupil in row.pupils),
        kind=Kind(row.kind),
        outcome=Outcome(row.outcome),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        escalated=row.escalated,
        voided=row.voided,
    )
