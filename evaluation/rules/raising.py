"""How much a mentor's quality could still rise by each of its parts. Unit: ten-thousandths."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import floor

from evaluation.rules.quality import WHOLE, Measure


def parts_of(
    shares: Mapping[str, tuple[int, int]], weights: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """What each part that applies gives to quality, and what it would give were all of it done.

    The parts add up to quality as it is told, and to the whole: largest remainder. No part gives
    more than it can, and one of which nothing was done gives nothing.
    """
    due = {code: shares[code] for code in weights if shares.get(code, (0, 0))[1]}
    total = sum(weights[code] for code in due)
    most = {code: Fraction(weights[code] * WHOLE, total) for code in due}
    values = {code: most[code] * Fraction(*share) for code, share in due.items()}
    nearest = _adding_up(most)
    gives = _adding_up(values, last=[c for c in due if floor(values[c]) >= nearest[c]])
    at_most = _adding_up(most, first=[c for c in due if gives[c] > floor(most[c])])
    return {code: (gives[code], at_most[code]) for code in due}


def _adding_up(
    values: Mapping[str, Fraction], *, first: Collection[str] = (), last: Collection[str] = ()
) -> dict[str, int]:
    """Each value as a whole number, all together the rounded sum; what is whole is not raised, for
    there are always enough that are not."""
    whole = {code: floor(value) for code, value in values.items()}
    left = round(sum(values.values())) - sum(whole.values())
    order = sorted(
        (code for code in values if values[code] > whole[code]),
        key=lambda code: (code not in first, code in last, whole[code] - values[code]),
    )
    return whole | {code: whole[code] + 1 for code in order[:left]}


def next_floor(quality: int, measure: Measure) -> int | None:
    """The least quality, margin allowed for, of the next better band; None in the best one."""
    above = [least - measure.margin for least in measure.floors]
    return min((least for least in above if least > quality), default=None)
