"""Which probed files are refused, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHORTEST_SIDE = 64
LONGEST_SIDE = 4096
LONGEST_MS = 4 * 60 * 60 * 1000
FASTEST_FPS = 120
MOST_STREAMS = 8
COMPLETE_PERCENT = 98


@dataclass(frozen=True)
class VideoFacts:
    """The picture track of a file, sizes in pixels as shown upright."""

    stream: int
    codec: str
    width: int
    height: int
    fps: float
    square_pixels: bool


@dataclass(frozen=True)
class Facts:
    """What the probe found; `problem` is a refusal code where the file could not be read at all."""

    problem: str = ""
    duration_ms: int = 0
    received_ms: int = 0
    streams: int = 0
    video: VideoFacts | None = None
    audio_stream: int | None = None
    audio_codec: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why a file is not taken: a stable code and the whole seconds its message names."""

    code: str
    received_seconds: int = 0
    expected_seconds: int = 0


def facts_from(report: Mapping[str, Any]) -> Facts:
    """Facts from the probe's JSON report; raises KeyError or TypeError on a foreign shape."""
    fields = dict(report)
    video = fields.pop("video", None)
    return Facts(video=VideoFacts(**video) if video else None, **fields)


def incomplete(received_ms: int, expected_ms: int) -> Refusal | None:
    """A refusal when less than 98 % of the promised time could be read."""
    if expected_ms <= 0 or received_ms * 100 >= expected_ms * COMPLETE_PERCENT:
        return None
    return Refusal("truncated", received_ms // 1000, -(-expected_ms // 1000))


def refusal_of(facts: Facts, *, audio_accepted: bool) -> Refusal | None:
    """Why this file is refused, or None; without pictures it needs the editor's consent."""
    if facts.problem:
        return Refusal(facts.problem)
    if facts.video is None and facts.audio_stream is None:
        return Refusal("not_video")
    if max(facts.duration_ms, facts.received_ms) > LONGEST_MS:
        return Refusal("too_long")
    if facts.streams > MOST_STREAMS:
        return Refusal("codec")
    picture = _picture_refusal(facts.video, audio_accepted=audio_accepted)
    if picture is not None:
        return picture
    if facts.audio_stream is not None and not facts.audio_codec:
        return Refusal("codec")
    return incomplete(facts.received_ms, facts.duration_ms)


def _picture_refusal(video: VideoFacts | None, *, audio_accepted: bool) -> Refusal | None:
    if video is None:
        return None if audio_accepted else Refusal("no_video_track")
    if max(video.width, video.height) > LONGEST_SIDE:
        return Refusal("too_large_dims")
    if not video.codec or video.fps > FASTEST_FPS:
        return Refusal("codec")
    if min(video.width, video.height) < SHORTEST_SIDE:
        return Refusal("too_small_dims")
    return None
