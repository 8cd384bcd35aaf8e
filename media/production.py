"""From an accepted source to a finished directory, without the database.

Everything is made and verified in a staging directory; `move_into_place` gives it its public name
in one rename. Repeating any step, also after kill -9, ends in the same directory.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from media import pictures
from media.ffmpeg import commands
from media.ffmpeg.runner import CommandError, Limits, run
from media.rules.admission import Facts, Refusal, facts_from, incomplete
from media.rules.ladder import AUDIO_NAME, LADDER_VERSION, Plan, rungs_for, tile_size
from media.rules.playlists import MediaPlaylist, faults_in, parse_media_playlist
from media.rules.segments import is_whole, starts_with_idr
from media.rules.storyboard import storyboard_vtt

PROBE_LIMITS = Limits(wall_seconds=30, cpu_seconds=20, file_bytes=0)
PICTURE_LIMITS = Limits(wall_seconds=300, cpu_seconds=300)
ENCODING_SHARE = 94
MANIFEST = "manifest.json"
PROJECT = Path(__file__).resolve().parent.parent

Progress = Callable[[int], None]
Tick = Callable[[], None]


class RefusedSourceError(Exception):
    """The source is not taken; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class FaultyOutputError(Exception):
    """The encoder's output failed the proof; the message lists the faults for staff."""


@dataclass(frozen=True)
class Product:
    """A finished directory: its address and its playing time in milliseconds."""

    address: str
    duration_ms: int


def probe(source: Path) -> Facts:
    """What the source is, found out in a child process that may crash or hang without harm."""
    command = [sys.executable, "-m", "media.probe", str(source)]
    try:
        answer = run(command, limits=PROBE_LIMITS, environment={"PYTHONPATH": str(PROJECT)})
        return facts_from(json.loads(answer))
    except (CommandError, ValueError, TypeError):
        return Facts(problem="not_video")


def plan_for(facts: Facts, *, source_sha256: str, encoder: str, language: str) -> Plan:
    """The immutable plan for an accepted source."""
    video = facts.video
    return Plan(
        source_sha256=source_sha256,
        encoder=encoder,
        ladder_version=LADDER_VERSION,
        rungs=rungs_for(video.width, video.height) if video else (),
        video_stream=video.stream if video else None,
        audio_stream=facts.audio_stream,
        square_pixels=video.square_pixels if video else True,
        tile=tile_size(video.width, video.height) if video else None,
        language=language,
        expected_ms=facts.duration_ms,
    )


def produce(
    plan: Plan, source: Path, staging: Path, *, on_progress: Progress, on_tick: Tick
) -> Product:
    """Fill an empty staging directory with verified renditions, pictures and a manifest.

    `on_progress` gets percent, `on_tick` is called about once a second.
    Raises RefusedSourceError, FaultyOutputError or CommandError; nothing is public then.
    """
    staging.mkdir(parents=True)
    decoded_ms = _encode(plan, source, staging, on_progress, on_tick)
    playlists = {name: _playlist(staging, name) for name in plan.playlist_names}
    _refuse_incomplete(plan, playlists)
    _prove(plan, staging, playlists, decoded_ms)
    on_progress(ENCODING_SHARE + 1)
    if plan.rungs and plan.tile:
        _draw(plan, plan.tile, staging, playlists)
    on_progress(ENCODING_SHARE + 4)
    product = Product(plan.address, _shown(plan, playlists).total_ms)
    _write_manifest(product, staging)
    return product


def finished(published: Path) -> Product | None:
    """The product in a published directory, or None where nothing was published."""
    manifest = published / MANIFEST
    if not manifest.is_file():
        return None
    facts = json.loads(manifest.read_text())
    return Product(facts["address"], facts["duration_ms"])


def move_into_place(staging: Path, published: Path) -> None:
    """Give the finished directory its public name, once; a second copy is dropped."""
    published.parent.mkdir(parents=True, exist_ok=True)
    try:
        staging.rename(published)
    except OSError:
        if not published.is_dir():
            raise
        shutil.rmtree(staging, ignore_errors=True)


def wall_seconds(expected_ms: int) -> int:
    """How long an encoding may take: six times its length, at least two minutes."""
    return max(120, 6 * expected_ms // 1000)


def _encode(plan: Plan, source: Path, staging: Path, on_progress: Progress, on_tick: Tick) -> int:
    reached_ms = 0

    def on_line(line: str) -> None:
        nonlocal reached_ms
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.lstrip("-").isdigit():
            reached_ms = max(reached_ms, int(value) // 1000)
            on_progress(
                min(ENCODING_SHARE, reached_ms * ENCODING_SHARE // max(1, plan.expected_ms))
            )

    seconds = wall_seconds(plan.expected_ms)
    limits = Limits(wall_seconds=seconds, cpu_seconds=4 * seconds)
    run(commands.transcode(plan, source, staging), limits=limits, on_line=on_line, on_tick=on_tick)
    return reached_ms


def _playlist(staging: Path, name: str) -> MediaPlaylist:
    path = staging / f"{name}.m3u8"
    if not path.is_file():
        raise FaultyOutputError(f"{name}.m3u8 is missing")
    return parse_media_playlist(path.read_text())


def _shown(plan: Plan, playlists: dict[str, MediaPlaylist]) -> MediaPlaylist:
    return playlists[plan.rungs[0].name if plan.rungs else AUDIO_NAME]


def _refuse_incomplete(plan: Plan, playlists: dict[str, MediaPlaylist]) -> None:
    received_ms = max(playlist.total_ms for playlist in playlists.values())
    refusal = incomplete(received_ms, plan.expected_ms)
    if refusal is not None:
        raise RefusedSourceError(refusal)


def _prove(plan: Plan, staging: Path, playlists: dict[str, MediaPlaylist], decoded_ms: int) -> None:
    faults = faults_in(plan, (staging / "master.m3u8").read_text(), playlists, decoded_ms)
    for name, playlist in playlists.items():
        faults += _segment_faults(staging, playlist, picture=name != AUDIO_NAME)
    if faults:
        raise FaultyOutputError("; ".join(faults))


def _segment_faults(staging: Path, playlist: MediaPlaylist, *, picture: bool) -> list[str]:
    faults = []
    for name in playlist.segments:
        segment = (staging / name).read_bytes()
        if not is_whole(segment):
            faults.append(f"{name} is cut off")
        elif picture and not starts_with_idr(segment):
            faults.append(f"{name} does not start with a key frame")
    return faults


def _draw(
    plan: Plan, tile: tuple[int, int], staging: Path, playlists: dict[str, MediaPlaylist]
) -> None:
    smallest, largest = plan.rungs[0].name, plan.rungs[-1].name
    whole = staging / "poster-source.jpg"
    run(commands.poster(staging / f"{largest}.m3u8", whole), limits=PICTURE_LIMITS)
    pictures.write_posters(whole, staging)
    whole.unlink()
    run(
        commands.storyboard(staging / f"{smallest}.m3u8", tile, staging / "sprite_%03d.jpg"),
        limits=PICTURE_LIMITS,
    )
    index = storyboard_vtt(playlists[smallest].durations_ms, tile)
    (staging / "storyboard.vtt").write_text(index)


def _write_manifest(product: Product, staging: Path) -> None:
    digests = {}
    for path in sorted(staging.iterdir()):
        with path.open("rb") as file:
            digests[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
    facts = {"address": product.address, "duration_ms": product.duration_ms, "files": digests}
    (staging / MANIFEST).write_text(json.dumps(facts, indent=1))
