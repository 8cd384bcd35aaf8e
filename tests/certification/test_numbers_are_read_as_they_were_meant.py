"""Numbers that went through spreadsheets and chats are read back, or left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.rules import numbers

KEY = "信教体培证字〔2026〕123"


def test_a_number_is_printed_in_the_form_of_official_papers():
    assert numbers.rendered("信教体培证字", 2026, 123, 6) == "信教体培证字〔2026〕000123号"
    assert numbers.rendered("信教体培证字", 2026, 1234567, 6) == "信教体培证字〔2026〕1234567号"
    assert numbers.key_of("信教体培证字", 2026, 123) == KEY


@pytest.mark.parametrize(("year", "sequence"), [(999, 1), (10000, 1), (2026, 0)])
def test_no_number_is_printed_outside_its_range(year: int, sequence: int):
    with pytest.raises(ValueError, match="four digits"):
        numbers.rendered("信教体培证字", year, sequence, 6)


@pytest.mark.parametrize(
    "text",
    [
        "信教体培证字〔2026〕000123号",
        "信教体培证字[2026]000123号",
        "信教体培证字［２０２６］０００１２３号",
        "信教体培证字（2026）第000123号",
        "信教体培证字【2026】123",
        " 信教体培证字 〔2026〕 000123 号 ",
        "\ufeff信教体培证字\u200b〔2026〕000123号\u00a0",
        "信教体培证字﹝2026﹞000123号",
    ],
)
def test_brackets_spaces_widths_and_lost_zeros_do_not_matter(text: str):
    number = numbers.parsed(text)
    assert number is not None
    assert number.key == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "000123",
        "123.0",
        "4.13E+17",
        "信教体培证字2026000123号",
        "信教体培证字〔26〕000123号",
        "信教体培证字〔2026〕号",
        "信教体培证字〔2026〕000000号",
        "信教体培证字〔2026〕0000000000123号",
        "信教体培证字〔2026〕٠١٢号",
        "〔2026〕000123号",
    ],
)
def test_what_is_ambiguous_is_not_guessed(text: str):
    assert numbers.parsed(text) is None


SIGNS = st.one_of(
    st.sampled_from("信教培证字第号〔〕()（）[]［］【】「」{}<>《》0１２26-—·. ㈠①ﷺéＡa"),
    st.characters(exclude_categories=["Cs"]),
)


@given(
    prefix=st.text(SIGNS, min_size=1, max_size=45),
    year=st.integers(1000, 9999),
    sequence=st.integers(1, 10**12 - 1),
    width=st.integers(1, 12),
)
def test_a_number_under_any_prefix_that_is_taken_is_read_back(prefix, year, sequence, width):
    if not numbers.is_prefix(prefix):
        return
    read = numbers.parsed(numbers.rendered(prefix, year, sequence, width))
    assert read is not None
    assert read.key == numbers.key_of(prefix, year, sequence)
    assert len(read.key) <= 80


@given(st.text(SIGNS, min_size=1, max_size=40))
def test_a_prefix_that_can_be_printed_and_kept_is_taken(prefix):
    kept = prefix.strip() and prefix.isprintable() and 0 < len(numbers.plain(prefix)) <= 40
    assert numbers.is_prefix(prefix) == bool(kept)


@pytest.mark.parametrize(
    "prefix", ["信教（培）证字", "信教〔培〕证字", "信教[培]证字", "（培）", "信教(2026)证字"]
)
def test_a_prefix_with_brackets_is_read_in_any_brackets(prefix):
    number = numbers.rendered(prefix, 2026, 123, 6)
    for typed in (number, number.replace("（", "(").replace("）", ")"), number.replace("〔", "[")):
        read = numbers.parsed(typed)
        assert read is not None
        assert read.key == numbers.key_of(prefix, 2026, 123)
