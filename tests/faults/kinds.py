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
    """Say that the work has begun, wait, and leave a line at its end."""
    Path(f"{path}.begun").touch()
    time.sleep(2)
    note.func(path)
