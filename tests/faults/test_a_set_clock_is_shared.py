"""``LMS_FAKE_NOW``: processes that begin seconds apart read the same clock."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.house import ROOT

START = "2026-03-01T08:00:00+08:00"
READ = "from core import clock; print(clock.now().isoformat(), flush=True); input()"


def process(place: Path) -> subprocess.Popen[str]:
    """A process of the house that says what its clock shows, then waits for a line."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {"LMS_MODE": "test", "LMS_FAKE_NOW": START, "LMS_VAR_DIR": str(place)}
    return subprocess.Popen(
        [sys.executable, "-c", READ],
        cwd=ROOT,
        env=kept | environment | {"DJANGO_SETTINGS_MODULE": "lms.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def behind(reader: subprocess.Popen[str]) -> float:
    """Seconds between the real clock and the one the process shows, at the moment it says it."""
    assert reader.stdout is not None
    shown = datetime.fromisoformat(reader.stdout.readline().strip())
    return (datetime.now(UTC) - shown).total_seconds()


def test_two_processes_begun_five_seconds_apart_agree_within_a_second(tmp_path):
    web = process(tmp_path)
    first = behind(web)
    time.sleep(5)
    worker = process(tmp_path)
    assert abs(behind(worker) - first) < 1
    web.communicate("\n")
    beat = process(tmp_path)
    assert abs(behind(beat) - first) < 1
    worker.communicate("\n")
    beat.communicate("\n")


def test_when_nobody_is_left_the_clock_begins_anew(tmp_path):
    web = process(tmp_path)
    first = behind(web)
    web.communicate("\n")
    time.sleep(3)
    web = process(tmp_path)
    assert behind(web) - first >= 3
    web.communicate("\n")
