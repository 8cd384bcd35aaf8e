"""Captions as people bring them, rebuilt as plain WebVTT."""

import html
from dataclasses import dataclass

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from media.rules.storyboard import timestamp

MOST_BYTES = 2 * 1024 * 1024
MOST_CUES = 20_000
OVERRUN_MS = 1_000
"""How far a cue may reach beyond the end of the recording without a word about it."""
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class UnreadableCaptionsError(ValueError):
    """The text is neither WebVTT nor SRT, or holds no cue inside the recording."""


@dataclass(frozen=True, order=True)
class Cue:
    """One caption: start and end in milliseconds of media time, and its plain text."""

    start_ms: int
    end_ms: int
    text: str


def decode(content: bytes) -> str:
    """The text of a caption file in UTF-8 (with or without mark), UTF-16 or GB18030."""
    if content.startswith(_BYTE_ORDER_MARKS):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def cues_of(content: bytes, duration_ms: int) -> tuple[Cue, ...]:
    """The cues of a WebVTT or SRT file: markup removed, sorted, cut at the end of the recording.

    Cues that end before they start, or begin after the end, are dropped.
    Raises UnreadableCaptionsError when none is left or the file is over 2 MB.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableCaptionsError
    cues = sorted(
        cue
        for cue in _parsed(decode(content), duration_ms)
        if cue.end_ms > cue.start_ms and cue.text
    )
    if not cues or len(cues) > MOST_CUES:
        raise UnreadableCaptionsError
    return tuple(cues)


def beyond(cues: tuple[Cue, ...], duration_ms: int) -> int:
    """How many of the cues reach beyond the end of a recording."""
    return sum(cue.end_ms > duration_ms + OVERRUN_MS for cue in cues)


def vtt_of(cues: tuple[Cue, ...]) -> str:
    """A WebVTT file that holds these cues and nothing else."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        text = html.escape(cue.text, quote=False)
        blocks.append(f"{timestamp(cue.start_ms)} --> {timestamp(cue.end_ms)}\n{text}\n")
    return "\n".join(blocks)


def text_of(cues: tuple[Cue, ...]) -> str:
    """The spoken words one cue a line, as a first draft of a transcript."""
    return "\n".join(" ".join(cue.text.split()) for cue in cues)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableCaptionsError from error


def _parsed(text: str, duration_ms: int) -> list[Cue]:
    text = text.replace("\x00", "").strip()
    source = text if text.startswith("WEBVTT") else _numbered_as_vtt(text)
    try:
        captions = webvtt.WebVTT.from_string(source)
        return [
            Cue(
                caption.start_time.in_milliseconds(),
                min(caption.end_time.in_milliseconds(), duration_ms),
                _plain(caption.text),
            )
            for caption in captions.captions
        ]
    except (MalformedFileError, MalformedCaptionError) as error:
        raise UnreadableCaptionsError from error


def _numbered_as_vtt(srt: str) -> str:
    lines = [line.replace(",", ".") if "-->" in line else line for line in srt.splitlines()]
    return "WEBVTT\n\n" + "\n".join(lines)


def _plain(text: str) -> str:
    lines = (" ".join(html.unescape(line).split()) for line in text.splitlines())
    return "\n".join(line.replace("-->", "→") for line in lines if line)
