"""One-time numbers, recovery codes, and starting again after a loss."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import hotp

from accounts.models import Authenticator, Notice, RecoveryCode, User
from accounts.services import (
    confirm_authenticator,
    redeem_slip,
    reissue_second_factor,
    renew_recovery_codes,
    start_authenticator,
)
from accounts.services.second_factor import CodeRefused, verify_second_factor
from core import clock
from core.models import AuditEvent
from core.throttle import Throttled
from tests.accounts.conftest import PASSWORD
from tests.people import a_teacher

pytestmark = pytest.mark.django_db


def number(device: Authenticator, seconds: int = 0) -> str:
    """What the person's phone shows now."""
    instant = int(clock.now().timestamp()) + seconds
    key = base64.b32decode(str(device.key))
    return str(hotp(key, instant // 30, 6)).zfill(6)


def enrolled(user: User) -> tuple[Authenticator, list[str]]:
    device = start_authenticator(actor=user)
    codes = confirm_authenticator(actor=user, code=number(device))
    return Authenticator.objects.get(pk=device.pk), codes


@pytest.fixture
def zhou(informed: Any) -> User:
    """A psychology teacher: whoever reaches pupils' data needs the second factor."""
    teacher = a_teacher("周敏", posts=["psychology_teacher"], number="ZHOU", password=PASSWORD)
    return informed(teacher.user)


@pytest.fixture
def no_demo_code(settings: Any) -> None:
    settings.DEMO_CODE = ""


def test_the_password_alone_does_not_sign_in(zhou, door, at):
    at("2026-03-02T08:00:00+08:00")
    device, _codes = enrolled(zhou)
    at("2026-03-02T08:05:00+08:00")
    answer, browser = door("zhou", target="/notices/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/?next=%2Fnotices%2F")
    assert browser.get("/api/v1/me").status_code == 401
    page = browser.get(answer["Location"])
    assert page.status_code == 200
    assert "动态码或恢复码</label>" in page.content.decode()
    wrong = browser.post("/sign-in/code/", {"code": "111111", "next": "/notices/"})
    assert wrong.status_code == 422
    assert "动态码不正确或已过期" in wrong.content.decode()
    right = browser.post("/sign-in/code/", {"code": number(device), "next": "/notices/"})
    assert (right.status_code, right["Location"]) == (302, "/notices/")
    me = browser.get("/api/v1/me").json()
    assert (me["username"], me["second_factor"]) == ("zhou", True)
    assert me["posts"][0]["role"] == "psychology_teacher"


def test_an_empty_code_is_asked_again(zhou, door, at):
    at("2026-03-02T08:00:00+08:00")
    enrolled(zhou)
    _answer, browser = door("zhou")
    assert browser.post("/sign-in/code/", {"code": ""}).status_code == 422


def test_the_first_sign_in_leads_through_enrolment(zhou, door, at, no_demo_code):
    at("2026-03-02T08:00:00+08:00")
    answer, browser = door("zhou", target="/notices/")
    assert answer["Location"] == "/sign-in/enrol/?next=%2Fnotices%2F"
    page = browser.get(answer["Location"]).content.decode()
    device = Authenticator.objects.get(user=zhou)
    assert str(device.key) in page.replace(" ", "")
    assert 'src="data:image/svg+xml' in page
    assert browser.get("/sign-in/code/")["Location"].startswith("/sign-in/enrol/")
    assert browser.post("/sign-in/enrol/", {"code": ""}).status_code == 422
    assert browser.post("/sign-in/enrol/", {"code": "123456"}).status_code == 422
    assert browser.get("/api/v1/me").status_code == 401
    done = browser.post("/sign-in/enrol/", {"code": number(device), "next": "/notices/"})
    assert done["Location"] == "/account/recovery-codes/"
    shown = browser.get("/account/recovery-codes/").content.decode()
    codes = re.findall(r"<code>([A-Z2-9-]{14})</code>", shown)
    assert len(set(codes)) == 10
    file = browser.get("/account/recovery-codes/file/")
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert file.content.decode().split("\r\n")[2:12] == codes
    saved = browser.post("/account/recovery-codes/")
    assert saved["Location"] == "/notices/"
    assert browser.get("/account/recovery-codes/")["Location"] == "/account/second-factor/"
    assert browser.get("/account/recovery-codes/file/").status_code == 404
    assert browser.get("/sign-in/enrol/")["Location"].startswith("/sign-in/code/")


def test_enrolment_can_be_begun_again(zhou, door, at, no_demo_code):
    at("2026-03-02T08:00:00+08:00")
    _answer, browser = door("zhou")
    Authenticator.objects.all().delete()
    assert "start-authenticator" in browser.get("/sign-in/enrol/").content.decode()
    assert browser.post("/sign-in/enrol/", {"start": "1"}).status_code == 302
    first = Authenticator.objects.get(user=zhou)
    browser.post("/sign-in/enrol/", {"start": "1"})
    assert Authenticator.objects.get(user=zhou).pk != first.pk
    Authenticator.objects.all().delete()
    assert browser.post("/sign-in/enrol/", {"code": "123456"}).status_code == 422


def test_nobody_reaches_the_code_page_without_a_password(zhou):
    for page in ("/sign-in/code/", "/sign-in/enrol/"):
        answer = Client().get(page, {"next": "/notices/"})
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fnotices%2F")


def test_the_way_from_password_to_code_is_open_for_ten_minutes(zhou, door, at):
    at("2026-03-02T08:00:00+08:00")
    device, _codes = enrolled(zhou)
    _answer, browser = door("zhou")
    at("2026-03-02T08:10:00+08:00")
    late = browser.post("/sign-in/code/", {"code": number(device)})
    assert late["Location"].startswith("/sign-in/?")
    at("2026-03-02T08:09:59+08:00")
    assert browser.post("/sign-in/code/", {"code": number(device)})["Location"] == "/home/"


def test_a_number_counts_once(zhou, at):
    at("2026-03-02T08:00:00+08:00")
    device, _codes = enrolled(zhou)
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code=number(device))
    at("2026-03-02T08:00:30+08:00")
    assert verify_second_factor(user=zhou, code=number(device)) == "totp"
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code=number(device))
    assert verify_second_factor(user=zhou, code=number(device, 30)) == "totp"


def test_a_number_spent_by_another_request_is_refused(zhou, at, monkeypatch):
    from accounts.services import second_factor

    at("2026-03-02T08:00:00+08:00")
    device, _codes = enrolled(zhou)
    at("2026-03-02T08:01:00+08:00")
    matching = second_factor._matching_step

    def spent_meanwhile(row: Authenticator, code: str) -> int | None:
        step = matching(row, code)
        if step:
            Authenticator.objects.filter(pk=row.pk).update(last_step=step)
        return step

    monkeypatch.setattr(second_factor, "_matching_step", spent_meanwhile)
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code=number(device))
    Authenticator.objects.filter(pk=device.pk).update(confirmed_at=None)
    other = Authenticator.objects.get(pk=device.pk)
    monkeypatch.setattr(second_factor, "_matching_step", matching)
    other.last_step = -1
    monkeypatch.setattr(
        second_factor,
        "pending_authenticator_of",
        lambda user: Authenticator.objects.filter(pk=other.pk).delete() and other,
    )
    with pytest.raises(CodeRefused):
        confirm_authenticator(actor=zhou, code=number(device))


def test_a_recovery_code_stands_in_once_and_the_person_is_told(zhou, door, at):
    at("2026-03-02T08:00:00+08:00")
    _device, codes = enrolled(zhou)
    _answer, browser = door("zhou")
    typed = codes[3].lower().replace("-", "")
    assert browser.post("/sign-in/code/", {"code": typed})["Location"] == "/home/"
    _answer, again = door("zhou")
    assert again.post("/sign-in/code/", {"code": typed}).status_code == 422
    assert RecoveryCode.objects.filter(user=zhou, spent_at=None).count() == 9
    assert Notice.objects.filter(user=zhou, text__contains="恢复码").count() == 1
    assert AuditEvent.objects.get(verb="accounts.recovery_code_spent").detail == {"left": 9}


def test_a_recovery_code_spent_by_another_request_is_refused(zhou, at, monkeypatch):
    from accounts.services import second_factor

    at("2026-03-02T08:00:00+08:00")
    _device, codes = enrolled(zhou)
    check = second_factor.check_password

    def spent_meanwhile(code: str, stored: str) -> bool:
        right = check(code, stored)
        if right:
            RecoveryCode.objects.filter(code_hash=stored).update(spent_at=clock.now())
        return right

    monkeypatch.setattr(second_factor, "check_password", spent_meanwhile)
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code=codes[0])


def test_keys_and_recovery_codes_cannot_be_read_from_the_database(zhou, at):
    from django.db import connection

    at("2026-03-02T08:00:00+08:00")
    device, codes = enrolled(zhou)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM accounts_authenticator")
        stored = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT code_hash FROM accounts_recoverycode")
        hashes = [row[0] for row in cursor.fetchall()]
    assert str(device.key).encode() not in stored
    assert all(one.startswith("argon2$") for one in hashes)
    assert len(hashes) == len(codes) == 10


def test_guessing_numbers_stops_after_ten_tries(zhou, door, at):
    at("2026-03-02T08:00:00+08:00")
    enrolled(zhou)
    at("2026-03-02T08:30:00+08:00")
    _answer, browser = door("zhou")
    codes = [browser.post("/sign-in/code/", {"code": f"{n:06}"}).status_code for n in range(1, 12)]
    assert codes == [422] * 10 + [429]


def test_new_recovery_codes_void_the_old(zhou, at):
    at("2026-03-02T08:00:00+08:00")
    _device, old = enrolled(zhou)
    new = renew_recovery_codes(actor=zhou)
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code=old[0])
    assert verify_second_factor(user=zhou, code=new[0]) == "recovery"


def test_the_demo_code_counts_in_demonstrations_only(zhou, settings, at):
    at("2026-03-02T08:00:00+08:00")
    assert verify_second_factor(user=zhou, code="０００ 000") == "demo"
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code="000001")
    settings.DEMO_SIGN_INS = False
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code="000000")
    settings.DEMO_SIGN_INS = True
    settings.DEMO_CODE = ""
    for code in ("000000", ""):
        with pytest.raises(CodeRefused):
            verify_second_factor(user=zhou, code=code)
    settings.DEMO_CODE = "000000"
    enrolled(zhou)
    assert verify_second_factor(user=zhou, code="000000") == "demo"
    settings.DEMO_SIGN_INS = False
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code="000000")


def test_the_demo_sign_in_goes_password_then_code(zhou, door):
    answer, browser = door("zhou", target="/notices/")
    assert answer["Location"] == "/sign-in/code/?next=%2Fnotices%2F"
    done = browser.post("/sign-in/code/", {"code": "000000", "next": "/notices/"})
    assert done["Location"] == "/notices/"


def test_after_a_loss_everything_starts_again_and_the_stolen_password_opens_nothing(
    zhou, li_na, door, at
):
    at("2026-03-02T08:00:00+08:00")
    device, codes = enrolled(zhou)
    at("2026-03-02T08:05:00+08:00")
    _answer, browser = door("zhou")
    browser.post("/sign-in/code/", {"code": number(device)})
    assert browser.get("/api/v1/me").status_code == 200
    slip = reissue_second_factor(actor=li_na, user=zhou, reason="手机遗失，已当面核对身份证")
    assert browser.get("/api/v1/me").status_code == 401
    assert door("zhou")[0].status_code == 422
    pending = Authenticator.objects.get(user=zhou)
    assert (pending.confirmed_at, pending.pk == device.pk) == (None, False)
    assert RecoveryCode.objects.filter(user=zhou).count() == 0
    trace = AuditEvent.objects.get(verb="accounts.second_factor_reissued")
    assert (trace.actor_id, trace.thing_id) == (li_na.pk, str(zhou.pk))
    assert Notice.objects.filter(user=zhou, text__contains="重新办理身份验证器").count() == 1
    redeem_slip(name="zhou", code=slip.code, new_password="再一次只有我知道的话")
    with pytest.raises(CodeRefused):
        verify_second_factor(user=zhou, code=codes[0])
    answer, browser = door("zhou", "再一次只有我知道的话")
    assert answer["Location"] == "/sign-in/enrol/?next=%2Fhome%2F"
    assert 'data-testid="totp-key"' in browser.get(answer["Location"]).content.decode()
    enrolment = browser.post("/sign-in/enrol/", {"code": "000000"})
    assert enrolment["Location"] == "/account/recovery-codes/"
    assert browser.post("/account/recovery-codes/")["Location"] == "/home/"
    assert door("zhou", "再一次只有我知道的话")[0]["Location"].startswith("/sign-in/code/")


def test_a_learner_may_enrol_and_is_then_asked(li_na, informed, door, at):
    at("2026-03-02T08:00:00+08:00")
    informed(li_na)
    browser = Client()
    browser.force_login(li_na)
    assert browser.get("/account/second-factor/").status_code == 200
    assert browser.get("/account/second-factor/new/")["Location"] == "/account/second-factor/"
    wrong = browser.post("/account/second-factor/", {"present_password": "wrong", "start": "1"})
    assert wrong.status_code == 422
    assert browser.post("/account/second-factor/", {"start": "1"}).status_code == 422
    begun = browser.post("/account/second-factor/", {"present_password": PASSWORD, "start": "1"})
    assert begun["Location"] == "/account/second-factor/new/"
    device = Authenticator.objects.get(user=li_na)
    page = browser.get("/account/second-factor/new/").content.decode()
    assert str(device.key) in page.replace(" ", "")
    assert "别人即使知道密码也不能登录您的账号" in page
    assert "您的工作会接触学生信息" not in page
    assert "动态码</label>" in page
    assert 'href="/account/second-factor/" data-testid="back-to-second-factor">返回' in page
    assert browser.post("/account/second-factor/new/", {"code": "1"}).status_code == 422
    done = browser.post("/account/second-factor/new/", {"code": number(device)})
    assert done["Location"] == "/account/recovery-codes/"
    assert browser.post("/account/recovery-codes/")["Location"] == "/account/second-factor/"
    assert door("li.na")[0]["Location"].startswith("/sign-in/code/")
    renewed = browser.post("/account/second-factor/", {"present_password": PASSWORD, "renew": "1"})
    assert renewed["Location"] == "/account/recovery-codes/"


def test_an_authenticator_is_replaced_only_from_a_session_that_has_shown_it(li_na, at):
    at("2026-03-02T08:00:00+08:00")
    enrolled(li_na)
    browser = Client()
    browser.force_login(li_na)
    session = browser.session
    session["second_factor"] = ""
    session.save()
    answer = browser.post("/account/second-factor/", {"present_password": PASSWORD, "start": "1"})
    assert answer.status_code == 404
    assert Authenticator.objects.filter(user=li_na).count() == 1


def test_the_old_authenticator_serves_until_the_new_one_has_shown_a_number(li_na, at):
    at("2026-03-02T08:00:00+08:00")
    old, _codes = enrolled(li_na)
    new = start_authenticator(actor=li_na)
    at("2026-03-02T08:01:00+08:00")
    assert verify_second_factor(user=li_na, code=number(old)) == "totp"
    confirm_authenticator(actor=li_na, code=number(new))
    assert list(Authenticator.objects.values_list("pk", flat=True)) == [new.pk]
    assert str(new) == "李娜"
    assert str(RecoveryCode.objects.first()) == "李娜"


def test_tries_are_counted_for_enrolment_too(li_na, at):
    at("2026-03-02T08:00:00+08:00")
    start_authenticator(actor=li_na)
    for _time in range(10):
        with pytest.raises(CodeRefused):
            confirm_authenticator(actor=li_na, code="111111")
    with pytest.raises(Throttled):
        confirm_authenticator(actor=li_na, code="111111")


def test_a_password_made_void_between_the_two_steps_opens_nothing(zhou: User, door: Any):
    enrolled(zhou)
    answer, thief = door("zhou", PASSWORD)
    assert answer["Location"].startswith("/sign-in/code/")
    zhou.set_unusable_password()
    zhou.save()
    Authenticator.objects.filter(user=zhou).delete()
    after = thief.get("/sign-in/code/")
    back = "/sign-in/?next=%2Fhome%2F"
    assert (after.status_code, after["Location"]) == (302, back)
    assert thief.get("/sign-in/enrol/")["Location"] == back
    assert "_auth_user_id" not in thief.session
