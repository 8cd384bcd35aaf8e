"""CPU seconds of a whole transcode against the honest floor and against a process per rendition.

The work is 8 s of 1080p25 at 8 Mbit/s with noise and sound, cut to three renditions. Ours includes
the probe, poster, storyboard, verification and manifest. The floor is one decode, one bare encode
per rendition from raw frames that lie ready, and one audio encode. The usual way starts one process
per rendition, each decoding the source and encoding its own audio, and takes pictures from the
source.

Where the distance to the floor comes from, measured on 8 s: scaling in a cascade, which the floor
is spared because its frames lie ready, is about half of it (0.8 of 1.5 CPU seconds above 4.1). The
rest is what is paid once for a file however long it is: children with limits of their own for the
probe, the poster, the storyboard and the verification, and the segments. Decoding and encoding
themselves are the floor's. A cheaper scaler or fewer limits would lower the ratio and the quality
or the safety with it; a longer recording lowers it by itself.
"""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shlex import split
from statistics import median

from benchmarks.ratio import Ratio
from media import production
from media.ffmpeg import binary
from media.rules.ladder import RUNGS, Rung

SECONDS = 8
RUNS = 3
PICTURE = f"testsrc2=size=1920x1080:rate=25:duration={SECONDS},noise=alls=6:allf=t"
H264 = split(
    "-c:v libx264 -preset veryfast -profile:v main -pix_fmt yuv420p -crf 23 -threads:v 1 "
    "-force_key_frames expr:gte(t,n_forced*4) -sc_threshold 0 -g 250"
)
AAC = split("-c:a aac -b:a 64k -ac 2 -ar 44100")
HLS = split("-f hls -hls_time 4 -hls_playlist_type vod -hls_segment_type fmp4")
SOURCE = split(
    "-c:v libx264 -preset veryfast -b:v 8M -maxrate 10M -bufsize 16M -pix_fmt yuv420p "
    "-c:a aac -b:a 128k"
)


def measure() -> Iterator[Ratio]:
    """One line for each reference."""
    with tempfile.TemporaryDirectory(prefix="bench-transcode-") as name:
        folder = Path(name)
        source = _source(folder)
        raw = {rung: _raw(source, rung, folder) for rung in RUNGS}
        works: dict[str, Callable[[Path], None]] = {
            "ours": lambda place: _ours(source, place),
            "floor": lambda place: _floor(source, raw, place),
            "usual": lambda place: _process_per_rendition(source, place),
        }
        spent: dict[str, list[float]] = {work: [] for work in works}
        for turn in range(RUNS + 1):
            for work, do in works.items():
                place = folder / f"{work}-{turn}"
                place.mkdir()
                seconds = _cpu_seconds(do, place)
                if turn:
                    spent[work].append(seconds)
        ours = median(spent["ours"])
        for work, words in (
            ("floor", "one decode, bare encodes from raw frames, one audio encode"),
            ("usual", "one process per rendition, sprite and poster from the source"),
        ):
            yield Ratio(
                "transcode", round(ours, 3), round(median(spent[work]), 3), words, "lower",
                "CPU seconds", RUNS,
            )  # fmt: skip


def _cpu_seconds(do: Callable[[Path], None], place: Path) -> float:
    before = _spent()
    do(place)
    return _spent() - before


def _spent() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _ffmpeg(*arguments: str) -> None:
    command = [binary.path(), "-v", "error", "-nostdin", "-y", *arguments]
    subprocess.run(command, check=True, preexec_fn=lambda: os.nice(10))


def _source(folder: Path) -> Path:
    source = folder / "source.mp4"
    sound = ["-f", "lavfi", "-i", f"anoisesrc=color=pink:amplitude=0.3:duration={SECONDS}"]
    _ffmpeg("-f", "lavfi", "-i", PICTURE, *sound, *SOURCE, str(source))
    return source


def _raw(source: Path, rung: Rung, folder: Path) -> Path:
    frames = folder / f"{rung.name}.y4m"
    _ffmpeg("-i", str(source), "-vf", f"scale=-2:{rung.short_side}", "-an", str(frames))
    return frames


def _caps(rung: Rung) -> list[str]:
    return ["-maxrate:v", f"{rung.maxrate_kbps}k", "-bufsize:v", f"{rung.bufsize_kbps}k"]


def _ours(source: Path, place: Path) -> None:
    plan = production.plan_for(
        production.probe(source), source_sha256="0", encoder=binary.version(), language="zh"
    )
    production.produce(
        plan, source, place / "staging", on_progress=lambda percent: None, on_tick=lambda: None
    )


def _floor(source: Path, raw: dict[Rung, Path], place: Path) -> None:
    _ffmpeg("-i", str(source), "-map", "0:v:0", "-f", "null", "-")
    for rung, frames in raw.items():
        _ffmpeg("-i", str(frames), *H264, *_caps(rung), str(place / f"{rung.name}.mp4"))
    _ffmpeg("-i", str(source), "-vn", *AAC, str(place / "audio.m4a"))


def _process_per_rendition(source: Path, place: Path) -> None:
    for rung in RUNGS:
        scale = ["-vf", f"fps=25,scale=-2:{rung.short_side}:flags=bicubic"]
        target = str(place / f"{rung.name}.m3u8")
        init = ["-hls_fmp4_init_filename", f"{rung.name}.mp4"]
        _ffmpeg("-i", str(source), *scale, *H264, *_caps(rung), *AAC, *HLS, *init, target)
    sprite = ["-vf", "fps=1/4,scale=160:90,tile=10x10", "-frames:v", "1"]
    _ffmpeg("-i", str(source), *sprite, str(place / "sprite.jpg"))
    poster = ["-vf", "thumbnail=100", "-frames:v", "1", "-q:v", "2"]
    _ffmpeg("-i", str(source), *poster, str(place / "poster.jpg"))
