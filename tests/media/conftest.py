"""Clips made once per run, and the people around a recording."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from media.ffmpeg import binary

TEST_PICTURE = "testsrc2=size={size}:rate={rate}:duration={seconds}"


def make(target: Path, *arguments: str) -> Path:
    """Run ffmpeg once to make a clip."""
    command = [binary.path(), "-v", "error", "-y", *arguments, str(target)]
    subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
    return target


def picture(size: str, seconds: float, rate: float = 25) -> list[str]:
    """Arguments for a moving test picture."""
    source = TEST_PICTURE.format(size=size, rate=rate, seconds=seconds)
    return ["-f", "lavfi", "-i", source]


def sound(seconds: float) -> list[str]:
    """Arguments for a tone."""
    return ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]


H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
AAC = ["-c:a", "aac", "-shortest"]


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Clips by name, each made when first asked for."""
    folder = tmp_path_factory.mktemp("clips")
    recipes: dict[str, list[str]] = {
        "lesson.mp4": [*picture("640x360", 6), *sound(6), *H264, *AAC, "-movflags", "+faststart"],
        "wide.mp4": [*picture("1280x720", 6), *sound(6), *H264, *AAC],
        "phone.mp4": [*picture("640x360", 5), *H264],
        "portrait.mp4": [*picture("360x640", 5), *H264],
        "odd.mkv": [
            *["-f", "lavfi", "-i", "testsrc=size=641x363:rate=29.97:duration=5"],
            *["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p"],
        ],
        "narrow-pixels.mp4": [*picture("480x576", 4), "-vf", "setsar=16/15", *H264],
        "changing-rate.mp4": [
            *picture("320x240", 5, 30),
            "-vf",
            "select='not(mod(n\\,3))+lt(n\\,60)'",
            "-fps_mode",
            "vfr",
            *H264,
        ],
        "small.mp4": [*picture("320x240", 5), *H264],
        "voice.m4a": [*sound(6), "-c:a", "aac"],
        "huge.mp4": ["-f", "lavfi", "-i", "color=size=5000x128:rate=1:duration=2", *H264],
        "tiny.mp4": [*picture("32x32", 2), *H264],
        "long.mp4": ["-f", "lavfi", "-i", "color=size=64x64:rate=1/8:duration=14480", *H264],
        "fast.mp4": [*picture("128x128", 1, 240), *H264],
        "photo.png": [*picture("640x480", 0.04), "-frames:v", "1"],
        "photo.jpg": [*picture("640x480", 0.04), "-frames:v", "1"],
    }

    def clip(name: str) -> Path:
        target = folder / name
        if not target.exists():
            make(target, *recipes[name])
        return target

    return clip


@pytest.fixture
def upload() -> Callable[..., Any]:
    """A file as the browser sends it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    def of(source: Path | bytes, name: str = "第一课.mp4") -> SimpleUploadedFile:
        content = source.read_bytes() if isinstance(source, Path) else source
        return SimpleUploadedFile(name, content, content_type="video/mp4")

    return of


@pytest.fixture
def liu_min(db: None) -> Any:
    """刘敏, whose post is editor at the bureau."""
    from django.contrib.auth.models import Permission

    from tests.people import a_bureau, a_teacher

    user = a_teacher("刘敏", school=a_bureau(), posts=["editor"]).user
    assert user is not None
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture
def zhang_wei(db: None) -> Any:
    """张伟, a teacher who edits nothing."""
    from tests.people import a_teacher

    return a_teacher("张伟").user


CAPTIONS = """WEBVTT

00:00:00.500 --> 00:00:02.000
大家好，我们开始上课。

00:00:02.500 --> 00:00:05.000
今天谈谈情绪。
"""


@pytest.fixture
def captions_file() -> BytesIO:
    """Two lines of Chinese captions."""
    return BytesIO(CAPTIONS.encode())


@pytest.fixture
def signed_in(client: Any, liu_min: Any) -> Any:
    """刘敏's browser."""
    client.force_login(liu_min)
    return client


@pytest.fixture
def encoded(
    liu_min: Any, upload: Callable[..., Any], clips: Callable[[str], Path], deliver: Any
) -> Any:
    """A recording whose first cut is encoded and not yet shown."""
    from media import services
    from media.models import VersionState

    version = services.receive_upload(
        actor=liu_min, file=upload(clips("lesson.mp4")), title="认识情绪"
    )
    deliver()
    version.refresh_from_db()
    assert version.state == VersionState.READY, version.failure_text
    return version.recording


def published(recording: Any, actor: Any, captions_file: BytesIO) -> Any:
    """Give the newest cut what it lacks, and show it."""
    from media import services

    services.attach_captions(actor=actor, recording=recording, file=captions_file)
    services.set_transcript(actor=actor, recording=recording, text="大家好，我们开始上课。")
    return services.publish_recording(actor=actor, recording=recording)
