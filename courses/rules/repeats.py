"""The last answers to a person's beats, so that a repeated beat gets its first answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from courses.rules.intervals import Intervals, pairs
from courses.rules.watching import Reason

MOST_ANSWERS = 8
MOST_RANGES = 400


@dataclass(frozen=True, slots=True)
class Answered:
    """What a beat was answered: digests of its key and body, the verdict, seconds to the next
    beat, and M as it stood then.
    """

    key: str
    body: str
    reason: Reason
    beat_seconds: int
    media: Intervals


def recall(kept: Iterable[Answered], key: str) -> Answered | None:
    """The answer that a key was given, where it is among those kept."""
    return next((answered for answered in kept if answered.key == key), None)


def remember(kept: Sequence[Answered], latest: Answered) -> tuple[Answered, ...]:
    """The newest answers, oldest first: at most `MOST_ANSWERS` with `MOST_RANGES` together; the
    latest always stays.
    """
    chosen, ranges = [latest], len(latest.media)
    for answered in reversed(kept[-(MOST_ANSWERS - 1) :]):
        ranges += len(answered.media)
        if ranges > MOST_RANGES:
            break
        chosen.append(answered)
    return tuple(reversed(chosen))


def plain(kept: Iterable[Answered]) -> list[list[Any]]:
    """The answers as plain values, as JSON carries them."""
    return [
        [row.key, row.body, row.reason.value, row.beat_seconds, pairs(row.media)] for row in kept
    ]


def from_plain(rows: Iterable[Sequence[Any]]) -> tuple[Answered, ...]:
    """Read what `plain` wrote."""
    return tuple(
        Answered(key, body, Reason(reason), seconds, tuple((low, high) for low, high in media))
        for key, body, reason, seconds, media in rows
    )
