"""Sessions: listed, ended one by one or all at once, and over by themselves in time."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import Notice, Session
from accounts.selectors import sessions_of
from accounts.services.sessions import forget_expired_sessions
from core.models import AuditEvent
from schools.models import Post
from tests.accounts.conftest import PASSWORD
from tests.people import a_teacher

pytestmark = pytest.mark.django_db

NEW = "春天去看南湾湖的水和茶园"


def alive(browser: Client) -> bool:
    return browser.get("/api/v1/me").status_code == 200


@pytest.fixture
def two_places(li_na, informed, door):
    informed(li_na)
    return door("li.na", address="10.1.1.1")[1], door("li.na", address="10.2.2.2")[1]


def test_a_person_sees_where_the_account_is_open(two_places, li_na):
    here, _there = two_places
    page = here.get("/account/").content.decode()
    assert page.count("微信 · Android") == 2
    assert "10.2.2.2" in page
    assert "138****1111" in page
    assert "13800001111" not in page
    assert page.count('data-testid="end-session"') == 1
    assert page.count("本设备") == 1
    assert page.count('data-testid="end-others"') == 1
    for session in Session.objects.all():
        assert session.session_key not in page
    assert str(Session.objects.get(address="10.2.2.2").public_id) in page


def test_who_is_signed_in_once_is_offered_no_other_device_to_end(li_na, informed, door):
    informed(li_na)
    _answer, browser = door("li.na")
    page = browser.get("/account/").content.decode()
    assert 'data-testid="end-others"' not in page
    assert "您只在本设备上登录。" in page


def test_one_session_is_ended(two_places, li_na):
    here, there = two_places
    other = Session.objects.get(address="10.2.2.2").public_id
    answer = here.post(f"/account/sessions/{other}/end/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert (alive(here), alive(there)) == (True, False)
    assert here.post(f"/account/sessions/{other}/end/").status_code == 404
    assert AuditEvent.objects.filter(verb="accounts.session_ended").count() == 1


def test_a_strangers_session_looks_missing(two_places):
    here, _there = two_places
    stranger = a_teacher("孙浩", number="SUN").user
    other = Client()
    other.force_login(stranger)
    theirs = Session.objects.get(address="10.2.2.2").public_id
    assert other.post(f"/account/sessions/{theirs}/end/").status_code == 404
    assert alive(here)


def test_all_other_sessions_are_ended(two_places):
    here, there = two_places
    here.post("/account/sessions/others/end/")
    assert (alive(here), alive(there)) == (True, False)
    here.post("/account/sessions/others/end/")
    assert AuditEvent.objects.filter(verb="accounts.other_sessions_ended").count() == 1


def test_a_new_password_ends_the_other_sessions(two_places, li_na, door):
    here, there = two_places
    form = {"present_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    answer = here.post("/account/password/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert (alive(here), alive(there)) == (True, False)
    assert Session.objects.filter(user=li_na).count() == 1
    assert Notice.objects.filter(user=li_na, kind="password_changed").count() == 1
    assert door("li.na", PASSWORD)[0].status_code == 422
    assert door("li.na", NEW)[0].status_code == 302


def test_the_password_page_refuses_with_reasons(two_places):
    here, _there = two_places
    assert here.get("/account/password/").status_code == 200
    for form, why in (
        ({"present_password": "wrong", "new_password": NEW}, "当前密码不正确"),
        ({"present_password": PASSWORD, "new_password": "short"}, "密码太短了，至少需要 10 个字符"),
        ({"present_password": PASSWORD, "new_password": "y" * 129}, "密码太长了"),
        ({"present_password": PASSWORD, "new_password": "password123"}, "这个密码太常见了"),
        ({"present_password": PASSWORD, "new_password": "13800001112"}, "密码与“手机号”太相似了"),
    ):
        form["new_password_again"] = form["new_password"]
        answer = here.post("/account/password/", form)
        assert answer.status_code == 422
        assert why in answer.content.decode()
    empty = here.post("/account/password/", {})
    assert empty.status_code == 422
    assert empty.content.decode().count("请填写这一项。") == 3
    assert "为了安全，密码不会保留，请重新输入。" in empty.content.decode()
    assert "您填写的内容都还在" not in empty.content.decode()


def test_guessing_the_present_password_stops_after_ten_tries(two_places):
    here, _there = two_places
    form = {"present_password": "wrong", "new_password": NEW, "new_password_again": NEW}
    answers = [here.post("/account/password/", form).status_code for _time in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_learner_may_be_away_for_three_hours_and_stay_for_twelve(li_na, informed, door, at):
    informed(li_na)
    at("2026-03-02T08:00:00+08:00")
    _answer, browser = door("li.na")
    at("2026-03-02T10:59:59+08:00")
    assert alive(browser)
    at("2026-03-02T13:59:58+08:00")
    assert alive(browser)
    at("2026-03-02T16:59:58+08:00")
    assert not alive(browser)
    _answer, again = door("li.na")
    for instant in ("02T19:00:00", "02T21:30:00", "03T00:00:00", "03T02:30:00", "03T04:59:57"):
        at(f"2026-03-{instant}+08:00")
        assert alive(again)
    at("2026-03-03T04:59:58+08:00")
    assert not alive(again)


def test_whoever_sees_pupils_may_be_away_for_half_an_hour(informed, door, at):
    at("2026-03-02T08:00:00+08:00")
    teacher = a_teacher("周敏", posts=["class_teacher"], number="ZHOU", password=PASSWORD)
    informed(teacher.user)
    _answer, browser = door("zhou")
    browser.post("/sign-in/code/", {"code": "000000"})
    at("2026-03-02T08:29:59+08:00")
    assert alive(browser)
    at("2026-03-02T08:59:59+08:00")
    answer = browser.get("/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Faccount%2F")
    assert [str(text) for text in get_messages(answer.wsgi_request)] == [
        "您较长时间没有操作，系统已自动退出。请重新登录。"
    ]
    assert Session.objects.filter(user=teacher.user).count() == 0


def test_a_session_does_not_revive_when_the_clock_is_set_back(li_na, informed, door, at):
    informed(li_na)
    at("2026-03-02T08:00:00+08:00")
    _answer, browser = door("li.na")
    at("2026-03-01T08:00:00+08:00")
    assert not alive(browser)
    at("2026-03-02T08:00:01+08:00")
    assert not alive(browser)


def test_a_post_given_during_a_session_demands_the_second_factor_on_the_next_request(
    informed, door
):
    teacher = a_teacher("吴琳", number="WULIN", password=PASSWORD)
    informed(teacher.user)
    _answer, browser = door("wulin", target="/notices/")
    assert browser.get("/notices/").status_code == 200
    Post.objects.create(
        teacher=teacher,
        role="class_teacher",
        unit=teacher.employments.get().unit,
        starts_on="2020-09-01",
    )
    answer = browser.get("/notices/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/?next=%2Fnotices%2F")
    refused = browser.get("/api/v1/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "second_factor_due")
    shown = browser.post("/sign-in/code/", {"code": "000000", "next": "/notices/"})
    assert shown["Location"] == "/notices/"
    assert browser.get("/notices/").status_code == 200
    assert AuditEvent.objects.filter(verb="accounts.second_factor_shown").count() == 1
    assert browser.get("/sign-in/code/", {"next": "/notices/"})["Location"] == "/notices/"


def test_a_learner_enrols_from_the_own_account_not_at_the_door(li_na, informed, door):
    informed(li_na)
    _answer, browser = door("li.na")
    assert browser.get("/sign-in/enrol/")["Location"] == "/account/second-factor/"


def test_last_use_is_written_once_a_minute(li_na, informed, door, at):
    informed(li_na)
    at("2026-03-02T08:00:00+08:00")
    _answer, browser = door("li.na")
    row = Session.objects.get(user=li_na)
    at("2026-03-02T08:00:59+08:00")
    alive(browser)
    assert Session.objects.get(user=li_na).seen_at == row.seen_at
    at("2026-03-02T08:01:00+08:00")
    alive(browser)
    assert (Session.objects.get(user=li_na).seen_at - row.seen_at).seconds == 60


def test_signed_in_answers_are_kept_out_of_every_cache(li_na):
    browser = Client()
    assert "no-store" in browser.get("/sign-in/")["Cache-Control"]
    browser.force_login(li_na)
    for page in ("/account/", "/notices/", "/api/v1/me", "/no-such-page/", "/sign-in/slip/"):
        assert browser.get(page)["Cache-Control"] == "private, no-store", page


def test_sessions_that_are_over_are_swept(li_na, informed, door):
    from accounts.services.sessions import forget_expired_sessions
    from core import clock

    informed(li_na)
    door("li.na")
    door("li.na")
    Session.objects.filter(pk=Session.objects.first().pk).update(expire_date=clock.now())
    assert forget_expired_sessions() == 1
    assert Session.objects.count() == 1


def test_a_view_behind_the_door_refuses_a_visitor_who_is_nobody(rf):
    from django.contrib.auth.models import AnonymousUser

    from accounts.views.ways import signed_in

    request = rf.get("/account/")
    request.user = AnonymousUser()
    with pytest.raises(TypeError):
        signed_in(request)


def test_a_session_row_decodes_its_own_data(li_na):
    browser = Client()
    browser.force_login(li_na)
    assert Session.objects.get().get_decoded()["_auth_user_id"] == str(li_na.pk)


def test_the_hourly_task_sweeps(li_na):
    from accounts.tasks import forget_sessions
    from core import clock

    Client().force_login(li_na)
    Session.objects.update(expire_date=clock.now())
    forget_sessions()
    assert Session.objects.count() == 0


@pytest.mark.parametrize("year", [2020, 2040])
def test_a_session_lives_by_the_clock_of_the_platform_in_whatever_year_it_is(
    li_na, informed, door, at, year
):
    informed(li_na)
    at(f"{year}-03-02T08:00:00+08:00")
    _answer, browser = door("li.na")
    assert forget_expired_sessions() == 0
    assert (alive(browser), len(sessions_of(li_na))) == (True, 1)
    row = Session.objects.get()
    assert row.expire_date.isoformat() == f"{year}-03-02T12:00:00+00:00"
    at(f"{year}-03-02T20:00:00+08:00")
    assert (alive(browser), sessions_of(li_na)) == (False, [])
    assert forget_expired_sessions() == 1
