"""Names, codes and ages, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django_otp.oath import hotp

from accounts import rules

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        (" Li.Na ", "li.na"),
        ("１３８ ００００　１１１１", "13800001111"),
        ("李 娜", "李娜"),
        ("", ""),
    ],
)
def test_names_are_normal(typed: str, normal: str):
    assert rules.normal_name(typed) == normal


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800001111", "138****1111"), ("1234567", "1234567"), ("123", ""), (None, ""), ("", "")],
)
def test_phones_are_masked(phone: str | None, shown: str):
    assert rules.masked_phone(phone) == shown


def test_only_mobile_numbers_are_phones():
    assert rules.is_phone("13800001111")
    assert not rules.is_phone("12800001111")
    assert not rules.is_phone("1380000111")
    assert not rules.is_phone("li.na")


def test_codes_are_read_however_they_are_typed():
    assert rules.normal_code("ab2c-ＤＥ３f  ghjk") == "AB2CDE3FGHJK"
    assert rules.normal_code("０００ ０００") == "000000"


def test_codes_use_signs_that_nobody_confuses():
    code = rules.readable_code(3)
    assert len(code) == 14
    assert set(code) <= set("ABCDEFGHJKMNPQRSTUVWXYZ23456789-")
    assert len({rules.readable_code(3) for _time in range(500)}) == 500


@pytest.mark.parametrize(
    ("idle", "lived", "over"),
    [
        (timedelta(minutes=29, seconds=59), timedelta(hours=1), False),
        (timedelta(minutes=30), timedelta(hours=1), True),
        (timedelta(0), timedelta(hours=7, minutes=59, seconds=59), False),
        (timedelta(0), timedelta(hours=8), True),
        (timedelta(seconds=-59), timedelta(hours=1), False),
        (timedelta(minutes=-2), timedelta(hours=1), True),
        (timedelta(seconds=-30), timedelta(minutes=-3), True),
    ],
)
def test_sessions_near_pupils_end_after_30_minutes_idle_and_8_hours_in_all(idle, lived, over):
    assert (
        rules.session_is_over(
            ages=rules.PUPIL_DATA_AGES, signed_in=NOON - lived, seen=NOON - idle, now=NOON
        )
        is over
    )


def test_the_numbers_are_those_of_rfc_6238():
    key = b"12345678901234567890"

    def number_of(step: int) -> str:
        return str(hotp(key, step, 8)).zfill(8)

    at = datetime.fromtimestamp(1111111109, UTC)
    assert rules.matching_step(number_of, "07081804", at=at, after=-1) == 37037036
    late = at + timedelta(seconds=30)
    early = at - timedelta(seconds=30)
    assert rules.matching_step(number_of, "07081804", at=late, after=-1) == 37037036
    assert rules.matching_step(number_of, "07081804", at=early, after=-1) == 37037036
    assert (
        rules.matching_step(number_of, "07081804", at=late + timedelta(seconds=30), after=-1)
        is None
    )
    assert rules.matching_step(number_of, "07081804", at=at, after=37037036) is None
    assert rules.matching_step(number_of, "７081804", at=at, after=-1) is None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 12) Chrome/107.0 MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16) Safari/604.1", "Safari · iPhone"),
        ("curl/8.0", ""),
    ],
)
def test_devices_have_names(agent: str, name: str):
    assert rules.device_name(agent) == name
