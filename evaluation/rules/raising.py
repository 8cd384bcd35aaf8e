"""How much a mentor's quality could still rise by each of its parts. Unit: ten-thousandths."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from evaluation.rules.quality import WHOLE, Measure


def parts_of(
    shares: Mapping[str, tuple[int, int]], weights: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """What each part that applies gives to quality, and what it would give were all of it done.

    The parts add up to quality as it is told, and to the whole: largest remainder.
    """
    due = {code: shares[code] for code in weights if shares.get(code, (0, 0))[1]}
    total = sum(weights[code] for code in due)
    most = {code: Fraction(weights[code] * WHOLE, total) for code in due}
    at_most = _adding_up(most, most)
    gives = _adding_up(
        {code: most[code] * Fraction(*share) for code, share in due.items()}, at_most
    )
    return {code: (gives[code], at_most[code]) for code in due}


def _adding_up(
    values: Mapping[str, Fraction], at_most: Mapping[str, Fraction | int]
) -> dict[str, int]:
    """Each value as a whole number, all together the rounded sum; what is full is not raised."""
    whole = {code: floor(value) for code, value in values.items()}
    left = round(sum(values.values())) - sum(whole.values())
    order = sorted(
        values, key=lambda code: (whole[code] >= at_most[code], whole[code] - values[code])
    )
    return whole | {code: whole[code] + 1 for code in order[:left]}


def next_floor(quality: int, measure: Measure) -> int | None:
    """The least quality, margin allowed for, of the next better band; None in the best one."""
    above = [least - measure.margin for least in measure.floors]
    return min((least for least in above if least > quality), default=None)
