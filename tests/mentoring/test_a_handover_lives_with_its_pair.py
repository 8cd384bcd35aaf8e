"""What ends the pair of 王芳 and 林小雨 ends its handover; who may be no mentor reads nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from core import clock
from mentoring import services
from mentoring.models import MentorAssignment
from mentoring.services.handing_over import (
    HandoverClosed,
)
from schools.models import ClassMembership, Role
from schools.services.seating import leave_school
from tests.mentoring.handing import (
    after_a_week,
    briefed,
    browser_of,
    mentors_of,
    offered,
    sees,
    text_of,
)
from tests.people import a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    return after_a_week(at)


def by_hand(school):
    services.assign_by_hand(
        actor=school.user("赵敏"),
        pupil=school.pupils["林小雨"],
        mentor=school.people["赵敏"],
        reason="家长要求",
    )


def relative(school):
    services.declare_conflict(
        actor=school.user("王芳"),
        teacher=school.people["王芳"],
        pupil=school.pupils["林小雨"],
        kind="relative",
    )


def moves_away(school):
    admin = a_teacher("高洁", school=school.unit, posts=[Role.SCHOOL_ADMIN]).user
    leave_school(
        actor=admin,
        pupil=school.pupils["林小雨"],
        on=clock.today(),
        reason=ClassMembership.End.MOVED_SCHOOL,
    )
    services.follow_pupil(pupil_id=school.pupils["林小雨"].pk, since=clock.today())


@pytest.mark.parametrize("ending", [by_hand, relative, moves_away])
def test_a_pair_that_ends_otherwise_takes_its_handover_along(school, ending):
    row = briefed(school)
    ending(school)
    row.refresh_from_db()
    assert row.state == "lapsed"
    with pytest.raises(HandoverClosed):
        services.accept_handover(actor=school.user("李强"), handover=row)
    assert "李强" not in {name for name, *_ in mentors_of(school)}
    assert (
        browser_of(school.user("李强"))
        .get(reverse("mentoring:handover", args=[row.pk]))
        .status_code
        == 404
    )


def test_who_was_asked_and_may_not_be_the_mentor_any_more_reads_nothing(school):
    row = briefed(school)
    assert sees(school, "李强", row) == 200
    services.declare_conflict(
        actor=school.user("李强"),
        teacher=school.people["李强"],
        pupil=school.pupils["林小雨"],
        kind="relative",
    )
    row.refresh_from_db()
    assert (row.state, sees(school, "李强", row)) == ("lapsed", 404)


def test_who_was_asked_and_works_elsewhere_now_reads_nothing(school):
    row = briefed(school)
    school.people["李强"].employments.update(ends_on=clock.today())
    assert sees(school, "李强", row) == 404
    assert sees(school, "王芳", row) == 200


def test_an_end_that_was_written_before_the_offer_ends_the_handover_on_its_day(school, at):
    MentorAssignment.objects.filter(pupil=school.pupils["林小雨"]).update(ends_on=date(2026, 3, 20))
    row = briefed(school)
    at("2026-03-20T12:00:00+08:00")
    assert (sees(school, "王芳", row), sees(school, "李强", row)) == (404, 404)
    MentorAssignment.objects.create(
        pupil=school.pupils["林小雨"],
        mentor=school.people["赵敏"],
        unit=school.unit,
        reason="新学期",
        starts_on=date(2026, 3, 20),
    )
    with pytest.raises(HandoverClosed):
        services.accept_handover(actor=school.user("李强"), handover=row)
    assert mentors_of(school)[-1] == ("赵敏", date(2026, 3, 20), None)
    (again,) = offered(school)
    row.refresh_from_db()
    assert (row.state, again.from_mentor.name) == ("lapsed", "赵敏")


def test_the_old_school_sees_no_handover_of_a_pupil_who_sits_elsewhere(school):
    row = briefed(school)
    moves_away(school)
    assert sees(school, "赵敏", row) == 404
    assert "林小雨" not in text_of(
        browser_of(school.user("赵敏")).get(reverse("mentoring:handovers"))
    )
