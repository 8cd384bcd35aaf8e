"""Giving and ending posts."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from core import audit
from core.errors import Invalid, Missing
from core.models import AuditEvent, OutboxEvent
from schools import permissions, services
from schools.models import Post, Role
from tests.people import a_bureau, a_class, a_county, a_teacher


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
    row = AuditEvent.objects.get(verb="post.given")
    assert (row.thing_id, row.unit_path) == (str(post.pk), places.school.path)
    assert row.detail == {"role": "psychology_teacher", "day": "2026-03-05"}
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


def test_a_post_is_not_ended_more_than_a_year_back(places):
    post = places.li.posts.get()
    with pytest.raises(Invalid) as caught:
        services.end_post(actor=places.user(places.zhao), post=post, ends_on=date(2025, 2, 28))
    assert "2025年3月1日" in str(caught.value.fields["ends_on"])
    post.refresh_from_db()
    assert post.ends_on is None


def test_a_post_is_not_ended_before_its_holder_last_used_it(places, at):
    zhao, post = places.user(places.zhao), places.li.posts.get()
    services.open_staff(actor=places.user(places.li), unit=places.school)
    at("2026-03-10T09:00:00+08:00")
    with pytest.raises(Invalid) as caught:
        services.end_post(actor=zhao, post=post, ends_on=date(2026, 3, 2))
    words = str(caught.value.fields["ends_on"])
    assert "在2026年3月2日还以职务" in words
    assert "不能早于2026年3月3日" in words
    services.end_post(actor=zhao, post=post, ends_on=date(2026, 3, 3))
    post.refresh_from_db()
    assert post.ends_on == date(2026, 3, 3)


def test_the_post_of_a_class_teacher_ends_after_the_class_was_taken_over(places, at):
    sun = a_teacher("孙丽", school=places.school, number="A4", posts=[Role.CLASS_TEACHER])
    services.name_class_teacher(
        actor=None, school_class=a_class(school=places.school), teacher=sun, on=date(2026, 2, 20)
    )
    with pytest.raises(Invalid):
        services.end_post(
            actor=places.user(places.zhao), post=sun.posts.get(), ends_on=date(2026, 2, 10)
        )


def test_a_second_principal_is_given_by_who_has_been_told_of_the_first(places):
    values = {"teacher": places.wang, "role": Role.PRINCIPAL, "unit": places.school}
    chen = places.user(places.chen)
    with pytest.raises(services.PrincipalStands) as caught:
        services.give_post(actor=chen, **values)
    assert "浉河区第一小学已有校长李明" in str(caught.value)
    assert not places.wang.posts.exists()
    services.give_post(actor=chen, confirmed=True, **values)
    assert places.wang.posts.get().role == Role.PRINCIPAL


def test_after_the_principal_has_gone_the_next_one_needs_no_confirmation(places):
    chen = places.user(places.chen)
    services.end_post(actor=chen, post=places.li.posts.get(), ends_on=date(2026, 9, 1))
    post = services.give_post(
        actor=chen,
        teacher=places.wang,
        role=Role.PRINCIPAL,
        unit=places.school,
        starts_on=date(2026, 9, 1),
    )
    assert post.starts_on == date(2026, 9, 1)


def page_of(places, person, teacher) -> tuple[Client, str]:
    browser = Client()
    browser.force_login(places.user(person))
    return browser, f"/schools/teachers/{teacher.pk}/"


def test_a_wrong_day_and_a_second_principal_come_back_with_the_form(places):
    browser, page = page_of(places, places.chen, places.wang)
    far = browser.post(f"{page}posts/", {"role": "deputy", "starts_on": "2030-01-01"})
    assert far.status_code == 422
    words = far.content.decode()
    assert "日期要在" in words
    assert 'value="2030-01-01"' in words
    sent = {"role": "principal", "starts_on": "2026-03-02"}
    second = browser.post(f"{page}posts/", sent)
    assert second.status_code == 422
    assert "已有校长李明" in second.content.decode()
    assert 'type="checkbox" name="confirmed"' in second.content.decode()
    assert browser.post(f"{page}posts/", {**sent, "confirmed": "on"}).status_code == 302
    again = browser.post(f"{page}posts/", {**sent, "confirmed": "on"})
    assert (again.status_code, "不必重复任命" in again.content.decode()) == (409, True)


def test_a_wrong_end_comes_back_on_the_page_of_the_person(places):
    browser, _page = page_of(places, places.zhao, places.li)
    address = f"/schools/posts/{places.li.posts.get().pk}/end/"
    wrong = browser.post(address, {"ends_on": "2019-01-01"})
    assert wrong.status_code == 422
    assert "结束日期不能早于开始日期。" in wrong.content.decode()
    assert 'value="2019-01-01"' in wrong.content.decode()
    assert browser.post(address, {"ends_on": ""}).status_code == 422
    services.end_post(actor=None, post=places.li.posts.get(), ends_on=date(2026, 3, 1))
    late = browser.post(address, {"ends_on": "2026-03-05"})
    assert (late.status_code, "此前已经结束" in late.content.decode()) == (409, True)


def test_who_looks_at_pupils_as_their_mentor_uses_no_post(places, at):
    post, li = places.li.posts.get(), places.user(places.li)
    at("2026-03-05T09:00:00+08:00")
    audit.record(li, "mentoring.open_caseload", unit=places.school, basis="mentor")
    at("2026-03-06T09:00:00+08:00")
    ended = services.end_post(actor=places.user(places.chen), post=post, ends_on=date(2026, 3, 4))
    assert ended.ends_on == date(2026, 3, 4)
