"""The index of storyboard pictures as WebVTT."""

from media.rules.ladder import TILES_PER_ROW, TILES_PER_SPRITE


def timestamp(milliseconds: int) -> str:
    """A WebVTT time, hours always written."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{rest:03d}"


def storyboard_vtt(durations_ms: tuple[int, ...], tile: tuple[int, int]) -> str:
    """One cue per segment, pointing at its picture inside a sprite of ten by ten."""
    width, height = tile
    cues = ["WEBVTT", ""]
    start = 0
    for index, duration in enumerate(durations_ms):
        sprite, place = divmod(index, TILES_PER_SPRITE)
        row, column = divmod(place, TILES_PER_ROW)
        cues.append(f"{timestamp(start)} --> {timestamp(start + duration)}")
        cues.append(
            f"sprite_{sprite + 1:03d}.jpg#xywh={column * width},{row * height},{width},{height}"
        )
        cues.append("")
        start += duration
    return "\n".join(cues)
