"""The cadence of pupils who have none of their own, where the general one changed over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from evaluation.rules.facts import Cadence, Period


def filled(own: Iterable[Cadence], general: Iterable[Cadence]) -> tuple[Cadence, ...]:
    """A pupil's own cadences, and between them the general ones, in order of their first day."""
    mine = sorted(own, key=lambda cadence: cadence.period.start)
    rest = [
        replace(cadence, period=free)
        for cadence in general
        for free in _free(cadence.period, [row.period for row in mine])
    ]
    return tuple(sorted([*mine, *rest], key=lambda cadence: cadence.period.start))


def _free(period: Period, taken: Iterable[Period]) -> Iterator[Period]:
    """The parts of a period that none of the taken ones, in order and apart, lies in."""
    start, end = period.start, period.end
    for other in taken:
        if other.end is not None and other.end <= start:
            continue
        if end is not None and other.start >= end:
            break
        if other.start > start:
            yield Period(start, other.start)
        if other.end is None:
            return
        start = other.end
    if end is None or start < end:
        yield Period(start, end)
