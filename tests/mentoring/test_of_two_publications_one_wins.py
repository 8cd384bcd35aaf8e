"""One assignment published by two people at the same instant: with the school's lock, and as
control without it.
"""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection

from core import clock
from core.models import AuditEvent
from mentoring import services
from mentoring.models import AssignmentRun, MentorAssignment
from mentoring.services import publishing
from schools.models import Role
from tests.mentoring.build import NOON, School, a_small_school, previewed
from tests.people import a_teacher

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]


def publishing_by(school: School, name: str, run: AssignmentRun):
    def publish() -> AssignmentRun:
        with clock.frozen(NOON):
            return services.publish_assignment(
                actor=school.user(name), run=run, reason="新学期结对"
            )

    return publish


def a_preview() -> tuple[School, AssignmentRun]:
    """A computed assignment that principal and deputy may publish."""
    with clock.frozen(NOON):
        school = a_small_school()
        school.people["吴刚"] = a_teacher("吴刚", school=school.unit, posts=[Role.DEPUTY])
        return school, previewed(school)


def test_principal_and_deputy_publish_at_once_and_it_is_published_once(together):
    school, run = a_preview()
    results = together(*(publishing_by(school, name, run) for name in ("赵敏", "吴刚")))
    assert [result.state for result in results] == ["published", "published"]
    assert MentorAssignment.objects.filter(ends_on=None).count() == 6
    assert AuditEvent.objects.filter(verb="mentoring.publish").count() == 1


def test_two_assignments_published_at_once_leave_each_pupil_one_mentor(together):
    school, first = a_preview()
    with clock.frozen(NOON):
        second = previewed(school)
    results = together(publishing_by(school, "赵敏", first), publishing_by(school, "吴刚", second))
    assert not any(isinstance(result, IntegrityError) for result in results)
    assert MentorAssignment.objects.filter(ends_on=None).count() == 6
    assert AssignmentRun.objects.filter(state="published").count() == 1


def test_control_without_the_lock_the_database_refuses_one_of_them(together, monkeypatch):
    school, run = a_preview()
    gate, exchange = threading.Barrier(2), publishing._exchange

    def met(*facts):
        gate.wait(30)
        return exchange(*facts)

    monkeypatch.setattr(publishing, "_hold_school", lambda unit_id: None)
    monkeypatch.setattr(publishing, "_exchange", met)
    # else the later one would wait for the run's own row, not for the school
    monkeypatch.setattr(AssignmentRun, "save", lambda self, **fields: None)
    results = together(*(publishing_by(school, name, run) for name in ("赵敏", "吴刚")))
    assert sorted(type(result).__name__ for result in results) == [
        "AssignmentRun", "IntegrityError",
    ]  # fmt: skip
