"""Giving and ending posts."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Invalid, Missing
from core.models import AuditEvent, OutboxEvent
from schools import permissions, services
from schools.models import Post, Role
from tests.people import a_bureau, a_county, a_teacher


def test_a_school_admin_gives_a_post_and_the_right_comes_with_its_day(places, at):
    post = services.give_post(
        actor=places.user(places.zhao),
        teacher=places.wang,
        role=Role.PSYCHOLOGY_TEACHER,
        unit=places.school,
        starts_on=date(2026, 3, 5),
    )
    assert not permissions.scope_of(places.user(places.wang)).holds(Role.PSYCHOLOGY_TEACHER)
    at("2026-03-05T00:00:00+08:00")
    assert permissions.scope_of(places.user(places.wang)).holds(Role.PSYCHOLOGY_TEACHER)
    audit = AuditEvent.objects.get(verb="post.given")
    assert (audit.thing_id, audit.unit_path) == (str(post.pk), places.school.path)
    assert audit.detail == {"role": "psychology_teacher", "day": "2026-03-05"}
    assert OutboxEvent.objects.get().kind == "schools.events.PostGiven"


def test_who_may_not_give_a_post_finds_nobody(places):
    attempts = [
        (places.li, places.wang, Role.GRADE_HEAD, places.school),
        (places.wang, places.wang, Role.GRADE_HEAD, places.school),
        (places.shi, places.wang, Role.GRADE_HEAD, places.school),
        (places.zhao, places.wang, Role.GRADE_HEAD, places.sibling),
        (places.zhao, places.zhao, Role.PRINCIPAL, places.school),
        (places.zhao, places.wang, Role.REGISTRAR, a_county()),
        (places.chen, places.wang, Role.BUREAU_OFFICER, a_bureau()),
        (places.chen, places.shi, Role.GRADE_HEAD, places.far),
    ]
    before = Post.objects.count()
    for giver, teacher, role, unit in attempts:
        with pytest.raises(Missing):
            services.give_post(actor=places.user(giver), teacher=teacher, role=role, unit=unit)
    assert Post.objects.count() == before
    assert not AuditEvent.objects.exists()


def test_a_unit_gives_only_the_posts_it_has(places):
    with pytest.raises(Invalid) as caught:
        services.give_post(
            actor=places.user(places.zheng),
            teacher=places.wang,
            role=Role.AUDITOR,
            unit=places.school,
        )
    assert list(caught.value.fields) == ["role"]


def test_the_same_post_is_not_given_twice(places):
    values = {"teacher": places.wang, "role": Role.GRADE_HEAD, "unit": places.school}
    services.give_post(actor=places.user(places.zhao), **values)
    with pytest.raises(services.PostHeld):
        services.give_post(actor=places.user(places.zhao), **values)
    assert places.wang.posts.count() == 1


def test_an_auditor_administers_nothing(places):
    he = a_teacher("何平", school=a_bureau(), posts=[Role.AUDITOR])
    chief = places.user(places.zheng)
    with pytest.raises(services.AuditorElsewhere):
        services.give_post(actor=chief, teacher=he, role=Role.EDITOR, unit=a_bureau())
    with pytest.raises(services.AuditorElsewhere):
        services.give_post(actor=chief, teacher=places.chen, role=Role.AUDITOR, unit=a_bureau())


def test_an_ended_post_gives_no_right_on_the_next_request(places):
    post = places.li.posts.get()
    assert permissions.visible_teachers(places.user(places.li)).count() == 3
    services.end_post(actor=places.user(places.zhao), post=post)
    services.end_post(actor=places.user(places.zhao), post=post)
    assert permissions.visible_teachers(places.user(places.li)).count() == 1
    assert AuditEvent.objects.filter(verb="post.ended").count() == 1
    event = OutboxEvent.objects.get()
    assert event.kind == "schools.events.PostEnded"
    assert event.payload["ends_on"] == "2026-03-02"


def test_an_ended_post_is_not_ended_again_on_another_day(places, at):
    post = places.li.posts.get()
    services.end_post(actor=None, post=post)
    with pytest.raises(services.PostEndedBefore):
        services.end_post(actor=None, post=post, ends_on=date(2026, 4, 1))
    with pytest.raises(Invalid):
        services.end_post(actor=None, post=post, ends_on=date(2019, 1, 1))


def test_who_may_not_end_a_post_changes_nothing(places):
    post = places.li.posts.get()
    for person in (places.li, places.wang, places.shi):
        with pytest.raises(Missing):
            services.end_post(actor=places.user(person), post=post)
    post.refresh_from_db()
    assert post.ends_on is None


def test_a_moved_teacher_loses_the_posts_of_the_old_school(places):
    services.give_post(actor=None, teacher=places.wang, role=Role.GRADE_HEAD, unit=places.school)
    with pytest.raises(Missing):
        services.move_teacher(
            actor=places.user(places.zhao), teacher=places.wang, unit=places.sibling
        )
    officer = places.user(places.chen)
    services.move_teacher(actor=officer, teacher=places.wang, unit=places.sibling)
    services.move_teacher(actor=officer, teacher=places.wang, unit=places.sibling)
    assert [
        (item.unit, item.ends_on) for item in places.wang.employments.order_by("starts_on")
    ] == [(places.school, date(2026, 3, 2)), (places.sibling, None)]
    assert places.wang.posts.get().ends_on == date(2026, 3, 2)
    assert OutboxEvent.objects.filter(kind="schools.events.TeacherMoved").count() == 1
    services.move_teacher(actor=officer, teacher=places.wang, unit=None)
    assert not places.wang.employments.filter(ends_on=None).exists()


def test_a_move_calls_off_what_was_planned_for_later(places, at):
    planned = services.give_post(
        actor=None,
        teacher=places.wang,
        role=Role.GRADE_HEAD,
        unit=places.school,
        starts_on=date(2026, 9, 1),
    )
    services.move_teacher(actor=places.user(places.chen), teacher=places.wang, unit=places.sibling)
    planned.refresh_from_db()
    assert planned.ends_on == date(2026, 9, 1)
    at("2026-09-02T08:00:00+08:00")
    assert permissions.scope_of(places.user(places.wang)).posts == ()
    ended = OutboxEvent.objects.get(kind="schools.events.PostEnded")
    assert (ended.payload["post_id"], ended.payload["ends_on"]) == (str(planned.pk), "2026-09-01")
    assert AuditEvent.objects.get(verb="post.ended").thing_id == str(planned.pk)


def test_work_planned_elsewhere_gives_way_to_a_move(places):
    sun = a_teacher("孙丽", school=places.school, number="A9", since=date(2026, 9, 1))
    services.move_teacher(actor=places.user(places.chen), teacher=sun, unit=places.sibling)
    assert [
        (work.unit, work.starts_on, work.ends_on) for work in sun.employments.order_by("starts_on")
    ] == [
        (places.sibling, date(2026, 3, 2), None),
        (places.school, date(2026, 9, 1), date(2026, 9, 1)),
    ]


def test_who_holds_a_post_from_above_is_not_moved_away_from_below(places):
    services.give_post(actor=None, teacher=places.wang, role=Role.EDITOR, unit=a_bureau())
    for unit in (places.sibling, None):
        with pytest.raises(services.PostFromAbove):
            services.move_teacher(actor=places.user(places.chen), teacher=places.wang, unit=unit)
    assert places.wang.employments.get().ends_on is None
    assert places.wang.posts.get().ends_on is None
    services.move_teacher(actor=places.user(places.zheng), teacher=places.wang, unit=places.sibling)
    assert places.wang.posts.get().ends_on == date(2026, 3, 2)


def test_an_auditor_is_kept_apart_on_every_later_day_too(places):
    he = a_teacher("何平", school=a_bureau())
    chief, autumn = places.user(places.zheng), date(2026, 9, 1)
    services.give_post(
        actor=chief, teacher=he, role=Role.AUDITOR, unit=a_bureau(), starts_on=autumn
    )
    with pytest.raises(services.AuditorElsewhere):
        services.give_post(actor=chief, teacher=he, role=Role.EDITOR, unit=a_bureau())
    with pytest.raises(services.AuditorElsewhere):
        services.give_post(
            actor=chief,
            teacher=places.chen,
            role=Role.AUDITOR,
            unit=a_bureau(),
            starts_on=autumn,
        )
    services.end_post(actor=chief, post=places.chen.posts.get(), ends_on=autumn)
    services.give_post(
        actor=chief, teacher=places.chen, role=Role.AUDITOR, unit=a_bureau(), starts_on=autumn
    )
    assert he.posts.count() == 1


def test_the_systems_own_administrator_is_no_auditor(places):
    root = a_teacher("金星", school=a_bureau())
    root.user.is_superuser = True
    root.user.save()
    with pytest.raises(services.AuditorElsewhere):
        services.give_post(actor=None, teacher=root, role=Role.AUDITOR, unit=a_bureau())
    assert not root.posts.exists()


def test_an_end_comes_earlier_but_never_later(places):
    post = places.li.posts.get()
    zhao = places.user(places.zhao)
    services.end_post(actor=zhao, post=post, ends_on=date(2026, 7, 1))
    with pytest.raises(services.PostNotExtended) as caught:
        services.end_post(actor=zhao, post=post, ends_on=date(2026, 8, 1))
    assert "2026年7月1日" in str(caught.value)
    post.refresh_from_db()
    assert post.ends_on == date(2026, 7, 1)
    services.end_post(actor=zhao, post=post, ends_on=date(2026, 4, 1))
    post.refresh_from_db()
    assert post.ends_on == date(2026, 4, 1)


def test_a_post_that_has_not_begun_is_called_off(places, at):
    day = date(2026, 9, 1)
    values = {"teacher": places.wang, "role": Role.GRADE_HEAD, "unit": places.school}
    post = services.give_post(actor=None, starts_on=day, **values)
    services.end_post(actor=places.user(places.zhao), post=post, ends_on=day)
    at("2026-09-01T08:00:00+08:00")
    assert permissions.scope_of(places.user(places.wang)).posts == ()
    services.give_post(actor=None, starts_on=day, **values)
    assert permissions.scope_of(places.user(places.wang)).holds(Role.GRADE_HEAD)
