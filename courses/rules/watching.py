"""Honest watched time: media time bounded by the server's wall-clock time.

Source: docs/features/watching.md. All times are integer milliseconds; wall-clock
times count from the Unix epoch on the server's clock. No client clock appears anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from courses.rules.intervals import EMPTY, Interval, Intervals, clamp, length, union

POLICY_VERSION = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """The constants of one version of the watching rule."""

    cap_numerator: int = 3
    cap_denominator: int = 2
    slack_ms: int = 10_000
    look_back_ms: int = 1_200_000
    crumb_ms: int = 250
    max_ranges: int = 200
    watched_percent: int = 95
    tail_ms: int = 5_000
    calm_beat_seconds: int = 15
    busy_beat_seconds: int = 30


POLICY = Policy()


class Reason(StrEnum):
    """Why a beat's claim was not taken; empty when it was."""

    NONE = ""
    TOO_FAST = "too_fast"
    TOO_MANY_RANGES = "too_many_ranges"
    CLOCK_BACK = "clock_back"


@dataclass(frozen=True, slots=True)
class State:
    """What the server knows of one person and one version of a recording."""

    media: Intervals = EMPTY
    wall: Intervals = EMPTY
    position_ms: int = 0
    position_at_ms: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Beat:
    """One report of the player: the cumulative ranges of its session, where it stands, and
    whether it is seen.
    """

    ranges: Sequence[Interval]
    position_ms: int
    visible: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state after a beat, and the verdict on its claim."""

    state: State
    reason: Reason

    @property
    def accepted(self) -> bool:
        """Say whether the claimed ranges were taken."""
        return self.reason is Reason.NONE


def is_within_budget(media_ms: int, wall_ms: int, policy: Policy = POLICY) -> bool:
    """Hold media time to cap × wall time + slack, in integers."""
    return policy.cap_denominator * (media_ms - policy.slack_ms) <= policy.cap_numerator * wall_ms


def record_beat(
    state: State,
    beat: Beat,
    *,
    started_ms: int,
    received_ms: int,
    duration_ms: int,
    policy: Policy = POLICY,
) -> Outcome:
    """Fold one beat of a session into the state; folding it again changes nothing more.

    `started_ms` and `received_ms` are the server's stamps of the session's start and of the beat.
    A refused claim keeps M, counts a flag and still extends W; a stamp before the start changes
    nothing.
    """
    if received_ms < started_ms:
        return Outcome(state, Reason.CLOCK_BACK)
    seen = (
        [(max(started_ms, received_ms - policy.look_back_ms), received_ms)] if beat.visible else []
    )
    state = _moved(replace(state, wall=union(state.wall, seen)), beat, received_ms, duration_ms)
    if len(beat.ranges) > policy.max_ranges:
        return _refused(state, Reason.TOO_MANY_RANGES)
    claimed = [
        pair for pair in clamp(beat.ranges, 0, duration_ms) if pair[1] - pair[0] >= policy.crumb_ms
    ]
    media = union(state.media, claimed)
    if media != state.media and not is_within_budget(length(media), length(state.wall), policy):
        return _refused(state, Reason.TOO_FAST)
    return Outcome(replace(state, media=media), Reason.NONE)


def watched_ms_needed(duration_ms: int, policy: Policy = POLICY) -> int:
    """Give the media time from which a recording counts as watched: 95 % or all but 5 s, never
    nothing.
    """
    share = -(-duration_ms * policy.watched_percent // 100)
    return max(min(share, duration_ms - policy.tail_ms), min(policy.crumb_ms, duration_ms), 1)


def is_watched(watched_ms: int, duration_ms: int, policy: Policy = POLICY) -> bool:
    """Say whether the watched time reaches the threshold."""
    return watched_ms >= watched_ms_needed(duration_ms, policy)


def watched_percent(watched_ms: int, duration_ms: int, policy: Policy = POLICY) -> int:
    """Show coverage as a whole per cent, rounded down; 100 exactly from the threshold on."""
    if is_watched(watched_ms, duration_ms, policy):
        return 100
    return min(99, 100 * watched_ms // duration_ms)


def beat_seconds(beats_per_second: float, busy_from: float, policy: Policy = POLICY) -> int:
    """Choose the interval to the next beat: longer while the server is under load."""
    return policy.busy_beat_seconds if beats_per_second >= busy_from else policy.calm_beat_seconds


def _moved(state: State, beat: Beat, received_ms: int, duration_ms: int) -> State:
    if received_ms < state.position_at_ms:
        return state
    position = min(max(beat.position_ms, 0), duration_ms)
    return replace(state, position_ms=position, position_at_ms=received_ms)


def _refused(state: State, reason: Reason) -> Outcome:
    return Outcome(replace(state, refused=state.refused + 1), reason)
