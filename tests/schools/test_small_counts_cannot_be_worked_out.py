"""Counts of pupils outside their school: a hidden one cannot be worked out from the total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.rules.small_counts import with_small_hidden


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([], []),
        ([40, 25, 10], [40, 25, 10]),
        ([0, 40], [0, 40]),
        ([9, 40], [None, None]),
        ([12, 3, 40, 25], [None, None, 40, 25]),
        ([2, 1, 40], [None, None, None]),
        ([2, 1, 40, 50], [None, None, None, 50]),
        ([1, 10, 11, 50], [None, None, None, 50]),
        ([6], [None]),
        ([9, 8, 7, 40], [None, None, None, 40]),
    ],
)
def test_the_next_smallest_goes_with_a_small_one(counts, told):
    assert with_small_hidden(counts) == told


@given(st.lists(st.integers(0, 60), max_size=12))
def test_nobody_narrows_a_hidden_count_to_less_than_ten_values(counts):
    told = with_small_hidden(counts)
    hidden = [count for count, shown in zip(counts, told, strict=True) if shown is None]
    assert all(shown in (None, count) for count, shown in zip(counts, told, strict=True))
    assert not any(0 < shown < 10 for shown in told if shown is not None)
    if hidden and any(shown for shown in told):
        sum_known = sum(counts) - sum(shown for shown in told if shown)
        greatest = sum_known - (len(hidden) - 1)
        assert greatest - 1 >= 10
