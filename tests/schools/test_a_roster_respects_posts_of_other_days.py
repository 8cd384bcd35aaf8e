"""A roster import beside posts that begin later, come from above, or exclude one another."""

from __future__ import annotations

from datetime import date

import pytest

from core.models import AuditEvent, OutboxEvent
from schools import services
from schools.models import Role
from tests.people import a_bureau, a_county, a_teacher
from tests.schools.rosters import counts, problems, roster_xlsx, uploaded


def confirmed(actor, roster, deliver):
    services.confirm_roster(actor=actor, roster=roster)
    deliver()
    roster.refresh_from_db()
    return roster


def test_a_post_of_a_roster_is_published_and_leaves_its_trace(places, deliver):
    zhao = places.user(places.zhao)
    data = roster_xlsx([["S0001", "A1", "王芳", "13800000001", "班主任"]])
    confirmed(zhao, uploaded(zhao, places.school, data, deliver, partial=True), deliver)
    post = places.wang.posts.get()
    given = OutboxEvent.objects.get(kind="schools.events.PostGiven")
    assert given.payload == {
        "post_id": str(post.pk),
        "teacher_id": str(places.wang.pk),
        "unit_id": str(places.school.pk),
        "role": "class_teacher",
    }
    trace = AuditEvent.objects.get(verb="post.given")
    assert (trace.actor_id, trace.thing_id) == (zhao.pk, str(post.pk))
    assert trace.detail == {"role": "class_teacher", "day": "2026-03-02"}


def test_a_post_planned_for_later_does_not_stop_an_import(places, deliver):
    autumn = date(2026, 9, 1)
    services.give_post(
        actor=None,
        teacher=places.wang,
        role=Role.CLASS_TEACHER,
        unit=places.school,
        starts_on=autumn,
    )
    zhao = places.user(places.zhao)
    data = roster_xlsx([["S0001", "A1", "王芳", "13800000001", "班主任"]])
    roster = confirmed(zhao, uploaded(zhao, places.school, data, deliver, partial=True), deliver)
    assert (roster.state, counts(roster)) == ("done", (0, 1, 0, 0))
    assert [(post.starts_on, post.ends_on) for post in places.wang.posts.order_by("starts_on")] == [
        (date(2026, 3, 2), autumn),
        (autumn, None),
    ]


def test_a_move_by_roster_calls_off_planned_posts_and_publishes_the_ends(places, deliver):
    services.give_post(
        actor=None,
        teacher=places.wang,
        role=Role.GRADE_HEAD,
        unit=places.school,
        starts_on=date(2026, 9, 1),
    )
    chen = places.user(places.chen)
    data = roster_xlsx([["S0002", "A1", "王芳", "13800000001"]])
    roster = uploaded(chen, a_county(), data, deliver, partial=True)
    confirmed(chen, roster, deliver)
    assert places.wang.posts.get().ends_on == date(2026, 9, 1)
    assert OutboxEvent.objects.filter(kind="schools.events.PostEnded").count() == 1
    assert AuditEvent.objects.filter(verb="post.ended").count() == 1


def test_who_is_to_begin_soon_is_employed_already(places, deliver):
    a_teacher("孙丽", school=places.far, number="N1", since=date(2026, 9, 1))
    a_teacher("周涛", school=places.sibling, number="N2", since=date(2026, 9, 1))
    chen = places.user(places.chen)
    data = roster_xlsx([["S0001", "N1", "孙丽"], ["S0001", "N2", "周涛"]])
    roster = uploaded(chen, a_county(), data, deliver, partial=True)
    assert problems(roster) == [(2, "工号", "employed_elsewhere")]
    confirmed(chen, roster, deliver)
    assert (roster.state, counts(roster)) == ("done", (0, 1, 0, 1))


def test_a_roster_moves_nobody_who_holds_a_post_from_above(places, deliver):
    services.give_post(actor=None, teacher=places.wang, role=Role.EDITOR, unit=a_bureau())
    chen = places.user(places.chen)
    data = roster_xlsx([["S0002", "A1", "王芳", "13800000001"]])
    roster = uploaded(chen, a_county(), data, deliver, partial=True)
    assert problems(roster) == [(2, "学校代码", "post_from_above")]
    assert places.wang.employments.get().unit == places.school


def test_a_roster_makes_no_auditor_an_administrator(places, deliver):
    services.give_post(
        actor=None,
        teacher=places.wang,
        role=Role.AUDITOR,
        unit=a_bureau(),
        starts_on=date(2026, 9, 1),
    )
    zhao = places.user(places.zhao)
    data = roster_xlsx([["S0001", "A1", "王芳", "13800000001", "学校管理员"]])
    roster = uploaded(zhao, places.school, data, deliver, partial=True)
    assert problems(roster) == [(2, "职务", "auditor")]
    mild = roster_xlsx([["S0001", "A1", "王芳", "13800000001", "班主任"]])
    roster = uploaded(zhao, places.school, mild, deliver, partial=True)
    assert counts(roster) == (0, 1, 0, 0)


def test_an_appointment_between_preview_and_commit_is_seen(places, deliver):
    zhao = places.user(places.zhao)
    data = roster_xlsx([["S0001", "A1", "王芳", "13800000001", "学校管理员"]])
    roster = uploaded(zhao, places.school, data, deliver, partial=True)
    services.give_post(actor=None, teacher=places.wang, role=Role.AUDITOR, unit=a_bureau())
    confirmed(zhao, roster, deliver)
    assert problems(roster) == [(2, "职务", "auditor")]
    assert places.wang.posts.get().role == "auditor"


@pytest.mark.parametrize("role", [Role.SCHOOL_ADMIN, Role.CLASS_TEACHER])
def test_nobody_gives_himself_a_post_by_a_file(places, deliver, role):
    li = places.user(places.li)
    services.give_post(actor=None, teacher=places.li, role=Role.SCHOOL_ADMIN, unit=places.school)
    words = {Role.SCHOOL_ADMIN: "学校管理员", Role.CLASS_TEACHER: "班主任"}
    data = roster_xlsx([["S0001", "A3", "李明", "", words[role]]])
    roster = uploaded(li, places.school, data, deliver, partial=True)
    expected = [] if role == Role.SCHOOL_ADMIN else [(2, "职务", "own_post")]
    assert problems(roster) == expected
