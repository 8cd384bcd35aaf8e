"""Work that the fault tests let real workers do."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task


@task()
def note(path: str) -> None:
    """Leave a line; a second run leaves a second one."""
    with Path(path).open("a", encoding="utf-8") as stream:
        stream.write(f"{os.getpid()}\n")


@task()
def slow_note(path: str) -> None:
    """Say that the work has begun, wait for permission to end, and leave a line."""
    Path(f"{path}.begun").touch()
    end = time.monotonic() + 100
    while not Path(f"{path}.may_end").exists() and time.monotonic() < end:
        time.sleep(0.1)
    note.func(path)
