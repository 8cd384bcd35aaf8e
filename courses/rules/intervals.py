"""Sorted disjoint half-open intervals of integers, and their compact encoding."""

from collections.abc import Iterable, Sequence

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]

EMPTY: Intervals = ()


def union(*many: Iterable[Interval]) -> Intervals:
    """Cover exactly the points of all given half-open intervals, sorted and without touching
    neighbours.
    """
    merged: list[Interval] = []
    for start, end in sorted(pair for intervals in many for pair in intervals if pair[0] < pair[1]):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def length(intervals: Intervals) -> int:
    """Count the points of disjoint intervals."""
    return sum(end - start for start, end in intervals)


def clamp(intervals: Iterable[Interval], low: int, high: int) -> list[Interval]:
    """Cut every interval to [low, high]; what lies outside comes back with no length or a
    negative one.
    """
    return [(max(start, low), min(end, high)) for start, end in intervals]


def encode(intervals: Intervals) -> bytes:
    """Write sorted disjoint intervals of non-negative integers as variable-length differences."""
    out = bytearray()
    last = 0
    for point in (point for pair in intervals for point in pair):
        gap = point - last
        last = point
        while gap > 0x7F:
            out.append(gap & 0x7F | 0x80)
            gap >>= 7
        out.append(gap)
    return bytes(out)


def decode(data: bytes | memoryview) -> Intervals:
    """Read what `encode` wrote; raises ValueError when the bytes end inside an interval."""
    points: list[int] = []
    last = gap = shift = 0
    for byte in bytes(data):
        gap |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            last += gap
            points.append(last)
            gap = shift = 0
    if shift or len(points) % 2:
        raise ValueError("The encoded intervals end too early.")
    return tuple(zip(points[::2], points[1::2], strict=True))


def pairs(intervals: Sequence[Interval]) -> list[list[int]]:
    """Show intervals as lists, the way JSON carries them."""
    return [[start, end] for start, end in intervals]
