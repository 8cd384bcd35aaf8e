"""Seven ways of spending a term, as rows of one school: the honest one comes first."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from core import clock
from evaluation.rules.counting import judge_contacts
from evaluation.rules.covered_fast import covered_days
from evaluation.selectors.sheets import scheme_for, sheets_of_term
from mentoring.models import CareCadence, Contact, ContactPupil, MentorAssignment
from tests.evaluation.making import FIRST, TERM_DAYS, strategies
from tests.mentoring.build import a_term
from tests.people import a_class, a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db
LONG_BEFORE = FIRST - timedelta(days=200)


def rows_of(name: str, facts, term_school):
    """A teacher of that name who spent the term so, with fifteen pupils of their own."""
    mentor = a_teacher(name, school=term_school, with_user=False)
    pupils = {}
    for given in facts.pupils:
        pupil = a_pupil(f"{name}{given.id}", school_class=a_class(school=term_school))
        pupil.memberships.update(starts_on=LONG_BEFORE)
        pupils[given.id] = pupil
        CareCadence.objects.create(
            pupil=pupil, days=given.cadences[0].days, weight=given.cadences[0].weight,
            starts_on=LONG_BEFORE,
        )  # fmt: skip
        MentorAssignment.objects.create(
            pupil=pupil, mentor=mentor, unit=term_school, reason="试验", starts_on=LONG_BEFORE
        )
    for row in facts.contacts:
        contact = Contact.objects.create(
            mentor=mentor, unit=term_school, kind=row.kind, outcome=row.outcome,
            occurred_at=row.occurred_at, recorded_at=row.recorded_at, submission_key=uuid4(),
        )  # fmt: skip
        ContactPupil.objects.create(contact=contact, pupil=pupils[row.pupils[0]])
    return mentor


def test_no_way_of_gaming_beats_honest_work():
    school = a_school()
    term = a_term("2026-1", FIRST, FIRST + timedelta(days=TERM_DAYS))
    given = strategies()
    mentors = {str(rows_of(name, facts, school).pk): name for name, facts in given.items()}
    with clock.frozen("2026-09-01T12:00:00+08:00"):
        sheets = sheets_of_term(school, term, scheme_for(term)).sheets
    covered = {
        mentors[row.page.mentor]: row.page.shares["covered_days"]
        for row in sheets
        if row.page.mentor
    }
    pure = {}
    for name, facts in given.items():
        share = covered_days(facts, judge_contacts(facts)[0])["王老师"]
        pure[name] = (share.covered, share.counting)
    assert covered == pure
    quality = {mentors[row.page.mentor]: row.verdict.quality for row in sheets if row.page.mentor}
    honest = quality.pop("honest")
    assert max(quality.values()) < honest
    assert quality["nothing"] == 0
    assert term.starts_on == date(2026, 3, 1)
