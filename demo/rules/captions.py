"""WebVTT captions from the exact times of the spoken sentences."""

from __future__ import annotations

from collections.abc import Sequence

from demo.rules.library import Speech, Spoken

LINGER_MS = 300
LINE = 20
BREAKS = "，；：、。！？"


def vtt(speech: Speech) -> str:
    """Captions whose text is the spoken text; each stays a moment, but never over the next."""
    nexts = [later.start_ms for later in speech.spoken[1:]] + [speech.duration_ms]
    cues = [_cue(spoken, following) for spoken, following in zip(speech.spoken, nexts, strict=True)]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _cue(spoken: Spoken, following_ms: int) -> str:
    end_ms = min(spoken.end_ms + LINGER_MS, following_ms)
    return f"{stamp(spoken.start_ms)} --> {stamp(end_ms)}\n{two_lines(spoken.text)}"


def stamp(milliseconds: int) -> str:
    """Milliseconds as ``hh:mm:ss.ttt``."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}.{rest:03}"


def two_lines(text: str) -> str:
    """The text on one line, or broken after the punctuation mark nearest its middle."""
    if len(text) <= LINE:
        return text
    places = [number + 1 for number, sign in enumerate(text[:-1]) if sign in BREAKS]
    if not places:
        return text
    place = min(places, key=lambda position: abs(position - len(text) / 2))
    return f"{text[:place]}\n{text[place:]}"


def slide_starts(spoken: Sequence[Spoken]) -> tuple[int, ...]:
    """When each slide appears: the first at 0, the others a moment before their first word."""
    firsts: dict[int, int] = {}
    for sentence in spoken:
        firsts.setdefault(sentence.slide, sentence.start_ms)
    return (0, *(start - 400 for slide, start in sorted(firsts.items()) if slide))
