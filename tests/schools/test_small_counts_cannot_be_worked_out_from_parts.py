"""Counts of pupils and of some of them, told side by side: the parts do not give a whole away."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement

import pytest

from schools.rules.small_counts import with_small_hidden, with_small_hidden_within

Row = tuple[int, int]


def told(rows: tuple[Row, ...]) -> list[tuple[int | None, int | None]]:
    """Pupils, and those of them without a mentor, as the page shows them."""
    pupils = with_small_hidden([row[0] for row in rows])
    return list(zip(pupils, with_small_hidden_within([r[1] for r in rows], pupils), strict=True))


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (((1, 0), (12, 12), (50, 20)), [(None, None), (None, None), (50, 20)]),
        (((1, 1), (12, 0), (50, 20)), [(None, None), (None, None), (50, None)]),
        (((20, 3), (30, 12), (50, 20)), [(20, None), (30, None), (50, 20)]),
        (((20, 0), (30, 12), (0, 0)), [(20, 0), (30, 12), (0, 0)]),
        (((6, 2), (0, 0)), [(None, None), (0, 0)]),
    ],
)
def test_where_the_pupils_are_not_told_their_parts_are_not_either(rows, shown):
    assert told(rows) == shown


@pytest.mark.parametrize("greatest", [13, 22])
def test_nine_numbers_of_pupils_are_left_to_each_school_whatever_else_is_told(greatest):
    """All tables of two schools beside one of 50 that a reader of answer and totals cannot tell
    apart, counted; where the 50 is not told or a greater school could stand there, more are left.
    """
    school = [(pupils, part) for pupils in range(greatest + 1) for part in range(pupils + 1)]
    values: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for first, second in combinations_with_replacement(school, 2):
        for part in (0, 9, 20):
            rows = (first, second, (50, part))
            sums = tuple(
                total if total >= 10 or not total else None
                for total in map(sum, zip(*rows, strict=True))
            )
            answer = tuple(told(rows))
            hidden = [row[0] for row, shown in zip(rows, answer, strict=True) if shown[0] is None]
            if hidden and answer[2][0] == 50 and sum(hidden) - 1 <= greatest:
                values[(answer, sums)].update(hidden)
    assert len(values) > 20
    assert min(map(len, values.values())) >= 9
