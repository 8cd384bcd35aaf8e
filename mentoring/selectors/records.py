"""A school's term as bare facts of contact: who was whose mentor, how often to be seen, and when
they met. No text, no name, no reason stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from mentoring.models import (
    CareCadence,
    Contact,
    ContactKind,
    ContactPupil,
    ContactVoid,
    MentorAssignment,
    Outcome,
    RuleSet,
)
from schools.models import ClassMembership, Pupil, Term, Unit
from schools.selectors import stopped_days

REMEMBERED_DAYS = 400
"""A contact is remembered for so long: longer than any window can reach."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A teacher is a pupil's mentor in a school from `starts_on` up to `ends_on`."""

    pupil_id: UUID
    mentor_id: UUID
    unit_id: UUID
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A pupil, or every pupil where none is named, is seen in `days` days and weighs `weight`."""

    pupil_id: UUID | None
    days: int
    weight: int
    starts_on: date
    ends_on: date | None


@dataclass(slots=True)
class ContactFact:
    """One check-in without its words, and the pupils whom it was with."""

    id: UUID
    mentor_id: UUID
    kind: str
    outcome: str
    occurred_at: datetime
    recorded_at: datetime
    escalated: bool
    voided: bool
    pupils: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TermRecords:
    """What a term of a school is judged by.

    `households` names every pupil concerned: those who sit in the school or have a mentor there,
    and whoever was met together with one of them. `seats` holds days in this school only.
    """

    households: dict[UUID, UUID]
    seats: dict[UUID, list[tuple[date, date | None]]]
    pairs: list[Pair]
    cadences: list[Rhythm]
    rules: list[Rhythm]
    contacts: list[ContactFact]
    stopped: set[date]


def records_of_term(unit: Unit, term: Term) -> TermRecords:
    """The facts of a school's term, in nine queries whatever the school's size."""
    contacts = _contacts(_pupils_of(unit, term), term)
    met = {pupil for contact in contacts for pupil in contact.pupils}
    concerned = set(_pupils_of(unit, term).order_by("pk").values_list("pk", flat=True)) | met
    pairs = _pairs(concerned, term)
    first = min([term.starts_on, *(pair.starts_on for pair in pairs)])
    return TermRecords(
        households=dict(
            Pupil.objects.filter(pk__in=concerned).order_by("pk").values_list("pk", "household_id")
        ),
        seats=_seats(unit, concerned),
        pairs=pairs,
        cadences=_cadences(concerned, first),
        rules=[
            Rhythm(None, *row)
            for row in RuleSet.objects.order_by("starts_on").values_list(
                "cadence_days", "care_weight", "starts_on", "ends_on"
            )
        ],
        contacts=contacts,
        stopped=stopped_days(first, term.ends_on),
    )


def _pupils_of(unit: Unit, term: Term) -> QuerySet[Pupil]:
    """Who sits in the school or has a mentor there on some day of the term."""
    reach = {"starts_on__lt": term.ends_on}
    seats = ClassMembership.objects.reaching(term.starts_on)
    pairs = MentorAssignment.objects.reaching(term.starts_on)
    return Pupil.objects.filter(
        Q(pk__in=seats.filter(school_class__unit=unit, **reach).values("pupil"))
        | Q(pk__in=pairs.filter(unit=unit, **reach).values("pupil"))
    )


def _contacts(pupils: QuerySet[Pupil], term: Term) -> list[ContactFact]:
    """Contacts with these pupils up to the end of the term, the oldest first."""
    since = _midnight(term.starts_on - timedelta(days=REMEMBERED_DAYS))
    return _bare(
        Contact.objects.filter(
            with_pupils__pupil__in=pupils.values("pk"),
            occurred_at__gte=since,
            occurred_at__lt=_midnight(term.ends_on),
        )
    )


def _bare(contacts: QuerySet[Contact]) -> list[ContactFact]:
    """Contacts without their words, the oldest first."""
    rows = (
        ContactPupil.objects.filter(contact__in=contacts.values("pk"))
        .annotate(is_void=Exists(ContactVoid.objects.filter(contact=OuterRef("contact"))))
        .order_by("contact__occurred_at", "contact__recorded_at", "contact_id", "pupil_id")
        .values_list(
            "pupil_id",
            "contact_id",
            "contact__mentor_id",
            "contact__kind",
            "contact__outcome",
            "contact__occurred_at",
            "contact__recorded_at",
            "contact__escalated",
            "is_void",
        )
    )
    found: dict[UUID, ContactFact] = {}
    for row in rows:
        contact = found.setdefault(row[1], ContactFact(*row[1:]))
        contact.pupils.append(row[0])
    return list(found.values())


def _pairs(pupils: set[UUID], term: Term) -> list[Pair]:
    """The pupils' mentors as far back as contacts are remembered, in whatever school."""
    horizon = term.starts_on - timedelta(days=REMEMBERED_DAYS)
    rows = MentorAssignment.objects.reaching(horizon).filter(
        pupil__in=pupils, starts_on__lt=term.ends_on
    )
    columns = ("pupil_id", "mentor_id", "unit_id", "starts_on", "ends_on")
    return [Pair(*row) for row in rows.order_by("pupil_id", "starts_on").values_list(*columns)]


def _seats(unit: Unit, pupils: set[UUID]) -> dict[UUID, list[tuple[date, date | None]]]:
    found: defaultdict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    rows = ClassMembership.objects.reaching(date.min).filter(
        pupil__in=pupils, school_class__unit=unit
    )
    for pupil, start, end in rows.order_by("starts_on").values_list(
        "pupil_id", "starts_on", "ends_on"
    ):
        found[pupil].append((start, end))
    return found


def _cadences(pupils: set[UUID], first: date) -> list[Rhythm]:
    rows = CareCadence.objects.reaching(first).filter(pupil__in=pupils)
    columns = ("pupil_id", "days", "weight", "starts_on", "ends_on")
    return [Rhythm(*row) for row in rows.order_by("pupil_id", "starts_on").values_list(*columns)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.SHANGHAI)


def _running_in(term: Term) -> QuerySet[MentorAssignment]:
    """The pairs that stand on some day of the term."""
    pairs: QuerySet[MentorAssignment] = MentorAssignment.objects.reaching(term.starts_on)
    return pairs.filter(starts_on__lt=term.ends_on)


def mentors_of_term(unit: Unit, term: Term) -> set[UUID]:
    """Who was a mentor in the school on some day of the term."""
    rows = _running_in(term).filter(unit=unit)
    return set(rows.order_by("mentor_id").values_list("mentor_id", flat=True))


def schools_with_mentors(term: Term) -> list[Unit]:
    """The schools in which somebody was a mentor on some day of the term, in order of codes."""
    pairs = _running_in(term)
    return list(Unit.objects.filter(pk__in=pairs.order_by().values("unit")).order_by("code"))


def mentored_in(units: Iterable[Unit], term: Term) -> set[UUID]:
    """Those of the schools in which somebody was a mentor on some day of the term."""
    rows = _running_in(term).filter(unit__in=[unit.pk for unit in units])
    return set(rows.order_by("unit_id").values_list("unit_id", flat=True).distinct())


def mentored_under(path: str, term: Term) -> set[UUID]:
    """The schools under a path of the tree in which somebody was a mentor in the term."""
    rows = _running_in(term).filter(unit__path__startswith=path)
    return set(rows.order_by("unit_id").values_list("unit_id", flat=True).distinct())


def contacts_named(keys: Iterable[UUID]) -> dict[UUID, ContactFact]:
    """These contacts without their words, by id, the oldest first."""
    return {row.id: row for row in _bare(Contact.objects.filter(pk__in=set(keys)))}


def own_pupils_on(mentor_id: UUID, day: date) -> set[UUID]:
    """Whose mentor a teacher is on a civil date."""
    pairs = MentorAssignment.objects.on(day).filter(mentor=mentor_id)
    return set(pairs.order_by("pupil_id").values_list("pupil_id", flat=True))


def kind_in_words(kind: str) -> str:
    """What a kind of contact is called."""
    return str(ContactKind(kind).label)


def outcome_in_words(outcome: str) -> str:
    """What came of a contact, in words."""
    return str(Outcome(outcome).label)
