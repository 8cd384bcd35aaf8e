"""How much a mentor's quality could still rise by each of its parts. Unit: ten-thousandths."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evaluation.rules.quality import WHOLE, Measure


def parts_of(
    shares: Mapping[str, tuple[int, int]], weights: Mapping[str, int]
) -> dict[str, tuple[int, int]]:
    """What each part that applies gives to quality, and what it would give were all of it done."""
    due = {code: shares[code] for code in weights if shares.get(code, (0, 0))[1]}
    total = sum(weights[code] for code in due)
    return {
        code: (
            round(Fraction(weights[code] * WHOLE, total) * Fraction(*share)),
            round(Fraction(weights[code] * WHOLE, total)),
        )
        for code, share in due.items()
    }


def next_floor(quality: int, measure: Measure) -> int | None:
    """The least quality, margin allowed for, of the next better band; None in the best one."""
    above = [floor - measure.margin for floor in measure.floors]
    return min((floor for floor in above if floor > quality), default=None)
