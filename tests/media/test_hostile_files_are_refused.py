"""More than forty hostile files: each refused with its own words, reading and sending nothing."""

from __future__ import annotations

import ctypes
import os
import resource
import socket
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

from media import production, services, storage
from media.models import FailureCode, VersionState
from media.rules.admission import Refusal, refusal_of
from tests.media.conftest import H264, make, picture, sound
from tests.media.hostile import BYTES, SPOILT, TEXTS

MOST_KILOBYTES = 300 * 1024
IN_ACCESS, IN_OPEN, IN_NONBLOCK = 0x1, 0x20, 0x800


class Canary:
    """A neighbour's file that nobody may open, and a port that nobody may call."""

    def __init__(self, file: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self.file = file
        self.watch: int = libc.inotify_init1(IN_NONBLOCK)
        added = libc.inotify_add_watch(self.watch, os.fsencode(file), IN_ACCESS | IN_OPEN)
        assert added >= 0, os.strerror(ctypes.get_errno())
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self.port: int = self.listener.getsockname()[1]

    def was_opened(self) -> bool:
        try:
            return bool(os.read(self.watch, 4096))
        except BlockingIOError:
            return False

    def was_called(self) -> bool:
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        os.close(self.watch)
        self.listener.close()


@pytest.fixture
def canary(tmp_path: Path, clips: Callable[[str], Path]) -> Iterator[Canary]:
    """Beside the upload lies another person's film."""
    neighbour = tmp_path / "neighbour.mp4"
    neighbour.write_bytes(clips("lesson.mp4").read_bytes())
    watched = Canary(neighbour)
    yield watched
    watched.close()


@pytest.fixture
def peaks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The largest memory of each child that was waited for, in kilobytes."""
    seen: list[int] = []

    def measured(pid: int, options: int) -> tuple[int, int]:
        ended, status, usage = os.wait4(pid, options)
        if ended:
            seen.append(usage.ru_maxrss)
        return ended, status

    monkeypatch.setattr(os, "waitpid", measured)
    return seen


def judged(path: Path, canary: Canary, peaks: list[int]) -> Refusal | None:
    """The verdict on a file, and what holds for every one of them."""
    before = sorted(path.parent.iterdir())
    canary.was_opened()
    refusal = refusal_of(production.probe(path), audio_accepted=False)
    assert not canary.was_opened(), "a neighbour's file was opened"
    assert not canary.was_called(), "a connection was made"
    assert sorted(path.parent.iterdir()) == before, "something was left beside the upload"
    assert peaks, "the probe runs in a child"
    # a child is charged with the pages of the process that began it, until it has its own
    begun_by = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert max(peaks) <= max(MOST_KILOBYTES, begun_by)
    return refusal


def upload_of(content: bytes, canary: Canary) -> Path:
    path = canary.file.with_name("source.bin")
    path.write_bytes(content)
    return path


def says(refusal: Refusal | None) -> str:
    assert refusal is not None
    with translation.override("zh-hans"):
        return str(FailureCode(refusal.code).label)


def test_there_are_more_than_forty_of_them():
    assert len(TEXTS) + len(BYTES) + len(SPOILT) >= 50


def test_the_canary_sings(canary):
    canary.file.read_bytes()
    assert canary.was_opened()
    assert not canary.was_opened()
    socket.create_connection(("127.0.0.1", canary.port)).close()
    assert canary.was_called()
    assert not canary.was_called()


@pytest.mark.parametrize("name", TEXTS)
def test_what_points_elsewhere_leads_nowhere(name, canary, peaks):
    text = TEXTS[name].replace("{neighbour}", str(canary.file))
    text = text.replace("{port}", str(canary.port))
    refusal = judged(upload_of(text.encode(), canary), canary, peaks)
    assert refusal == Refusal("not_video")
    assert says(refusal) == "无法识别为视频，请上传 MP4/MOV/MKV"


@pytest.mark.parametrize("name", BYTES)
def test_what_is_no_video_is_called_so(name, canary, peaks):
    content, code = BYTES[name]
    refusal = judged(upload_of(content, canary), canary, peaks)
    assert refusal == Refusal(code)


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_film_says_what_is_wrong(name, canary, peaks, clips):
    clip, spoil, code = SPOILT[name]
    path = upload_of(spoil(clips(clip).read_bytes()), canary)
    refusal = judged(path, canary, peaks)
    assert refusal is not None
    assert refusal.code == code


SHAPES: dict[str, tuple[str, list[str], str | None]] = {
    "nine sound tracks": (
        "many.mkv",
        [*picture("64x64", 1), *sound(1), "-map", "0:v", *["-map", "1:a"] * 8, "-shortest"],
        "codec",
    ),
    "sound alone in a transport stream": ("voice.ts", [*sound(2), "-c:a", "aac"], "no_video_track"),
    "a wide banner": ("huge.mkv", [*picture("4098x64", 0.2), *H264], "too_large_dims"),
    "a thread": ("thin.mkv", [*picture("640x62", 0.4), *H264], "too_small_dims"),
    "film frames": ("film.mp4", [*picture("128x72", 4, 23.976), *H264], None),
    "an old rate": ("old.mkv", [*picture("128x72", 4, 29.97), *H264], None),
    "odd sides": ("odd.avi", [*picture("129x77", 4), "-c:v", "mpeg4"], None),
    "a beginning that is skipped": (
        "late.mp4",
        [*picture("128x72", 4), *H264, "-output_ts_offset", "1.5"],
        None,
    ),
    "no duration at all": (
        "live.webm",
        [*picture("128x72", 3), "-c:v", "libvpx", "-deadline", "realtime", "-live", "1"],
        None,
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_strange_film_gets_its_own_verdict(name, canary, peaks, tmp_path):
    file, arguments, code = SHAPES[name]
    folder = tmp_path / "made"
    folder.mkdir()
    content = make(folder / file, *arguments).read_bytes()
    peaks.clear()
    refusal = judged(upload_of(content, canary), canary, peaks)
    assert (refusal.code if refusal else None) == code


NAMES = {
    "../../../../etc/passwd": "passwd",
    "..\\..\\windows\\system.mp4": "system.mp4",
    "-i.mp4": "-i.mp4",
    "http://127.0.0.1/a.mp4": "a.mp4",
    "课\x00.mp4\n": "课.mp4",
    "\u202egpj.4pm": "gpj.4pm",
    "concat:a|b.mp4": "concat:a|b.mp4",
    "%d$(id).mp4": "%d$(id).mp4",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_label_and_a_refused_job_leaves_nothing(name, liu_min, deliver, tmp_path):
    from io import BytesIO

    file = BytesIO(struct.pack(">I", len(name)) + name.encode())
    file.name = name
    version = services.receive_upload(actor=liu_min, file=file, title="课")
    deliver()
    version.refresh_from_db()
    assert (version.source_name, version.state) == (NAMES[name], VersionState.FAILED)
    assert version.failure_text == "无法识别为视频，请上传 MP4/MOV/MKV"
    stored = storage.source_path(version.source.directory)
    assert stored.resolve().is_relative_to(storage.root().resolve())
    assert stored.name == "source.bin"
    assert [path for path in (storage.root() / "staging").rglob("*") if path.is_file()] == []
    assert not storage.published().exists()
