"""Quality is a weighted mean of what applies, banded with a margin, never ranked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.chain import GENESIS, content_sha256, link
from evaluation.rules.notice import open_until
from evaluation.rules.quality import (
    Band,
    Measure,
    Verdict,
    band_of,
    judge,
    percent_of,
    quality_of,
    share_of,
)
from evaluation.rules.raising import parts_of

WEIGHTS = {"covered_days": 45, "required_products": 25}
MEASURE = Measure(WEIGHTS, (9000, 7500, 6000), margin=100, effective_from=7500)


def test_quality_is_the_weighted_mean_of_the_shares():
    assert quality_of({"covered_days": (1, 1), "required_products": (1, 1)}, WEIGHTS) == 10_000
    assert quality_of({"covered_days": (1, 2), "required_products": (1, 1)}, WEIGHTS) == 6_786
    assert quality_of({"covered_days": (0, 9), "required_products": (0, 3)}, WEIGHTS) == 0


def test_what_is_not_due_or_not_weighed_is_left_out_and_the_rest_rescaled():
    shares = {"covered_days": (1, 2), "required_products": (0, 0), "late_entries": (5, 5)}
    assert quality_of(shares, WEIGHTS) == 5_000
    assert quality_of({"required_products": (0, 0)}, WEIGHTS) is None
    assert quality_of({}, WEIGHTS) is None


@pytest.mark.parametrize(
    ("quality", "band"),
    [
        (10_000, Band.EXCELLENT), (9_000, Band.EXCELLENT), (8_900, Band.EXCELLENT),
        (8_899, Band.GOOD), (7_400, Band.GOOD), (7_399, Band.FAIR), (5_900, Band.FAIR),
        (5_899, Band.BELOW), (0, Band.BELOW),
    ],
)  # fmt: skip
def test_who_misses_a_floor_by_no_more_than_the_margin_stands_above_it(quality, band):
    assert band_of(quality, MEASURE) == band


def test_preferred_is_who_is_qualified_and_works_effectively_both():
    good = {"covered_days": (3, 4), "required_products": (3, 4)}
    poor = {"covered_days": (7_499, 10_000), "required_products": (7_499, 10_000)}
    assert judge(good, MEASURE, qualified=True) == Verdict(7_500, Band.GOOD, True, True)
    assert judge(good, MEASURE, qualified=False) == Verdict(7_500, Band.GOOD, False, False)
    assert judge(poor, MEASURE, qualified=True) == Verdict(7_499, Band.GOOD, True, False)
    assert judge({}, MEASURE, qualified=True) == Verdict(None, None, True, False)


def test_a_notice_lasts_whole_working_days_after_the_day_it_begins():
    days = [date(2026, 7, day) for day in (13, 14, 15, 16, 17, 20, 21)]
    assert open_until(date(2026, 7, 13), 5, days) == date(2026, 7, 21)
    assert open_until(date(2026, 7, 12), 5, days) == date(2026, 7, 20)
    assert open_until(date(2026, 7, 13), 6, days) is None


def test_a_digest_depends_on_every_value_and_on_the_one_before():
    one, other = {"a": [1, "李"], "b": None}, {"b": None, "a": [1, "李"]}
    assert content_sha256(one) == content_sha256(other)
    assert content_sha256(one) != content_sha256({"a": [1, "李 "], "b": None})
    assert link(GENESIS, one) != link(link(GENESIS, one), one)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_quality_is_shown_to_reach_a_floor_just_when_it_does(quality, floor):
    assert (Decimal(percent_of(quality)) >= Decimal(percent_of(floor))) == (quality >= floor)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (7_496, "74.96"),
        (7_500, "75.0"),
        (8_410, "84.1"),
        (10_000, "100.0"),
        (0, "0.0"),
        (5, "0.05"),
    ],
)
def test_a_share_is_shown_to_its_last_place(share, words):
    assert percent_of(share) == words


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (0, 3, 0), (3, 3, 10_000), (5, 9, 5_556), (29_999, 30_000, 9_999), (1, 30_000, 1),
        (9, 1, 90_000),
    ],
)  # fmt: skip
def test_all_and_nothing_are_shown_only_of_all_and_nothing(part, whole, share):
    assert share_of(part, whole) == share


def test_the_parts_of_a_quality_add_up_to_it_as_it_is_told():
    shares = {"covered_days": (98, 100), "required_products": (1, 2)}
    assert quality_of(shares, WEIGHTS) == 8_086
    assert parts_of(shares, WEIGHTS) == {
        "covered_days": (6_300, 6_429),
        "required_products": (1_786, 3_571),
    }
    assert parts_of({"covered_days": (0, 0)}, WEIGHTS) == {}


def test_a_part_of_which_nothing_was_done_gives_nothing_and_the_full_one_is_rounded_up():
    shares = {"covered_days": (9, 9), "required_products": (0, 4), "late_entries": (0, 7)}
    weights = {"covered_days": 5, "required_products": 15, "late_entries": 15}
    assert parts_of(shares, weights) == {
        "covered_days": (1_429, 1_429),
        "required_products": (0, 4_286),
        "late_entries": (0, 4_285),
    }


PART = st.integers(1, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(
    st.lists(PART, min_size=1, max_size=5),
    st.lists(st.integers(1, 100), min_size=5, max_size=5),
)
def test_no_part_gives_more_than_it_can_and_all_together_are_the_quality(shares, weights):
    named = {f"part {number}": share for number, share in enumerate(shares)}
    weighed = dict(zip(named, weights, strict=False))
    found = parts_of(named, weighed)
    parts = found.values()
    assert sum(given for given, _most in parts) == quality_of(named, weighed)
    assert sum(most for _given, most in parts) == 10_000
    assert all(given <= most for given, most in parts)
    assert all(found[name][0] == 0 for name, (done, _due) in named.items() if done == 0)
