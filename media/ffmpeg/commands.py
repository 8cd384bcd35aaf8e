"""The commands, compiled from filter graphs; nothing here starts a process.

Paths are absolute and carry the `file:` prefix, so no name can become an option or a protocol.
"""

from pathlib import Path
from typing import Any

import ffmpeg

from media.ffmpeg import binary
from media.rules.ladder import (
    AUDIO_KBPS,
    AUDIO_NAME,
    FRAMES_PER_SECOND,
    SEGMENT_SECONDS,
    TILES_PER_ROW,
    TILES_PER_SPRITE,
    Plan,
    Rung,
)

FORMATS = "mov,matroska,avi,mpegts,flv,asf,mpeg"
MOST_PIXELS = 4096 * 4096
UNTRUSTED = {
    "protocol_whitelist": "file",
    "format_whitelist": FORMATS,
    "max_pixels": MOST_PIXELS,
    "probesize": "50M",
    "analyzeduration": "20M",
}
PROGRESS = (
    "-nostdin",
    "-hide_banner",
    "-loglevel",
    "error",
    "-nostats",
    "-progress",
    "pipe:1",
    "-stats_period",
    "0.5",
)
QUIET = ("-nostdin", "-hide_banner", "-loglevel", "error", "-nostats")


def transcode(plan: Plan, source: Path, directory: Path) -> list[str]:
    """One decode, cascaded scaling, audio in its own group, as HLS of 4 s segments."""
    entry = ffmpeg.input(f"file:{source}", **UNTRUSTED)
    streams = _pictures(entry, plan)
    if plan.audio_stream is not None:
        streams.append(entry[str(plan.audio_stream)])
    output = ffmpeg.output(*streams, str(directory / "%v.m3u8"), **_output_options(plan, directory))
    return _compiled(output, PROGRESS)


def poster(playlist: Path, picture: Path) -> list[str]:
    """The most typical of the first key frames as one JPEG."""
    entry = ffmpeg.input(f"file:{playlist}", skip_frame="nokey")
    frame = entry.video.filter("thumbnail", 15)
    return _compiled(
        ffmpeg.output(frame, str(picture), fps_mode="passthrough", **{"frames:v": 1, "q:v": 2}),
        QUIET,
    )


def storyboard(playlist: Path, tile: tuple[int, int], pattern: Path) -> list[str]:
    """One small picture per key frame, a hundred to a sprite."""
    entry = ffmpeg.input(f"file:{playlist}", skip_frame="nokey")
    rows = TILES_PER_SPRITE // TILES_PER_ROW
    sprites = entry.video.filter("scale", *tile).filter("tile", f"{TILES_PER_ROW}x{rows}")
    return _compiled(
        ffmpeg.output(sprites, str(pattern), fps_mode="passthrough", **{"q:v": 5}), QUIET
    )


def _compiled(output: Any, global_options: tuple[str, ...]) -> list[str]:
    arguments: list[str] = ffmpeg.compile(
        output.global_args(*global_options), cmd=binary.path(), overwrite_output=True
    )
    return arguments


def _pictures(entry: Any, plan: Plan) -> list[Any]:
    if plan.video_stream is None:
        return []
    stream = entry[str(plan.video_stream)].filter("fps", fps=FRAMES_PER_SECOND, start_time=0)
    if not plan.square_pixels:
        stream = stream.filter("scale", "trunc(iw*sar/2)*2", "trunc(ih/2)*2").filter("setsar", 1)
    finished: list[Any] = []
    for rung in reversed(plan.rungs[1:]):
        parts = _scaled(stream, rung).filter_multi_output("split")
        finished.insert(0, parts[0])
        stream = parts[1]
    finished.insert(0, _scaled(stream, plan.rungs[0]))
    return finished


def _scaled(stream: Any, rung: Rung) -> Any:
    side = rung.short_side
    width, height = f"if(gt(iw,ih),-2,{side})", f"if(gt(iw,ih),{side},-2)"
    return stream.filter("scale", width, height, flags="bicubic").filter("setsar", 1)


def _output_options(plan: Plan, directory: Path) -> dict[str, Any]:
    options: dict[str, Any] = {
        "map_metadata": -1,
        "map_chapters": -1,
        "dn": None,
        "sn": None,
        "f": "hls",
        "hls_time": SEGMENT_SECONDS,
        "hls_playlist_type": "vod",
        "hls_flags": "independent_segments+temp_file",
        "hls_segment_type": "fmp4",
        "hls_fmp4_init_filename": _init_name(plan),
        "hls_segment_filename": str(directory / "%v_%05d.m4s"),
        "master_pl_name": "master.m3u8",
        "var_stream_map": _variants(plan),
    }
    if plan.video_stream is not None:
        options |= _video_options(plan.rungs)
    if plan.audio_stream is not None:
        options |= {"c:a": "aac", "b:a": f"{AUDIO_KBPS}k", "ac": 2, "ar": 44100}
    return options


def _init_name(plan: Plan) -> str:
    """ffmpeg fills in the pattern only where there are several playlists."""
    names = plan.playlist_names
    return "init_%v.mp4" if len(names) > 1 else f"init_{names[0]}.mp4"


def _video_options(rungs: tuple[Rung, ...]) -> dict[str, Any]:
    options: dict[str, Any] = {
        "c:v": "libx264",
        "preset": "veryfast",
        "profile:v": "main",
        "pix_fmt": "yuv420p",
        "crf": 23,
        "force_key_frames": f"expr:gte(t,n_forced*{SEGMENT_SECONDS})",
        "sc_threshold": 0,
        "g": 10 * FRAMES_PER_SECOND,
        # one thread each: with more, x264's rate cap gives other bytes on every run
        "threads:v": 1,
    }
    for index, rung in enumerate(rungs):
        options[f"maxrate:v:{index}"] = f"{rung.maxrate_kbps}k"
        options[f"bufsize:v:{index}"] = f"{rung.bufsize_kbps}k"
    return options


def _variants(plan: Plan) -> str:
    if plan.video_stream is None:
        return f"a:0,name:{AUDIO_NAME}"
    group = ",agroup:aud" if plan.audio_stream is not None else ""
    variants = [f"v:{index}{group},name:{rung.name}" for index, rung in enumerate(plan.rungs)]
    if group:
        variants.append(f"a:0{group},name:{AUDIO_NAME},default:yes,language:{plan.language}")
    return " ".join(variants)
