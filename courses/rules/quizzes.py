"""Quizzes: which questions are put, in which order, and what an attempt is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Score:
    """Right answers of all questions, the whole per cent rounded down, and the verdict."""

    right: int
    total: int
    percent: int
    passed: bool


def picked(items: Sequence[T], count: int | None, *, shuffle: bool, seed: str) -> list[T]:
    """Choose `count` items (all when not set); shuffled or in their own order; one seed gives
    one choice.
    """
    chance = Random(seed)  # noqa: S311 - fairness between colleagues, not a secret
    order = list(range(len(items)))
    if count is not None and count < len(order):
        order = sorted(chance.sample(order, count))
    if shuffle:
        chance.shuffle(order)
    return [items[index] for index in order]


def is_right(chosen: Sequence[str], correct: Sequence[str]) -> bool:
    """Take an answer as right only when exactly the right options are chosen."""
    return bool(correct) and set(chosen) == set(correct)


def score(
    answers: Mapping[UUID, Sequence[str]], key: Mapping[UUID, Sequence[str]], pass_percent: int
) -> Score:
    """Mark the answers against the key; an unanswered question is wrong, an empty quiz is
    never passed.
    """
    right = sum(is_right(answers.get(question, ()), correct) for question, correct in key.items())
    total = len(key)
    percent = 100 * right // total if total else 0
    return Score(right, total, percent, passed=total > 0 and 100 * right >= pass_percent * total)


def right_needed(total: int, pass_percent: int) -> int:
    """How many right answers of all questions reach the pass mark."""
    return -(-pass_percent * total // 100)


def deadline(
    started_at: datetime, minutes: int | None, closes_at: datetime | None
) -> datetime | None:
    """End an attempt after its minutes or when learning closes, whichever comes first."""
    ends = [
        moment
        for moment in (closes_at, started_at + timedelta(minutes=minutes) if minutes else None)
        if moment
    ]
    return min(ends, default=None)


def is_over(deadline_at: datetime | None, now: datetime) -> bool:
    """Say whether the deadline has come; the instant itself is already too late."""
    return deadline_at is not None and now >= deadline_at


def attempts_left(used: int, allowed: int | None) -> int | None:
    """Count the attempts that remain; nothing where they are not limited."""
    return None if allowed is None else max(0, allowed - used)


def is_newest(sequence: int, *, stands: int, seen: int | None) -> bool:
    """Say whether an answer may replace the one that stands: it was saved later, by a window that
    knew the one it replaces (a caller that does not say what it knew is taken at its word).
    """
    return sequence > stands and (seen is None or seen >= stands)
