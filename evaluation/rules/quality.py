"""What a mentor's term comes to: quality in ten-thousandths, its band, and whether it is preferred.

Source: the bureau's mentor plan; parts that do not apply are removed and the rest rescaled, so that
nobody is punished for having nothing due. Quality is banded, never ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

WHOLE = 10_000


class Band(StrEnum):
    """How good a term's work was."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Measure:
    """How a version of the scheme weighs, bands and prefers; shares in ten-thousandths.

    `floors` gives, from the best band down, the least quality of each band but the last; who
    misses a floor by no more than `margin` stands above it all the same.
    """

    weights: Mapping[str, int]
    floors: Sequence[int]
    margin: int
    effective_from: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Quality and its band, both None where nothing is due; `preferred` is a line of its own."""

    quality: int | None
    band: Band | None
    qualified: bool
    preferred: bool


def judge(shares: Mapping[str, tuple[int, int]], measure: Measure, *, qualified: bool) -> Verdict:
    """The verdict on one mentor from numerators and denominators by indicator.

    Preferred is who holds a valid qualification and works effectively: both, and nothing else.
    """
    quality = quality_of(shares, measure.weights)
    if quality is None:
        return Verdict(None, None, qualified, False)
    effective = quality >= measure.effective_from
    return Verdict(quality, band_of(quality, measure), qualified, qualified and effective)


def quality_of(shares: Mapping[str, tuple[int, int]], weights: Mapping[str, int]) -> int | None:
    """The weighted mean of the shares that apply, rounded half to even."""
    due = {code: shares[code] for code in weights if shares.get(code, (0, 0))[1]}
    total = sum(weights[code] for code in due)
    if not total:
        return None
    value = sum(weights[code] * Fraction(*share) for code, share in due.items()) / total
    return round(value * WHOLE)


def share_of(numerator: int, denominator: int) -> int:
    """A ratio in ten-thousandths, the nearest; the whole only of all, and zero only of nothing."""
    share = round(Fraction(numerator * WHOLE, denominator))
    if 0 < numerator < denominator:
        return min(max(share, 1), WHOLE - 1)
    return share


def percent_of(share: int) -> str:
    """Ten-thousandths in per cent to the last of them, so that what is shown as reaching a floor
    does reach it, and nothing else is."""
    digits = 2 if share % 10 else 1
    return f"{Decimal(share) / 100:.{digits}f}"


def band_of(quality: int, measure: Measure) -> Band:
    """The best band whose floor is reached, the margin allowed for."""
    bands = list(Band)
    for band, floor in zip(bands, measure.floors, strict=False):
        if quality + measure.margin >= floor:
            return band
    return bands[-1]
