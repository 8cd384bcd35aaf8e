"""A watch token is the server's word: any change to it makes it nobody's."""

import base64
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.tokens import WatchToken, expires_ms, read, sign

KEY = b"k" * 32
TOKEN = WatchToken(
    session=UUID(int=1),
    teacher=UUID(int=2),
    version=UUID(int=3),
    lesson=UUID(int=4),
    enrolment=UUID(int=5),
    started_ms=1_767_225_600_000,
    expires_ms=1_767_235_200_000,
    duration_ms=1_200_000,
    policy=1,
)


def test_a_token_reads_back_as_it_was_signed():
    assert read(sign(TOKEN, KEY), KEY) == TOKEN


def test_another_key_does_not_open_it():
    assert read(sign(TOKEN, KEY), b"q" * 32) is None


@pytest.mark.parametrize("text", ["", "a", "不是令牌", "====", "AAAA" * 30, "../../etc"])
def test_foreign_text_is_no_token(text):
    assert read(text, KEY) is None


@given(st.data())
def test_no_single_changed_byte_survives(data):
    raw = bytearray(base64.urlsafe_b64decode(sign(TOKEN, KEY) + "=="))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    assert read(base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("="), KEY) is None


def test_a_longer_duration_needs_the_servers_signature():
    forged = sign(replace(TOKEN, duration_ms=1), b"guess")
    assert read(forged, KEY) is None


def test_a_session_ends_with_learning_at_the_latest():
    assert expires_ms(1_000, 1_200_000, None) == 1_000 + 2_400_000 + 7_200_000
    assert expires_ms(1_000, 1_200_000, 50_000) == 50_000
    assert expires_ms(1_000, 1_200_000, 99_000_000_000) == 9_601_000
