"""Counts of pupils as they are told outside the school: none points at somebody.

Unit: persons. Source: docs/features/access.md (ten); complementary suppression as in Hundepool et
al., Statistical Disclosure Control (Wiley 2012), frequency tables.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_TOLD = 10


def with_small_hidden(counts: Sequence[int]) -> list[int | None]:
    """The counts of one list whose total may be known, None for each that is not told.

    Fewer than ten are not told; zero is. While the hidden ones could be worked out from the total
    to less than ten possibilities, the next smallest is hidden too: each hidden count is at least
    one, so none can be greater than their sum less one for each other.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < SMALLEST_TOLD}
    rest = sorted((count, place) for place, count in enumerate(counts) if count >= SMALLEST_TOLD)
    while hidden and rest and leeway([counts[place] for place in hidden]) < SMALLEST_TOLD:
        hidden.add(rest.pop(0)[1])
    return [None if place in hidden else count for place, count in enumerate(counts)]


def leeway(hidden: Sequence[int]) -> int:
    """How far apart the least and the greatest value are that a hidden count could have, for who
    knows the sum of all."""
    return sum(hidden) - len(hidden)
