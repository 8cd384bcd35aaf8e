"""First password and forgotten password: a printed code, good once, for fourteen days."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Slip, User
from accounts.services import (
    PasswordRefused,
    SlipRefused,
    create_account,
    disable_account,
    issue_slip,
    redeem_slip,
)
from core.models import AuditEvent
from core.throttle import Throttled
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "春天去看南湾湖的水和茶园"


@pytest.fixture
def chen_jie(db: None) -> User:
    return create_account(actor=None, username="Chen.Jie", name="陈洁", phone="13900002222")


def redeem(code: str, *, name: str = "chen.jie", password: str = NEW) -> User:
    return redeem_slip(name=name, code=code, new_password=password, address="10.1.1.1")


def test_a_new_account_opens_only_with_its_slip(chen_jie, door):
    assert door("chen.jie", "")[0].status_code == 422
    slip = issue_slip(actor=None, user=chen_jie)
    answer = Client().post(
        "/sign-in/slip/",
        {
            "username": "139 0000 2222",
            "code": slip.code.lower().replace("-", " "),
            "new_password": NEW,
            "new_password_again": NEW,
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert door("chen.jie", NEW)[0].status_code == 302


def test_the_code_is_stored_as_a_hash_and_shown_nowhere(chen_jie):
    slip = issue_slip(actor=None, user=chen_jie)
    assert Slip.objects.get().code_hash.startswith("argon2$")
    assert slip.code not in repr(slip)
    assert slip.code not in str(list(AuditEvent.objects.values()))


def test_a_slip_works_once(chen_jie):
    slip = issue_slip(actor=None, user=chen_jie)
    redeem(slip.code)
    with pytest.raises(SlipRefused):
        redeem(slip.code, password="另一句只有我知道的话")
    chen_jie.refresh_from_db()
    assert chen_jie.check_password(NEW)


def test_a_slip_works_for_fourteen_days(chen_jie, at):
    at("2026-03-01T08:00:00+08:00")
    slip = issue_slip(actor=None, user=chen_jie)
    at("2026-03-15T08:00:00+08:00")
    with pytest.raises(SlipRefused):
        redeem(slip.code)
    at("2026-03-15T07:59:59+08:00")
    assert redeem(slip.code) == chen_jie


def test_a_new_slip_voids_the_open_one(chen_jie):
    first = issue_slip(actor=None, user=chen_jie)
    second = issue_slip(actor=None, user=chen_jie)
    with pytest.raises(SlipRefused):
        redeem(first.code)
    assert redeem(second.code) == chen_jie


def test_the_present_password_stays_good_until_the_slip_is_used(li_na, informed, door):
    informed(li_na)
    slip = issue_slip(actor=None, user=li_na)
    _answer, browser = door("li.na")
    assert browser.get("/api/v1/me").status_code == 200
    redeem(slip.code, name="li.na")
    assert browser.get("/api/v1/me").status_code == 401
    assert door("li.na", PASSWORD)[0].status_code == 422
    assert door("li.na", NEW)[0].status_code == 302


def test_refusals_look_alike(chen_jie, li_na):
    slip = issue_slip(actor=None, user=chen_jie)
    closed = issue_slip(actor=None, user=li_na)
    disable_account(actor=None, user=li_na, reason="退休")
    refusals = []
    for name, code in (
        ("nobody", slip.code),
        ("chen.jie", "AAAA-AAAA-AAAA"),
        ("li.na", closed.code),
    ):
        answer = Client().post(
            "/sign-in/slip/",
            {"username": name, "code": code, "new_password": NEW, "new_password_again": NEW},
        )
        refusals.append(
            (answer.status_code, "账号或密码单上的代码不正确" in answer.content.decode())
        )
    assert refusals == [(422, True)] * 3
    assert Slip.objects.filter(redeemed_at=None).count() == 2


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("短短短短短短短短短", "9 characters"),
        ("x" * 129, "129 characters"),
        ("1234567890", "common"),
        ("chen.jie00", "like the account name"),
    ],
)
def test_a_bad_password_is_refused_and_the_slip_stays_good(chen_jie, password, why):
    slip = issue_slip(actor=None, user=chen_jie)
    with pytest.raises(PasswordRefused) as refused:
        redeem(slip.code, password=password)
    assert list(refused.value.fields) == ["new_password"]
    assert redeem(slip.code, password="x" * 62 + "山" * 66) == chen_jie


def test_composition_is_nobodys_business(chen_jie):
    slip = issue_slip(actor=None, user=chen_jie)
    assert redeem(slip.code, password="aaaaaaaaab") == chen_jie


def test_the_page_keeps_what_was_typed_when_it_refuses(chen_jie):
    slip = issue_slip(actor=None, user=chen_jie)
    form = {
        "username": "chen.jie",
        "code": slip.code,
        "new_password": NEW,
        "new_password_again": NEW + "。",
    }
    answer = Client().post("/sign-in/slip/", form)
    assert answer.status_code == 422
    assert "两次输入的新密码不一致" in answer.content.decode()
    assert slip.code in answer.content.decode()
    short = Client().post(
        "/sign-in/slip/", {**form, "new_password": "a", "new_password_again": "a"}
    )
    assert short.status_code == 422
    assert NEW not in answer.content.decode()


def test_guessing_stops_after_five_tries(chen_jie):
    slip = issue_slip(actor=None, user=chen_jie)
    for _time in range(5):
        with pytest.raises(SlipRefused):
            redeem("AAAA-AAAA-AAAA")
    with pytest.raises(Throttled):
        redeem(slip.code)
    answer = Client().post(
        "/sign-in/slip/",
        {
            "username": "chen.jie",
            "code": slip.code,
            "new_password": NEW,
            "new_password_again": NEW,
        },
        REMOTE_ADDR="10.1.1.1",
    )
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 900


def test_a_slip_spent_in_the_same_moment_is_refused(chen_jie, monkeypatch):
    from accounts.services import slips

    slip = issue_slip(actor=None, user=chen_jie)
    set_password = slips.set_password

    def spent_meanwhile(*, user: User, password: str) -> None:
        Slip.objects.update(withdrawn_at="2026-03-01T00:00:00Z")
        set_password(user=user, password=password)

    monkeypatch.setattr(slips, "set_password", spent_meanwhile)
    with pytest.raises(SlipRefused):
        redeem(slip.code)
    chen_jie.refresh_from_db()
    assert not chen_jie.has_usable_password()


def test_the_database_holds_one_open_slip_a_person(chen_jie):
    slip = issue_slip(actor=None, user=chen_jie)
    row = Slip.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.create(user=chen_jie, code_hash="x", expires_at=slip.expires_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.filter(pk=row.pk).update(expires_at=row.created_at)
    assert str(row) == "陈洁"


def test_issuing_and_redeeming_leave_a_trace(chen_jie, li_na):
    slip = issue_slip(actor=li_na, user=chen_jie)
    redeem(slip.code)
    issued = AuditEvent.objects.get(verb="accounts.slip_issued")
    assert (issued.actor_id, issued.thing_id) == (li_na.pk, str(chen_jie.pk))
    assert AuditEvent.objects.get(verb="accounts.slip_redeemed").actor_id == chen_jie.pk
    assert Slip.objects.get().issued_by == li_na


def test_the_forgotten_page_says_whom_to_ask():
    page = Client().get("/sign-in/forgotten/").content.decode()
    assert "找本校的学校管理员" in page
    assert Client().get("/sign-in/slip/").status_code == 200
