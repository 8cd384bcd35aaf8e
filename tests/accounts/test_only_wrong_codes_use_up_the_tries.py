"""The limit of the second factor is one of guesses: right codes cost nothing."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django_otp.oath import hotp

from accounts.models import Authenticator, User
from accounts.services import confirm_authenticator, start_authenticator
from accounts.services.second_factor import CodeRefused, verify_second_factor
from core import clock
from core.models import AuditEvent, ThrottleCount
from core.throttle import Throttled

pytestmark = pytest.mark.django_db


def number(device: Authenticator) -> str:
    """What the person's phone shows now."""
    key = base64.b32decode(str(device.key))
    return str(hotp(key, int(clock.now().timestamp()) // 30, 6)).zfill(6)


@pytest.fixture
def device(li_na: User, at: Any) -> Authenticator:
    at("2026-03-02T08:00:00+08:00")
    begun = start_authenticator(actor=li_na)
    confirm_authenticator(actor=li_na, code=number(begun))
    return Authenticator.objects.get(pk=begun.pk)


def test_twelve_right_numbers_in_a_quarter_of_an_hour_are_all_taken(device, li_na, at):
    taken = []
    for half in range(2, 14):
        at(f"2026-03-02T08:{half // 2:02}:{half % 2 * 30:02}+08:00")
        taken.append(verify_second_factor(user=li_na, code=number(device)))
    assert taken == ["totp"] * 12
    assert ThrottleCount.objects.get(scope="accounts.second_factor").count == 0


def test_a_number_that_is_sent_again_counts_as_a_wrong_one(device, li_na, at):
    at("2026-03-02T08:01:00+08:00")
    verify_second_factor(user=li_na, code=number(device))
    for _time in range(10):
        with pytest.raises(CodeRefused):
            verify_second_factor(user=li_na, code=number(device))
    with pytest.raises(Throttled):
        verify_second_factor(user=li_na, code=number(device))


def test_right_codes_do_not_win_new_guesses(device, li_na, at):
    at("2026-03-02T08:01:00+08:00")
    for _time in range(9):
        with pytest.raises(CodeRefused):
            verify_second_factor(user=li_na, code="111111")
    assert verify_second_factor(user=li_na, code=number(device)) == "totp"
    with pytest.raises(CodeRefused):
        verify_second_factor(user=li_na, code="111111")
    with pytest.raises(Throttled):
        verify_second_factor(user=li_na, code="111111")


def test_what_cannot_be_a_code_is_no_guess_and_is_told_what_is_wanted(device, li_na):
    for typed, said in (
        ("12345", "您输入了 5 位"),
        ("1234 5678", "您输入了 8 位"),
        ("ABCD-EFGH-JKM", "您输入了 11 位"),
        ("", "您输入了 0 位"),
    ):
        with pytest.raises(CodeRefused) as refused:
            verify_second_factor(user=li_na, code=typed)
        assert said in str(refused.value)
        assert "恢复码是 12 位字母和数字" in str(refused.value)
    assert ThrottleCount.objects.get(scope="accounts.second_factor").count == 0
    assert not AuditEvent.objects.filter(verb="accounts.second_factor_refused").exists()


def test_a_wrong_recovery_code_is_not_told_to_look_at_the_phone_s_clock(device, li_na):
    with pytest.raises(CodeRefused) as refused:
        verify_second_factor(user=li_na, code="ABCD-EFGH-JKMN")
    assert str(refused.value) == (
        "恢复码不正确或已经用过。请对照保存的恢复码逐位核对，或换一个没有用过的。"
    )
    assert ThrottleCount.objects.get(scope="accounts.second_factor").count == 1


def test_recovery_codes_are_taken_with_any_separators_and_in_full_width(li_na, at):
    at("2026-03-02T08:00:00+08:00")
    codes = confirm_authenticator(actor=li_na, code=number(start_authenticator(actor=li_na)))
    first, second, third, fourth = (one.split("-") for one in codes[:4])
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in "".join(fourth))
    for typed in (" ".join(first), "—".join(second), "".join(third).lower(), f"　{wide} "):
        assert verify_second_factor(user=li_na, code=typed) == "recovery"


def test_enrolment_asks_for_the_number_of_the_phone_only(li_na, at):
    at("2026-03-02T08:00:00+08:00")
    start_authenticator(actor=li_na)
    with pytest.raises(CodeRefused) as refused:
        confirm_authenticator(actor=li_na, code="ABCD-EFGH-JKMN")
    assert str(refused.value) == (
        "这里需要手机上显示的动态码（6 位数字）；您输入了 12 位。请核对后重新输入。"
    )
    assert not ThrottleCount.objects.exists()
