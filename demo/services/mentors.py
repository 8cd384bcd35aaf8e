"""Mentoring in the present term, and in one county in the term before: every school's assignment,
and what mentors logged.

Assignments are made by the room's own services with the clock set back; contacts are written in
batches, as the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from core import audit, clock
from demo.rules import contacts as rules
from demo.rules import places
from demo.rules.people import COUNTY
from mentoring import services as mentoring
from mentoring.models import (
    AssignmentRun,
    CareCadence,
    Contact,
    ContactPupil,
    ContactText,
    MentorAssignment,
    RunState,
)
from mentoring.selectors.instances import rules_on
from schools.models import Post, Role, Term, Unit
from schools.selectors import school_days, stopped_days

AT_ONCE = 1_000
MOST_SCHOOLS = 250
REASON = "新学期导师结对"
HONEST_SIGN_IN = "9000002"


@dataclass(frozen=True, slots=True)
class Season:
    """A term, its school days up to `until`, and the first day that is not over yet."""

    term: Term
    days: tuple[date, ...]
    until: date


def build_mentoring(size: places.Size, seed: int, units: dict[str, Unit]) -> None:
    """Assignment and contacts of the schools that have none yet; nothing before the first term."""
    terms = Term.objects.filter(starts_on__lte=clock.today()).order_by("-starts_on")
    seasons = [season_of(term) for term in terms[:2]]
    assigned = set(AssignmentRun.objects.values_list("unit_id", flat=True))
    for school in places.schools(size)[:MOST_SCHOOLS]:
        unit = units[school.code]
        if unit.pk not in assigned:
            with transaction.atomic():
                for season in _lived_by(school, seasons):
                    if _assign(unit, season):
                        _log(unit, season, seed)


def season_of(term: Term) -> Season:
    """The school days of a term up to today."""
    until = min(clock.today(), term.ends_on)
    running = set(school_days(term.starts_on, until)) - stopped_days(term.starts_on, until)
    return Season(term, tuple(sorted(running)), until)


def looks_back(school: places.School) -> bool:
    """Whether the school has mentored for two terms: the first schools of the sign-ins' county."""
    return school.county == COUNTY and school in places.schools(places.SIZES["s"])


def _lived_by(school: places.School, seasons: list[Season]) -> list[Season]:
    return seasons[::-1] if looks_back(school) else seasons[:1]


def _assign(unit: Unit, season: Season) -> bool:
    """Compute the school's assignment on the first day of the term; publish it if there is one."""
    morning = datetime.combine(season.term.starts_on, time(9), tzinfo=clock.SHANGHAI)
    with clock.frozen(morning):
        run, _solved = mentoring.assign_school(actor=None, unit=unit, term=season.term)
        if run.state != RunState.PREVIEWED:
            return False
        heads = Post.objects.on(clock.today()).filter(unit=unit, role=Role.PRINCIPAL)
        head = heads.exclude(teacher__user=None).select_related("teacher__user").first()
        actor = head.teacher.user if head else None
        mentoring.publish_assignment(actor=actor, run=run, reason=REASON)
    return True


def _log(unit: Unit, season: Season, seed: int) -> None:
    """What each mentor of the school logged of each pupil, by the mentor's own way."""
    found = list(_contacts_of(unit, season, seed))
    rows = [row for row, _pupil, _note in found]
    Contact.objects.bulk_create(rows, batch_size=AT_ONCE)
    ContactPupil.objects.bulk_create(
        (ContactPupil(contact=row, pupil_id=pupil) for row, pupil, _note in found),
        batch_size=AT_ONCE,
    )
    ContactText.objects.bulk_create(
        (ContactText(contact=row, text=note) for row, _pupil, note in found), batch_size=AT_ONCE
    )
    audit.record(None, "demo.contacts_loaded", unit, unit=unit, count=len(rows))


def _contacts_of(unit: Unit, season: Season, seed: int) -> Iterator[tuple[Contact, UUID, str]]:
    usual = rules_on(season.term.starts_on).cadence_days
    term = season.term
    running = MentorAssignment.objects.reaching(term.starts_on).filter(starts_on__lt=term.ends_on)
    pairs = running.filter(unit=unit).select_related("mentor", "pupil")
    own = dict(
        CareCadence.objects.filter(pupil__in=pairs.values("pupil")).values_list("pupil_id", "days")
    )
    mentors = sorted({pair.mentor.staff_number for pair in pairs})
    styles = {
        number: rules.STYLES[place % len(rules.STYLES)] for place, number in enumerate(mentors)
    }
    styles[HONEST_SIGN_IN] = rules.BUSY
    last = season.days[-1] if season.days else season.until
    for pair in pairs.order_by("pupil__household_id", "pupil__pinyin", "pk"):
        people = f"{pair.pupil.name}/{pair.mentor.staff_number}"
        dice = Random(f"{seed}/{unit.code}/{term.code}/{people}")  # noqa: S311
        logged = rules.logged_by(
            styles[pair.mentor.staff_number],
            days=season.days,
            cadence_days=own.get(pair.pupil_id, usual),
            until=min(season.until, last),
            dice=dice,
        )
        for number, one in enumerate(logged):
            key = uuid5(NAMESPACE_URL, f"demo/{term.code}/{pair.pk}/{number}")
            yield _row(pair, one, key, dice), pair.pupil_id, one.note


def _row(pair: MentorAssignment, one: rules.Logged, key: UUID, dice: Random) -> Contact:
    at = datetime.combine(
        one.on, time(8 + dice.randrange(9), dice.randrange(60)), tzinfo=clock.SHANGHAI
    )
    typed = at + timedelta(minutes=dice.randrange(5, 90))
    if one.typed_on > one.on:
        typed = datetime.combine(one.typed_on, time(17, dice.randrange(60)), tzinfo=clock.SHANGHAI)
    return Contact(
        mentor=pair.mentor,
        unit_id=pair.unit_id,
        kind=one.kind,
        outcome=one.outcome,
        occurred_at=at,
        recorded_at=typed,
        submission_key=key,
    )
