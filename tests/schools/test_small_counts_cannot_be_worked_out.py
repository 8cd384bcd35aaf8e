"""Counts of pupils outside their school: a hidden one cannot be worked out from the total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations_with_replacement

import pytest
from hypothesis import example, given
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
        ([3, 0, 8, 6, 40], [None, 0, None, None, 40]),
        ([1, 10, 11, 50], [None, None, 11, 50]),
        ([10, 10, 1, 50], [None, None, None, 50]),
    ],
)
def test_the_next_smallest_goes_with_a_small_one(counts, told):
    assert with_small_hidden(counts) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([9, 9, 9, 12], [None, None, None, None]),
        ([9, 9, 9, 12, 40], [None, None, None, None, 40]),
        ([9, 8, 7, 11], [None, None, None, None]),
        ([9, 10, 10, 10, 30], [None, None, None, None, 30]),
    ],
)
def test_counts_just_below_ten_take_a_greater_one_with_them(counts, told):
    assert with_small_hidden(counts) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([6], [None]),
        ([6, 0, 0], [None, 0, 0]),
        ([1, 2, 3, 3, 0], [None, None, None, None, 0]),
        ([1, 1, 1, 1, 1, 0], [None, None, None, None, None, None]),
        ([1] * 9 + [0], [None] * 10),
        ([1] * 10 + [0], [None] * 11),
    ],
)
def test_where_nothing_greater_is_there_even_zeros_are_not_told(counts, told):
    assert with_small_hidden(counts) == told


@given(st.lists(st.integers(0, 60), max_size=12), st.randoms())
def test_what_is_told_is_exact_never_small_and_the_same_in_any_order(counts, chance):
    told = with_small_hidden(counts)
    assert all(shown in (None, count) for count, shown in zip(counts, told, strict=True))
    assert not any(0 < shown < 10 for shown in told if shown is not None)
    order = list(range(len(counts)))
    chance.shuffle(order)
    assert with_small_hidden([counts[at] for at in order]) == [told[at] for at in order]


@pytest.mark.parametrize(("length", "greatest"), [(1, 40), (2, 60), (3, 45), (4, 32), (5, 20)])
def test_every_table_with_the_same_answer_leaves_nine_values_to_each_hidden_count(length, greatest):
    """All tables that a reader of answer and total cannot tell apart, counted.

    Tables come sorted, as their order decides nothing; an answer that a greater table could give
    too is left out, as it would have more values than are counted here.
    """
    values: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for table in combinations_with_replacement(range(greatest + 1), length):
        answer = tuple(with_small_hidden(table))
        hidden = [count for count, shown in zip(table, answer, strict=True) if shown is None]
        bounded = any(answer) or sum(hidden) - len(hidden) < greatest
        if hidden and bounded:
            total = sum(table) if sum(table) >= 10 else None
            values[(answer, total)].update(hidden)
    known = [len(found) for (_answer, total), found in values.items() if total is not None]
    unknown = [len(found) for (_answer, total), found in values.items() if total is None]
    assert min(unknown) >= 5
    assert min(known, default=9) == 9


def others(total: int, number: int, greatest: int) -> Iterator[list[int]]:
    """Some lists of so many counts with this sum, from 1 to `greatest`: as unequal as possible
    above 1, above 8, above 9 and above their mean."""
    for least in (1, 8, 9, total // max(number, 1)):
        left = total - number * least
        if least < 1 or not 0 <= left <= number * (greatest - least):
            continue
        found = []
        for _one in range(number):
            found.append(least + min(greatest - least, left))
            left -= found[-1] - least
        yield found


def possible(counts: list[int], told: list[int | None]) -> set[int]:
    """Values of a hidden count in lists with the same answer and total that are easily found."""
    shown = sorted(count for count in told if count is not None)
    number = len(told) - len(shown)
    hidden = sum(counts) - sum(shown)
    greatest = min(shown, default=hidden + 1) - 1
    values: set[int] = set()
    for value in range(1, min(greatest, 40) + 1):
        for top in range(9, min(greatest, max(counts) + 20) + 1):
            for rest in others(hidden - value, number - 1, top):
                if with_small_hidden([value, *rest, *shown]) == [None] * number + shown:
                    values |= {value, *rest}
            if len(values) >= 9:
                return values
    return values


@given(
    st.lists(
        st.one_of(st.integers(1, 9), st.sampled_from((8, 9, 10, 11)), st.integers(1, 130)),
        min_size=1,
        max_size=25,
    ).filter(lambda counts: sum(counts) - len(counts) >= 9 and min(counts) < 10)
)
@example([9, 101, 103, 110])
@example([8] * 3 + [9] * 12 + [11])
@example([8] + [9] * 14 + [13, 20, 33])
def test_in_long_lists_too_nine_values_are_left(counts):
    assert len(possible(counts, with_small_hidden(counts))) >= 9


@pytest.mark.parametrize("value", range(9))
def test_ten_schools_of_one_are_told_like_nine_other_tables(value):
    assert with_small_hidden([value] + [1] * (10 - value) + [0] * value) == [None] * 11
