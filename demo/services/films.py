"""From a script and its speech to a published recording."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from core import jobs
from demo.rules import captions, library, slides
from media import services as media
from media.ffmpeg import binary, runner
from media.models import Recording

FILM = "demo.film"
FPS = 10
LIMITS = runner.Limits(wall_seconds=600, cpu_seconds=600)


def order_film(*, actor: Any, script: library.Script) -> Recording:
    """Announce the recording of a script and queue the making of its film."""
    recording = media.announce_recording(actor=actor, title=script.title)
    jobs.enqueue(
        FILM,
        actor=actor,
        key=f"{FILM}:{recording.pk}",
        payload={"script": script.key, "recording": str(recording.pk)},
        total=len(script.slides) + 2,
    )
    return recording


def make_film(*, run: jobs.JobRun) -> None:
    """Draw, assemble and hand over the film of the payload; transcoding follows by itself."""
    recording = Recording.objects.get(pk=UUID(run.payload["recording"]))
    if recording.versions.exists():
        return
    script = library.script(run.payload["script"])
    speech = library.speech(script)
    with tempfile.TemporaryDirectory(prefix="demo-film-") as folder:
        pictures = slides.save_all(script, Path(folder))
        run.progress(len(pictures))
        film = Path(folder) / f"{script.key}.mp4"
        runner.run(command(pictures, speech, film), limits=LIMITS, on_tick=run.heartbeat)
        run.progress(len(pictures) + 1)
        _hand_over(run, recording, script, film)
        run.progress(len(pictures) + 2)


def _hand_over(run: jobs.JobRun, recording: Recording, script: library.Script, film: Path) -> None:
    people = get_user_model().objects.all()
    editor = people.filter(pk=run.actor_id).first() if run.actor_id else None
    text = BytesIO(captions.vtt(library.speech(script)).encode())
    with run.holding(), film.open("rb") as stream:
        media.receive_upload(
            actor=editor,
            file=stream,
            title=recording.title,
            recording=recording,
            publish_when_ready=True,
        )
        media.attach_captions(actor=editor, recording=recording, file=text)
        media.set_transcript(actor=editor, recording=recording, text=script.transcript)


def command(pictures: Sequence[Path], speech: library.Speech, film: Path) -> list[str]:
    """The arguments of one ffmpeg run: each slide from its moment to the next, with the sound."""
    starts = [*captions.slide_starts(speech.spoken), speech.duration_ms]
    frames = [round(start * FPS / 1000) for start in starts]
    words = [binary.path(), "-y", "-v", "error"]
    for picture in pictures:
        words += ["-framerate", str(FPS), "-i", str(picture)]
    words += ["-i", str(speech.file), "-filter_complex", _graph(frames)]
    words += ["-map", "[film]", "-map", f"{len(pictures)}:a"]
    words += ["-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", "20"]
    words += ["-g", str(4 * FPS), "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"]
    return [*words, str(film)]


def _graph(frames: Sequence[int]) -> str:
    held = [
        f"[{place}:v]format=yuv420p,loop=loop={end - start - 1}:size=1:start=0,"
        f"setpts=N/({FPS}*TB)[slide{place}]"
        for place, (start, end) in enumerate(pairwise(frames))
    ]
    joined = "".join(f"[slide{place}]" for place in range(len(held)))
    return ";".join([*held, f"{joined}concat=n={len(held)}:v=1:a=0[film]"])
