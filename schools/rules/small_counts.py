"""Counts of pupils as they are told outside the school: none points at somebody.

Unit: persons. Source: docs/features/access.md (ten); complementary suppression as in Hundepool et
al., Statistical Disclosure Control (Wiley 2012), frequency tables.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, count

SMALLEST_TOLD = 10
ROOM_BELOW = 9
ROOM_ABOVE = 8
MOST_HIDDEN_WITHOUT_TOTAL = 4


def with_small_hidden(counts: Sequence[int]) -> list[int | None]:
    """The counts of one list, None for each that is not told.

    Who reads the answer, knows this rule and knows the total where it is ten or more is left with
    at least nine values for each count that is not told; a total below ten must not be told, and
    then at least five are left. Counts from 1 to 9 are never told, and what is told is exact.
    Nothing is promised to who knows more: a hidden count itself, or another list about the same
    pupils.
    """
    some = sorted(number for number in counts if number)
    if not some or some[0] >= SMALLEST_TOLD:
        return list(counts)
    top = greatest_hidden(some)
    if top is None:
        return [None] * len(counts)
    return [None if 0 < number <= top else number for number in counts]


def with_small_hidden_within(
    counts: Sequence[int], whole: Sequence[int | None]
) -> list[int | None]:
    """The counts of some of the pupils whose number `whole` tells, None for each that is not told.

    Where the whole is not told, neither is its part; all such parts stand in the list as one count,
    their sum. So whatever the wholes may be, some parts fit below them and give the same answer,
    and nobody learns more about a whole than from its own list.
    """
    unknown = [count for count, told in zip(counts, whole, strict=True) if told is None]
    known = [count for count, told in zip(counts, whole, strict=True) if told is not None]
    together = [sum(unknown)] if unknown else []
    answer = iter(with_small_hidden([*together, *known])[len(together) :])
    return [None if told is None else next(answer) for told in whole]


def greatest_hidden(some: Sequence[int]) -> int | None:
    """Up to which number the counts that are not zero, in ascending order, are not told; None where
    zeros must not be told either.

    The least number from nine on that leaves room: known to lie between one and it, with at least
    one of them small, the hidden counts could add up to nine less and to eight more than they do.
    A place in the list decides nothing, so equal counts are hidden together.
    """
    sums = [0, *accumulate(some)]
    if sums[-1] < SMALLEST_TOLD:
        return SMALLEST_TOLD - 1 if len(some) <= MOST_HIDDEN_WITHOUT_TOTAL else None
    for top in count(SMALLEST_TOLD - 1):
        hidden = bisect_right(some, top)
        roomy = sums[hidden] - hidden >= ROOM_BELOW
        greatest_sum = (hidden - 1) * top + SMALLEST_TOLD - 1
        if roomy and greatest_sum - sums[hidden] >= ROOM_ABOVE:
            break
        if hidden == len(some):
            return top if roomy else None
    return top
