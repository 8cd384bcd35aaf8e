"""A small school whose mentors worked through the spring term of 2026."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from core import clock, jobs
from evaluation import services
from evaluation.models import Scheme, Sheet, TermEvaluation
from mentoring import services as mentoring
from mentoring.models import Contact
from schools.models import Term
from tests.mentoring.build import School, a_small_school, published

MARCH = "2026-03-02T12:00:00+08:00"
JULY = "2026-07-13T12:00:00+08:00"
"""Monday after the term, whose last day is 10 July."""
AFTER_NOTICE = "2026-07-21T08:00:00+08:00"
OWN = ("林小雨", "高子涵", "周一鸣")


def log(school: School, name: str, when: str, by: str = "王芳", **changes: Any) -> Contact:
    """A talk that was entered at that moment."""
    with clock.frozen(when):
        values = {
            "pupils": [school.pupils[name]],
            "kind": "talk",
            "outcome": "made",
            "occurred_at": clock.now(),
            "submission_key": uuid4(),
        } | changes
        return mentoring.log_check_in(actor=school.user(by), **values)


def a_worked_term() -> School:
    """王芳 sees her three pupils every month and visits two of them; 李强 does nothing."""
    with clock.frozen(MARCH):
        school = a_small_school()
        published(school)
    for month in (3, 4, 5, 6):
        for name in OWN:
            log(school, name, f"2026-0{month}-20T16:00:00+08:00")
    for name in OWN[:2]:
        log(school, name, "2026-05-09T10:00:00+08:00", kind="visit")
    log(school, "林小雨", "2026-06-25T10:00:00+08:00", kind="online", outcome="attempted")
    return school


def computed(school: School, by: str = "赵敏") -> TermEvaluation:
    """The sheets as the principal asks for them and a worker makes them."""
    row = services.compute_sheets(actor=school.user(by), unit=school.unit, term=school.term)
    assert row.job_id is not None
    jobs.run(row.job_id)
    row.refresh_from_db()
    return row


def announced(school: School) -> TermEvaluation:
    """The sheets on notice from the Monday after the term."""
    with clock.frozen(JULY):
        row = computed(school)
        services.announce_sheets(actor=school.user("赵敏"), evaluation=row)
    return row


def frozen(school: School) -> TermEvaluation:
    """The sheets frozen after their notice."""
    row = announced(school)
    with clock.frozen(AFTER_NOTICE):
        services.freeze_sheets(actor=school.user("赵敏"), evaluation=row, reason="公示期满，无异议")
    return row


def sheet_of(row: TermEvaluation, school: School, name: str) -> Sheet:
    """One mentor's sheet."""
    return Sheet.objects.get(evaluation=row, mentor=school.people[name])


def figures(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Numerator and denominator by indicator."""
    return {line.code: (line.numerator, line.denominator) for line in sheet.lines.all()}


LAST_DAY = date(2026, 7, 10)


def under_a_newer_scheme(school: School, first: TermEvaluation) -> Scheme:
    """The term of these sheets begins after a second version of the scheme by now."""
    newer = Scheme.objects.get(pk=first.scheme_id)
    newer.pk, newer._state.adding = uuid4(), True
    newer.version, newer.starts_on = 2, date(2026, 2, 20)
    newer.save()
    Term.objects.filter(pk=school.term.pk).update(starts_on=date(2026, 2, 23))
    school.term.refresh_from_db()
    return newer
