"""Reading an untrusted file with PyAV; only ever called in a child process with limits."""

import os
from fractions import Fraction
from typing import Any

import av
from av.error import FFmpegError

from media.ffmpeg.commands import UNTRUSTED

TAIL_MS = 2_000
ROTATED = (90, 270)
MOST_BOXES = 1000


def report_on(path: str) -> dict[str, Any]:
    """The fields of `media.rules.admission.Facts` for a file, as JSON-ready values."""
    if os.path.getsize(path) == 0:
        return {"problem": "empty"}
    options = {name: str(value) for name, value in UNTRUSTED.items()}
    try:
        with av.open(f"file:{os.path.abspath(path)}", options=options, timeout=20) as container:
            return _facts(container)
    except (FFmpegError, OSError, ValueError):
        return {"problem": "incomplete" if _is_cut_off(path) else "not_video"}


def _is_cut_off(path: str) -> bool:
    """Whether the file begins as MP4 but ends inside one of its boxes."""
    size = os.path.getsize(path)
    at = 0
    kinds: list[bytes] = []
    with open(path, "rb") as file:
        while at < size and len(kinds) < MOST_BOXES:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4])
            length = int.from_bytes(head[8:16]) if length == 1 else length
            kinds.append(head[4:8])
            if length < 8:
                return False
            at += length
    return kinds[:1] == [b"ftyp"] and at > size


def _facts(container: Any) -> dict[str, Any]:
    pictures = [stream for stream in container.streams.video if not _is_cover(stream)]
    sounds = list(container.streams.audio)
    duration_ms = _container_ms(container)
    received_ms = _received_ms(container, duration_ms)
    sound = sounds[0] if sounds else None
    return {
        "duration_ms": duration_ms or received_ms,
        "received_ms": received_ms,
        "streams": len(container.streams),
        "video": _video_facts(container, pictures[0]) if pictures else None,
        "audio_stream": sound.index if sound is not None else None,
        "audio_codec": _codec_name(sound) if sound is not None else "",
    }


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _codec_name(stream: Any) -> str:
    context = stream.codec_context
    return str(context.name) if context is not None else ""


def _video_facts(container: Any, stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    width, height = (context.width, context.height) if context is not None else (0, 0)
    if _rotation(container, stream) in ROTATED:
        width, height = height, width
    aspect = context.sample_aspect_ratio if context is not None else None
    rate = stream.average_rate or stream.guessed_rate or Fraction(0)
    return {
        "stream": stream.index,
        "codec": _codec_name(stream),
        "width": width,
        "height": height,
        "fps": round(float(rate), 3),
        "square_pixels": aspect in (None, 0, 1),
    }


def _rotation(container: Any, stream: Any) -> int:
    try:
        frame = next(container.decode(stream))
    except (FFmpegError, StopIteration):
        return 0
    return int(frame.rotation) % 360


def _container_ms(container: Any) -> int:
    return round(container.duration / 1000) if container.duration else 0


def _received_ms(container: Any, duration_ms: int) -> int:
    """How far the data reach: a whole file shows it at its tail, else every packet counts."""
    if duration_ms > 2 * TAIL_MS:
        container.seek((duration_ms - TAIL_MS) * 1000)
        reached = _last_packet_ms(container)
        container.seek(0)
        if reached * 100 >= duration_ms * 98:
            return reached
    reached = _last_packet_ms(container)
    container.seek(0)
    return reached


def _last_packet_ms(container: Any) -> int:
    start = container.start_time or 0
    reached = 0.0
    try:
        for packet in container.demux():
            if packet.pts is not None and packet.size:
                end = float((packet.pts + (packet.duration or 0)) * packet.time_base)
                reached = max(reached, end - start / 1_000_000)
    except FFmpegError:
        pass
    return round(reached * 1000)
