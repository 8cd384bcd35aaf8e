"""A code that was misread, mistyped or guessed is told apart from one that was printed."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules import codes

DATA = st.text(codes.ALPHABET, min_size=12, max_size=12)
CODES = DATA.map(lambda data: data + codes.check_symbols(data))


def test_the_printed_check_symbols_stay_what_they_are():
    """These values are on paper; changing field or generator would break them."""
    assert codes.check_symbols("000000000000") == "00"
    assert codes.check_symbols("000000000001") == "68"
    assert codes.check_symbols("XY2026TRA1N1") == "DT"
    assert codes.formatted("XY2026TRA1N1DT") == "XY202-6TRA1-N1DT"


def test_a_new_code_is_a_code_and_no_two_are_alike():
    made = [codes.new_code() for _ in range(500)]
    assert all(codes.is_code(code) for code in made)
    assert len(set(made)) == 500


@pytest.mark.parametrize("data", ["", "00000000000", "00000000000I", "0" * 13])
def test_check_symbols_are_made_for_twelve_symbols_of_the_alphabet_only(data: str):
    with pytest.raises(ValueError, match="twelve symbols"):
        codes.check_symbols(data)


@pytest.mark.parametrize(
    "typed",
    [
        "XY202-6TRA1-N1DT",
        "xy202 6tra1 n1dt",
        "XY2O2-6TRAI-NLDT",
        "ＸＹ２０２－６ＴＲＡ１－Ｎ１ＤＴ",
        "\u3000XY202—6TRA1—N1DT\u200b",
    ],
)
def test_however_it_is_typed_the_same_code_is_read(typed: str):
    assert codes.normalise(typed) == "XY2026TRA1N1DT"
    assert codes.is_code(codes.normalise(typed))


@pytest.mark.parametrize(
    "pasted",
    [
        "验证码 XY202-6TRA1-N1DT",
        "验证码：xy2026tra1n1dt",
        "证书编号　信教体培证字〔2026〕000123号\n验证码　XY202-6TRA1-N1DT",
        "Verification code XY202 6TRA1 N1DT.",
        "https://lms.xinyang.example/verify/XY202-6TRA1-N1DT/",
        "扫描二维码，或访问此地址查验真伪：HTTPS://JIAOYUXINYANG1.EXAMPLE/VERIFY/XY2026TRA1N1DT/",
        "https://lms.example/verify/XY202-6TRA1-N1DT/?from=abcdeabcdeabcd",
    ],
)
def test_a_code_is_found_in_what_is_copied_from_the_paper(pasted: str):
    assert codes.read(pasted) == "XY2026TRA1N1DT"


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("验证码 XY202-6TRA1-N1DD", "XY2026TRA1N1DD"),
        ("abc", "ABC"),
        ("XY20 26TR A1N1 DT", "XY2026TRA1N1DT"),
        ("验证码 XY202-6TRA1", "验证码XY2026TRA1"),
    ],
)
def test_nothing_is_made_up_where_no_code_is_found(pasted: str, read: str):
    assert codes.read(pasted) == read


@pytest.mark.parametrize("text", ["", "XY2026TRA1N1P", "XY2026TRA1N1DTX", "XY2026TRA1N1P*"])
def test_what_is_no_code_is_neither_accepted_nor_corrected(text: str):
    assert not codes.is_code(text)
    assert codes.corrected(text) is None


def test_every_single_slip_is_caught_and_can_be_located():
    code = "XY2026TRA1N1DT"
    for place, symbol in itertools.product(range(14), codes.ALPHABET):
        if symbol == code[place]:
            continue
        slipped = code[:place] + symbol + code[place + 1 :]
        assert not codes.is_code(slipped)
        assert codes.corrected(slipped) == code
    assert codes.corrected(code) is None


def test_every_pair_of_slips_and_every_swap_of_neighbours_is_caught():
    rng = random.Random(20261123)
    for _ in range(20_000):
        code = list("XY2026TRA1N1DT")
        for place in rng.sample(range(14), 2):
            code[place] = rng.choice([s for s in codes.ALPHABET if s != code[place]])
        assert not codes.is_code("".join(code))
    for place in range(13):
        code = list("XY2026TRA1N1DT")
        if code[place] != code[place + 1]:
            code[place], code[place + 1] = code[place + 1], code[place]
            assert not codes.is_code("".join(code))


def test_a_slip_that_points_outside_the_code_is_not_corrected():
    hopeless = [
        text
        for text in ("XY2026TRA1N1" + a + b for a in codes.ALPHABET for b in codes.ALPHABET)
        if not codes.is_code(text) and codes.corrected(text) is None
    ]
    assert len(hopeless) > 0


@given(CODES)
def test_printing_and_reading_give_the_code_back(code: str):
    assert codes.normalise(codes.formatted(code).lower()) == code
    assert codes.is_code(code)
