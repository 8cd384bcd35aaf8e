"""kill -9 at any moment of a transcode: it ends once, and no process or file is orphaned."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from core import crypto
from media.ffmpeg import binary
from media.ffmpeg.runner import ENVIRONMENT, Limits
from tests.media.conftest import H264, make, picture

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.timeout(150),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="parent-death signal"),
]
WORKER = Path(__file__).with_name("worker.py")
POINTS = [
    "while encoding",
    "before the directory has its name",
    "before the row is committed",
]


@pytest.fixture
def place(tmp_path: Path) -> dict[str, str]:
    """A database and an uploads folder of its own."""
    crypto.new_key_file(tmp_path / "keys.json")
    return {
        **os.environ,
        "LMS_MODE": "test",
        "LMS_VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "MEDIA_ROOT": str(tmp_path / "uploads"),
        "FIELD_KEYS_FILE": str(tmp_path / "keys.json"),
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "lms.settings",
    }


def started(place: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WORKER), *arguments],
        env=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer_of(process: subprocess.Popen[str]) -> Any:
    output, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return json.loads(output)


def still_running(word: str) -> list[str]:
    """Command lines of living processes that name a folder; waits up to 3 s for them to go."""
    deadline = time.monotonic() + 3
    while True:
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if word in line and path.parent.name != str(os.getpid()):
                found.append(line)
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def test_killed_anywhere_it_ends_once_and_leaves_nothing(place, tmp_path):
    sources = [
        str(make(tmp_path / f"{seconds}.mp4", *picture("192x144", seconds), *H264))
        for seconds in (10, 4, 5)
    ]
    jobs = answer_of(started(place, "prepare", *sources))

    victims = [started(place, "die", point, job) for point, job in zip(POINTS, jobs, strict=True)]
    for victim in victims:
        _output, complaint = victim.communicate(timeout=120)
        assert victim.returncode == -signal.SIGKILL, complaint

    root = Path(place["MEDIA_ROOT"]) / "recordings"
    assert still_running(str(root)) == []
    assert len(list((root / "staging").glob("*/*"))) == 2
    assert len(list((root / "published").iterdir())) == 1

    later = place | {
        "LMS_FAKE_NOW": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 3600))
    }
    outcome = answer_of(started(later, "finish"))
    directories = {directory for _state, directory in outcome["versions"]}
    assert [state for state, _directory in outcome["versions"]] == ["ready"] * 3
    assert outcome["jobs"] == [["done", 2]] * 3
    assert {path.name for path in (root / "published").iterdir()} == directories
    assert len(directories) == 3
    assert [path for path in (root / "staging").rglob("*") if path.is_file()] == []
    assert still_running(str(root)) == []


def test_ffmpeg_without_the_launcher_would_outlive_its_worker(tmp_path):
    """The control: what the launcher is for."""
    mark = str(tmp_path / "outliving")
    command = [
        binary.path(),
        "-v",
        "error",
        "-re",
        "-f",
        "lavfi",
        "-i",
        "testsrc2",
        "-f",
        "null",
        mark,
    ]
    script = (
        "import subprocess, sys, time; subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL,"
        " start_new_session=True); time.sleep(60)"
    )
    worker = subprocess.Popen([sys.executable, "-c", script, *command])
    deadline = time.monotonic() + 20
    while not _ffmpegs(mark) and time.monotonic() < deadline:
        time.sleep(0.1)

    worker.kill()
    worker.wait()
    time.sleep(0.5)
    survivors = _ffmpegs(mark)
    for survivor in survivors:
        os.kill(survivor, signal.SIGKILL)
    assert len(survivors) == 1


def _ffmpegs(mark: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if mark.encode() in words and words[0] == binary.path().encode():
            found.append(int(path.parent.name))
    return found


def test_a_command_gets_no_secrets_and_no_shell():
    assert set(ENVIRONMENT) == {"PATH", "LANG"}
    assert Limits(wall_seconds=1, cpu_seconds=1).file_bytes == 8 * 1024**3
