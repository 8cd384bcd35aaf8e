"""Which renditions a source gets, and how they are cut."""

import hashlib
import json
from dataclasses import asdict, dataclass

LADDER_VERSION = 1
SEGMENT_SECONDS = 4
FRAMES_PER_SECOND = 25
AUDIO_NAME = "audio"
AUDIO_KBPS = 64
TILE_LONG_SIDE = 160
TILES_PER_ROW = 10
TILES_PER_SPRITE = 100
POSTER_WIDTHS = (1280, 640, 320)


@dataclass(frozen=True)
class Rung:
    """One rendition: name, short side in pixels, rate cap and buffer in kbit."""

    name: str
    short_side: int
    maxrate_kbps: int
    bufsize_kbps: int


RUNGS = (
    Rung("360p", 360, 600, 900),
    Rung("540p", 540, 1200, 1800),
    Rung("720p", 720, 2100, 3200),
)


@dataclass(frozen=True)
class Plan:
    """Everything that decides the bytes of a published directory; equal plans share one address."""

    source_sha256: str
    encoder: str
    ladder_version: int
    rungs: tuple[Rung, ...]
    video_stream: int | None
    audio_stream: int | None
    square_pixels: bool
    tile: tuple[int, int] | None
    language: str
    expected_ms: int

    @property
    def address(self) -> str:
        """32 hexadecimal digits naming the directory this plan produces."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def playlist_names(self) -> tuple[str, ...]:
        """The media playlists the directory must hold, smallest rendition first."""
        audio = (AUDIO_NAME,) if self.audio_stream is not None else ()
        return tuple(rung.name for rung in self.rungs) + audio


def rungs_for(width: int, height: int) -> tuple[Rung, ...]:
    """The rungs no taller than the source; a source below the lowest rung keeps its own size."""
    short_side = min(width, height)
    fitting = tuple(rung for rung in RUNGS if rung.short_side <= short_side)
    if fitting:
        return fitting
    even = short_side - short_side % 2
    return (Rung(f"{even}p", even, RUNGS[0].maxrate_kbps, RUNGS[0].bufsize_kbps),)


def tile_size(width: int, height: int) -> tuple[int, int]:
    """Width and height in pixels of one storyboard picture, both even, long side 160."""
    long_side = max(width, height)

    def scaled(side: int) -> int:
        return max(2, round(side * TILE_LONG_SIDE / long_side / 2) * 2)

    return scaled(width), scaled(height)
