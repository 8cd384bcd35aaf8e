"""Reading our own HLS playlists, and the proof that a finished directory is whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from media.rules.ladder import AUDIO_NAME, SEGMENT_SECONDS, Plan

TOLERANCE_MS = 50
DURATION_TOLERANCE_MS = 500
_DURATION = re.compile(r"^#EXTINF:([0-9.]+),", re.MULTILINE)
_INIT = re.compile(r'^#EXT-X-MAP:URI="([^"]+)"', re.MULTILINE)
_AUDIO_GROUP = re.compile(r'^#EXT-X-MEDIA:TYPE=AUDIO.*URI="([^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class MediaPlaylist:
    """One rendition: its init file, and its segments with durations in milliseconds."""

    init: str
    segments: tuple[str, ...]
    durations_ms: tuple[int, ...]
    ended: bool

    @property
    def total_ms(self) -> int:
        """Playing time in milliseconds."""
        return sum(self.durations_ms)


def parse_media_playlist(text: str) -> MediaPlaylist:
    """The segments a media playlist names, in order."""
    init = _INIT.search(text)
    return MediaPlaylist(
        init=init.group(1) if init else "",
        segments=_addresses(text),
        durations_ms=tuple(round(float(value) * 1000) for value in _DURATION.findall(text)),
        ended="#EXT-X-ENDLIST" in text,
    )


def master_entries(text: str) -> frozenset[str]:
    """The media playlists a master playlist names."""
    return frozenset(_addresses(text)) | frozenset(_AUDIO_GROUP.findall(text))


def faults_in(
    plan: Plan, master: str, playlists: Mapping[str, MediaPlaylist], decoded_ms: int
) -> list[str]:
    """Every way in which the finished renditions differ from the plan, in English, for staff."""
    faults = []
    expected = {f"{name}.m3u8" for name in plan.playlist_names}
    if master_entries(master) != expected:
        faults.append(f"master names {sorted(master_entries(master))}, expected {sorted(expected)}")
    pictures = [playlists[rung.name] for rung in plan.rungs]
    if any(first.durations_ms != second.durations_ms for first, second in pairwise(pictures)):
        faults.append("renditions are not aligned")
    for name, playlist in playlists.items():
        faults += [
            f"{name}: {fault}" for fault in _playlist_faults(playlist, picture=name != AUDIO_NAME)
        ]
    shown = pictures or list(playlists.values())
    for playlist in shown:
        if abs(playlist.total_ms - decoded_ms) > DURATION_TOLERANCE_MS:
            faults.append(f"renditions last {playlist.total_ms} ms, decoded {decoded_ms} ms")
    return faults


def _playlist_faults(playlist: MediaPlaylist, *, picture: bool) -> list[str]:
    faults = []
    if not playlist.segments or len(playlist.segments) != len(playlist.durations_ms):
        faults.append("segments and durations do not match")
    if not playlist.ended or not playlist.init or "%" in playlist.init:
        faults.append("no end mark or init file")
    full = playlist.durations_ms[:-1] if picture else ()
    if any(abs(value - SEGMENT_SECONDS * 1000) > TOLERANCE_MS for value in full):
        faults.append("a segment is not four seconds long")
    return faults


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
