"""The door: who gets in, who does not, and that refusals tell nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from accounts.models import User
from accounts.services import disable_account
from core.models import AuditEvent
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

WRONG = "账号或密码不正确。请检查后重试，或请学校管理员重新签发密码单。"


@pytest.fixture(autouse=True)
def _the_hash_of_production(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.MeasuredArgon2Hasher"]


def who(client: Client) -> str:
    return client.get("/api/v1/me").json().get("username", "")


@pytest.mark.parametrize("name", ["li.na", "Li.Na", " ｌｉ.ｎａ ", "13800001111", "138 0000 1111"])
def test_account_name_and_phone_open_the_same_account(li_na, informed, door, name):
    informed(li_na)
    answer, browser = door(name, target="/notices/")
    assert (answer.status_code, answer["Location"]) == (302, "/notices/")
    assert who(browser) == "li.na"
    assert AuditEvent.objects.filter(verb="accounts.signed_in", actor_id=li_na.pk).count() == 1


def test_the_sign_in_page_sets_the_token_that_the_post_needs(li_na, informed):
    informed(li_na)
    browser = Client(enforce_csrf_checks=True)
    form = {"username": "li.na", "password": PASSWORD}
    assert browser.post("/sign-in/", form).status_code == 403
    browser.get("/sign-in/")
    token = browser.cookies["csrftoken"].value
    answer = browser.post("/sign-in/", form, headers={"x-csrftoken": token})
    assert (answer.status_code, answer["Location"]) == (302, "/home/")


def test_an_unknown_name_a_wrong_password_and_a_closed_account_look_alike(li_na, door):
    wang = User.objects.create_user("wang.fang", PASSWORD, name="王芳")
    disable_account(actor=None, user=wang, reason="调离")
    for name, password in (
        ("nobody", PASSWORD),
        ("li.na", "not the password"),
        ("wang.fang", PASSWORD),
        ("", ""),
        ("li.na\0", PASSWORD),
    ):
        answer, browser = door(name, password)
        assert answer.status_code == 422
        assert who(browser) == ""
    for name in ("nobody", "li.na", "wang.fang"):
        assert WRONG in door(name, "wrong again")[0].content.decode()


def test_a_known_and_an_unknown_name_cost_one_hash_each(li_na, door, monkeypatch):
    hashes: list[str] = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(
        Argon2PasswordHasher,
        "encode",
        lambda self, password, salt: hashes.append("encode") or encode(self, password, salt),
    )
    monkeypatch.setattr(
        Argon2PasswordHasher,
        "verify",
        lambda self, password, encoded: hashes.append("verify") or verify(self, password, encoded),
    )
    door("li.na", "wrong")
    assert hashes == ["verify"]
    hashes.clear()
    door("nobody", "wrong")
    assert hashes == ["encode"]


def test_passwords_carry_the_measured_parameters_and_old_ones_are_renewed_on_sign_in(
    li_na, informed, door
):
    informed(li_na)
    assert li_na.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    slow = Argon2PasswordHasher()
    li_na.password = slow.encode(PASSWORD, slow.salt())
    li_na.save()
    assert "m=102400,t=2,p=8" in li_na.password
    door("li.na")
    li_na.refresh_from_db()
    assert li_na.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "evil",
        "/\t/evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(li_na, informed, door, target):
    informed(li_na)
    assert door("li.na", target=target)[0]["Location"] == "/home/"
    browser = Client()
    browser.force_login(li_na)
    assert browser.get("/sign-in/", {"next": target})["Location"] == "/home/"


def test_a_signed_in_person_is_not_asked_again(li_na):
    browser = Client()
    browser.force_login(li_na)
    answer = browser.get("/sign-in/", {"next": "/notices/"})
    assert (answer.status_code, answer["Location"]) == (302, "/notices/")


def test_signing_in_changes_the_session_key(li_na, informed, door):
    informed(li_na)
    browser = Client()
    browser.post("/sign-in/", {"username": "li.na", "password": "wrong"})
    session = browser.session
    session["planted"] = "yes"
    session.save()
    browser.cookies["sessionid"] = session.session_key
    door("li.na", client=browser)
    assert browser.cookies["sessionid"].value != session.session_key
    assert Client(headers={}).get("/api/v1/me").status_code == 401
    old = Client()
    old.cookies["sessionid"] = session.session_key
    assert old.get("/api/v1/me").status_code == 401


def test_signing_out_ends_the_session_for_good(li_na, informed, door):
    informed(li_na)
    _answer, browser = door("li.na")
    key = browser.cookies["sessionid"].value
    answer = browser.post("/sign-out/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    browser.cookies["sessionid"] = key
    assert browser.get("/api/v1/me").status_code == 401
    assert AuditEvent.objects.filter(verb="accounts.signed_out", actor_id=li_na.pk).count() == 1
    assert Client().post("/sign-out/").status_code == 302


def test_reading_the_way_out_shows_the_button_and_ends_nothing(li_na, informed, door):
    informed(li_na)
    _answer, browser = door("li.na")
    page = browser.get("/sign-out/").content.decode()
    assert 'data-testid="sign-out-here"' in page
    assert browser.get("/api/v1/me").status_code == 200
    answer = Client().get("/sign-out/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
