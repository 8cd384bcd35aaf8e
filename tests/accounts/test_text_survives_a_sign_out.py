"""Sign-out in the middle of a form: what was typed comes back to its owner, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from accounts.models import Session
from accounts.services import kept
from tests.accounts.conftest import PASSWORD
from tests.people import a_teacher

pytestmark = pytest.mark.django_db

FORM = {
    "present_password": PASSWORD,
    "new_password": "春天去看南湾湖的水和茶园",
    "reason": "周三家访，\n母亲外出务工，<b>爷爷照看</b>",
    "tags": ["留守", "单亲"],
    "csrfmiddlewaretoken": "x",
    "code": "123456",
}


@pytest.fixture
def signed_out(li_na, informed, door) -> Client:
    """Li Na's browser after her session was ended elsewhere, one form still open."""
    informed(li_na)
    _answer, browser = door("li.na")
    Session.objects.filter(user=li_na).delete()
    return browser


def send(browser: Client, form: Any = None, **headers: str) -> Any:
    return browser.post(
        "/account/sessions/others/end/?a=1",
        form or FORM,
        headers={"referer": "http://testserver/account/?tab=2", **headers},
    )


def test_the_form_comes_back_after_signing_in_and_can_be_sent(signed_out, door):
    answer = send(signed_out)
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/sign-in/?next=%2Faccount%2F%3Ftab%3D2",
    )
    answer, _browser = door("li.na", client=signed_out, target="/account/?tab=2")
    assert answer["Location"] == "/account/kept/"
    page = signed_out.get("/account/kept/").content.decode()
    assert 'action="/account/sessions/others/end/?a=1"' in page
    assert "周三家访，<br>母亲外出务工，&lt;b&gt;爷爷照看&lt;/b&gt;" in page
    assert page.count('<textarea name="tags" hidden>') == 2
    assert "<dt>原因</dt>" in page
    assert "<code>reason</code>" not in page
    assert "<dt>其他内容</dt>" in page
    assert PASSWORD not in page
    assert "123456" not in page
    dropped = signed_out.post("/account/kept/")
    assert (dropped.status_code, dropped["Location"]) == (302, "/account/?tab=2")
    assert signed_out.get("/account/kept/")["Location"] == "/home/"


def test_the_kept_text_lies_encrypted(signed_out):
    send(signed_out)
    assert "家访" not in str(dict(signed_out.session.items()))
    assert "家访" not in Session.objects.get().session_data


def test_another_person_at_the_same_browser_does_not_get_it(signed_out, informed, door):
    send(signed_out)
    stranger = a_teacher("孙浩", number="SUN", password=PASSWORD).user
    informed(stranger)
    answer, _browser = door("sun", client=signed_out)
    assert answer["Location"] == "/home/"
    assert signed_out.get("/account/kept/")["Location"] == "/home/"


def test_nothing_is_kept_for_a_browser_in_which_nobody_was_signed_in(db):
    browser = Client()
    assert send(browser).status_code == 302
    assert Session.objects.count() == 0
    browser.cookies["person"] = signing.dumps("somebody", salt="another use")
    assert send(browser).status_code == 302
    assert Session.objects.count() == 0


def test_too_much_text_and_empty_forms_are_not_kept(signed_out):
    send(signed_out, {"text": "长" * (kept.MAX_CHARACTERS + 1)})
    assert kept.KEPT not in signed_out.session
    send(signed_out, {"code": "1"})
    assert kept.KEPT not in signed_out.session


def test_a_button_without_fields_is_said_not_to_have_been_recorded(signed_out, door):
    send(signed_out, {"csrfmiddlewaretoken": "x"})
    answer, _browser = door("li.na", client=signed_out, target="/account/?tab=2")
    assert answer["Location"] == "/account/kept/"
    page = signed_out.get("/account/kept/").content.decode()
    assert "提交时登录已失效，这一步没有记录下来。" in page
    assert "您填写的内容还在" not in page
    assert 'action="/account/sessions/others/end/?a=1"' in page


def test_a_foreign_referer_leads_home_and_files_are_named_as_lost(signed_out, door):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = send(
        signed_out,
        {"text": "名单", "file": SimpleUploadedFile("a.csv", b"x")},
        referer="https://evil.example/x",
    )
    assert answer["Location"] == "/sign-in/?next=%2Fhome%2F"
    door("li.na", client=signed_out)
    assert "附件没有保留" in signed_out.get("/account/kept/").content.decode()


def test_text_is_kept_for_twelve_hours_of_the_platforms_clock(li_na, informed, door, at):
    informed(li_na)
    at("2026-03-02T08:00:00+08:00")
    _answer, browser = door("li.na")
    at("2026-03-02T19:59:59+08:00")
    send(browser)
    assert kept.KEPT in browser.session
    _answer, browser = door("li.na")
    at("2026-03-03T07:59:59+08:00")
    send(browser)
    assert kept.KEPT not in browser.session


def test_idle_time_that_runs_out_over_a_form_loses_nothing(li_na, informed, door, at):
    informed(li_na)
    at("2026-03-02T08:00:00+08:00")
    _answer, browser = door("li.na")
    at("2026-03-02T11:30:00+08:00")
    assert send(browser).status_code == 302
    answer, _browser = door("li.na", client=browser)
    assert answer["Location"] == "/account/kept/"


def test_a_fragment_is_sent_to_the_door_as_a_whole_page(signed_out):
    answer = send(
        signed_out,
        **{"hx-request": "true", "hx-current-url": "http://testserver/account/?tab=2"},
    )
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Faccount%2F"
    assert answer.content == b""
    bare = Client().get("/account/", headers={"hx-request": "true"})
    assert bare["HX-Redirect"] == "/sign-in/?next=%2Faccount%2F"


def test_a_page_from_before_signing_in_again_shows_its_text_instead_of_losing_it(li_na):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(li_na)
    answer = send(browser, origin="http://testserver")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "您填写的内容还在" in page
    assert "周三家访" in page
    assert 'action="/account/sessions/others/end/?a=1"' in page
    assert PASSWORD not in page


@pytest.mark.parametrize("origin", ["", "https://evil.example", "null", "https://testserver"])
def test_a_form_from_elsewhere_is_refused_and_not_shown(li_na, origin):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(li_na)
    headers = {"origin": origin} if origin else {}
    answer = send(browser, **headers)
    assert answer.status_code == 403
    assert "周三家访" not in answer.content.decode()
    assert "页面已过期" in answer.content.decode()


OURS = {"origin": "http://testserver"}


def test_a_sign_in_page_out_of_date_is_shown_anew_and_works(li_na):
    browser = Client(enforce_csrf_checks=True)
    form = {"username": "li.na", "password": PASSWORD, "next": "/credits/"}
    answer = browser.post("/sign-in/", form, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "刚才的登录页面已过期，没有登录。请再输入一次密码。" in page
    assert "重新提交" not in page
    assert PASSWORD not in page
    assert 'value="li.na"' in page
    assert 'value="/credits/"' in page
    token = browser.cookies["csrftoken"].value
    again = browser.post("/sign-in/", {**form, "csrfmiddlewaretoken": token}, headers=OURS)
    assert again["Location"] == "/account/privacy/?next=%2Fcredits%2F"


def test_a_sign_in_from_elsewhere_fills_in_nothing(db):
    answer = Client(enforce_csrf_checks=True).post(
        "/sign-in/", {"username": "li.na", "next": "//evil.example/"}
    )
    assert answer.status_code == 403
    assert "li.na" not in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/sign-in/slip/", "/sign-in/code/", "/account/password/"])
def test_a_form_of_secrets_leads_back_to_its_page(li_na, path):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(li_na)
    form = {"code": "123456", "new_password": PASSWORD}
    if path == "/sign-in/slip/":
        form["username"] = "li.na"
    referer = f"http://testserver{path}?next=/credits/"
    page = browser.post(path, form, headers={**OURS, "referer": referer}).content.decode()
    assert "页面已过期" in page
    assert f'href="{path}?next=/credits/" data-testid="back-to-page"' in page
    assert "重新提交" not in page


def test_the_api_refuses_a_write_without_its_token_as_a_problem(rf):
    from accounts.views.stale import csrf_failed

    answer = csrf_failed(rf.post("/api/v1/anything"))
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
