"""Notices, their count in the page head, the privacy notice, and who the API says I am."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Notice, PrivacyAcknowledgement, PrivacyNotice
from accounts.services import acknowledge_privacy, mark_notice_read, notify
from core.models import AuditEvent
from schools.models import Role
from tests.people import a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(li_na) -> Client:
    client = Client()
    client.force_login(li_na)
    return client


def test_a_notice_is_counted_read_once_and_leads_on(browser, li_na, at):
    at("2026-03-02T07:59:00+08:00")
    notice = notify(
        user=li_na, kind="course_due", text="您有一门课程将在三天后截止。", url="/learn/"
    )
    at("2026-03-02T08:00:00+08:00")
    notify(user=li_na, kind="plain", text="系统将于今晚维护。")
    assert (
        '<span data-testid="unread">2</span>' in browser.get("/account/fragment/").content.decode()
    )
    page = browser.get("/notices/").content.decode()
    assert re.findall(r'data-testid="open-notice">(.*?)<', page) == ["标为已读", "查看"]
    assert page.index("系统将于今晚维护") > 0
    answer = browser.post(f"/notices/{notice.pk}/read/")
    assert (answer.status_code, answer["Location"]) == (302, "/learn/")
    at("2026-03-02T09:00:00+08:00")
    mark_notice_read(actor=li_na, notice=notice)
    notice.refresh_from_db()
    assert notice.read_at.isoformat() == "2026-03-02T00:00:00+00:00"
    assert (
        '<span data-testid="unread">1</span>' in browser.get("/account/fragment/").content.decode()
    )
    browser.post("/notices/all/read/")
    assert Notice.objects.filter(user=li_na, read_at=None).count() == 0
    assert str(notice) == "您有一门课程将在三天后截止。"


def test_a_notice_is_put_into_words_when_it_is_read(browser, li_na):
    notify(
        user=li_na,
        kind="course_completed",
        text="您已完成课程《%(course)s》，计 %(hours)s 学时。",
        values={"course": "倾听与谈话技术", "hours": "3.5"},
    )
    notify(user=li_na, kind="plain", text="出勤率 100% 的名单已公布")
    chinese = browser.get("/notices/").content.decode()
    assert "您已完成课程《倾听与谈话技术》，计 3.5 学时。" in chinese
    assert "出勤率 100% 的名单已公布" in chinese
    browser.cookies["django_language"] = "en"
    english = browser.get("/notices/").content.decode()
    assert "You have completed the course “倾听与谈话技术” and earned 3.5 credit hours." in english


def test_what_is_dealt_with_is_only_looked_at_again(browser, li_na):
    notice = notify(user=li_na, kind="course_due", text="请继续学习", url="/learn/")
    assert 'data-testid="open-notice"' in browser.get("/notices/").content.decode()
    mark_notice_read(actor=li_na, notice=notice)
    page = browser.get("/notices/").content.decode()
    assert 'data-testid="open-notice"' not in page
    assert '<a href="/learn/" data-testid="see-notice">查看</a>' in page


def test_the_privacy_notice_is_read_in_english_and_its_english_may_be_added_later(browser, li_na):
    browser.cookies["django_language"] = "en"
    assert "About children under fourteen" in browser.get("/account/privacy/").content.decode()
    notice = PrivacyNotice.objects.get(version="2026-1")
    notice.body_en = ""
    notice.save()
    acknowledge_privacy(actor=li_na)
    notice.body_en = "<p>Added</p>"
    notice.clean()
    notice.save()
    notice.body_en = "<p>Changed</p>"
    with pytest.raises(ValidationError):
        notice.clean()


def test_a_notice_never_leads_to_another_site(browser, li_na):
    notice = notify(user=li_na, kind="odd", text="请查看", url="https://evil.example/")
    assert browser.post(f"/notices/{notice.pk}/read/")["Location"] == "/home/"
    bare = notify(user=li_na, kind="plain", text="请知悉")
    assert browser.post(f"/notices/{bare.pk}/read/")["Location"] == "/notices/"


def test_somebody_elses_notice_looks_missing(browser):
    sun = a_teacher("孙浩", number="SUN").user
    notice = notify(user=sun, kind="plain", text="请知悉")
    assert browser.post(f"/notices/{notice.pk}/read/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_an_empty_inbox_says_so(browser):
    assert "没有通知" in browser.get("/notices/").content.decode()


def test_the_page_head_offers_signing_in_to_strangers_and_the_way_out_to_members(browser):
    stranger = Client().get("/account/fragment/")
    assert 'data-testid="to-sign-in"' in stranger.content.decode()
    member = browser.get("/account/fragment/").content.decode()
    assert "李娜" in member
    assert 'data-testid="sign-out"' in member


def test_behind_the_door_the_page_itself_says_who_is_signed_in_and_has_the_way_out(browser, li_na):
    notify(user=li_na, kind="plain", text="请知悉")
    page = browser.get("/account/").content.decode()
    assert "<span>李娜</span>" in page
    assert '<span data-testid="unread">1</span>' in page
    assert 'data-testid="sign-out"' in page
    assert 'hx-get="/account/fragment/"' not in page


def test_a_public_page_asks_for_the_head_and_leads_home_without_scripts(browser):
    page = browser.get("/verify/").content.decode()
    assert 'hx-get="/account/fragment/"' in page
    assert '<noscript><a class="button is-quiet is-small" href="/home/"' in page
    assert "李娜" not in page
    assert "李娜" not in browser.get("/account/nowhere/").content.decode()


def test_a_part_of_a_page_speaks_the_language_of_the_page_around_it():
    client = Client()
    client.cookies["django_language"] = "en"
    chinese = client.get("/account/fragment/", headers={"X-Page-Language": "zh-Hans"})
    assert "登录" in chinese.content.decode()
    assert "Sign in" in client.get("/account/fragment/").content.decode()
    odd = client.get("/account/fragment/", headers={"X-Page-Language": "fr"})
    assert "登录" in odd.content.decode()


def test_the_privacy_notice_is_shown_at_the_first_sign_in(li_na, door):
    answer, browser = door("li.na", target="/notices/")
    assert answer["Location"] == "/account/privacy/?next=%2Fnotices%2F"
    page = browser.get(answer["Location"]).content.decode()
    assert "关于不满十四周岁的未成年人" in page
    assert "第 2026-1 版，自 2026年1月1日 起生效" in page
    seen = browser.post("/account/privacy/", {"next": "/notices/"})
    assert seen["Location"] == "/notices/"
    row = PrivacyAcknowledgement.objects.get()
    assert (row.user, row.notice.version) == (li_na, "2026-1")
    assert str(row) == "李娜 2026-1"
    assert door("li.na")[0]["Location"] == "/home/"
    assert "您已确认阅读这一版" in browser.get("/account/privacy/").content.decode()
    browser.post("/account/privacy/")
    assert AuditEvent.objects.filter(verb="accounts.privacy_acknowledged").count() == 1


def test_a_new_version_is_shown_from_its_day_on(li_na, door, at):
    at("2026-08-31T12:00:00+08:00")
    acknowledge_privacy(actor=li_na)
    PrivacyNotice.objects.create(version="2026-2", effective_on="2026-09-01", body="<p>新版</p>")
    assert door("li.na")[0]["Location"] == "/home/"
    at("2026-09-01T00:00:00+08:00")
    assert door("li.na")[0]["Location"].startswith("/account/privacy/")
    acknowledge_privacy(actor=li_na)
    acknowledge_privacy(actor=li_na)
    assert PrivacyAcknowledgement.objects.filter(user=li_na).count() == 2


def test_an_acknowledged_version_is_never_rewritten(li_na):
    notice = PrivacyNotice.objects.get(version="2026-1")
    notice.clean()
    notice.body += "<p>补充</p>"
    notice.clean()
    notice.refresh_from_db()
    acknowledge_privacy(actor=li_na)
    notice.clean()
    notice.body += "<p>补充</p>"
    with pytest.raises(ValidationError):
        notice.clean()


def test_without_a_notice_nothing_is_asked(li_na, door, browser):
    PrivacyNotice.objects.all().delete()
    assert door("li.na")[0]["Location"] == "/home/"
    assert browser.get("/account/privacy/").status_code == 200


def test_the_api_says_who_i_am(db):
    school = a_school("浉河区第一小学", code="S0001")
    county = a_county("平桥区")
    teacher = a_teacher(
        "周敏",
        school=school,
        number="ZHOU",
        posts=[Role.CLASS_TEACHER, (Role.REGISTRAR, county)],
    )
    teacher.user.phone = "13800009999"
    teacher.user.save()
    notify(user=teacher.user, kind="plain", text="请知悉")
    client = Client()
    client.force_login(teacher.user)
    assert client.get("/api/v1/me").json() == {
        "id": str(teacher.user.pk),
        "username": "zhou",
        "name": "周敏",
        "phone": "138****9999",
        "language": "zh-hans",
        "unread_notices": 1,
        "second_factor": True,
        "posts": [
            {
                "role": "class_teacher",
                "role_name": "班主任",
                "unit_code": "S0001",
                "unit_name": "浉河区第一小学",
            },
            {
                "role": "registrar",
                "role_name": str(Role.REGISTRAR.label),
                "unit_code": "411503",
                "unit_name": "平桥区",
            },
        ],
    }
    page = client.get("/account/").content.decode()
    assert "班主任（浉河区第一小学）" in page


def test_a_stranger_is_nobody_to_the_api():
    answer = Client().get("/api/v1/me")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "sign_in_due"


def test_with_no_notice_in_force_nothing_is_acknowledged(li_na):
    PrivacyNotice.objects.all().delete()
    acknowledge_privacy(actor=li_na)
    assert PrivacyAcknowledgement.objects.count() == 0


def test_a_long_inbox_has_pages_and_its_unread_count_is_that_of_the_page_head(browser, li_na):
    for _time in range(60):
        notify(user=li_na, kind="plain", text="系统将于今晚维护。")
    page = browser.get("/notices/")
    assert (page.context["unread"], len(page.context["page"])) == (60, 50)
    assert len(browser.get("/notices/", {"page": "2"}).context["page"]) == 10
    assert '<span data-testid="unread">60</span>' in page.content.decode()
    browser.post("/notices/all/read/")
    after = browser.get("/notices/")
    assert after.context["unread"] == 0
    assert 'data-testid="read-all"' not in after.content.decode()


def test_before_the_notice_is_read_no_other_page_behind_the_door_opens(li_na, door):
    _answer, browser = door("li.na")
    for address in ("/home/", "/account/", "/notices/", "/learn/"):
        answer = browser.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/privacy/?next=")
    refused = browser.get("/api/v1/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "privacy_notice_due")
    assert browser.get("/help/").status_code == 200
    assert browser.get("/account/privacy/").status_code == 200
    browser.post("/account/privacy/", {"next": "/home/"})
    assert browser.get("/home/").status_code == 200
    assert browser.get("/api/v1/me").status_code == 200


def test_who_has_not_read_the_notice_may_sign_out(li_na, door):
    _answer, browser = door("li.na")
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/home/")["Location"].startswith("/sign-in/")


def test_the_notice_read_in_one_browser_opens_the_other(li_na, door):
    _answer, phone = door("li.na")
    _answer, desk = door("li.na")
    phone.post("/account/privacy/")
    assert desk.get("/home/").status_code == 200


def test_a_version_that_takes_effect_after_one_was_read_waits_for_the_next_sign_in(li_na, door, at):
    at("2026-08-31T23:30:00+08:00")
    _answer, browser = door("li.na")
    assert browser.get("/home/")["Location"].startswith("/account/privacy/")
    browser.post("/account/privacy/")
    PrivacyNotice.objects.create(version="2026-2", effective_on="2026-09-01", body="<p>新版</p>")
    at("2026-09-01T00:10:00+08:00")
    assert browser.get("/account/").status_code == 200
    browser.post("/sign-out/")
    answer, _browser = door("li.na", client=browser)
    assert answer["Location"].startswith("/account/privacy/")


def test_a_form_sent_before_the_notice_was_read_is_kept(li_na, door):
    _answer, browser = door("li.na")
    sent = browser.post("/account/password/", {"note": "写了一半的话"})
    assert sent["Location"].startswith("/account/privacy/?next=")
    assert browser.post("/account/privacy/")["Location"] == "/account/kept/"
