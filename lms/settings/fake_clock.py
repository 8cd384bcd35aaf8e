"""The shared start of a clock that is set: all processes of one ``var`` agree on it.

The first process notes the real instant and holds a lock on the note while it lives, as every
later one does; when nobody holds it any more the clock begins anew. Knows no Django.
"""

from __future__ import annotations

import fcntl
import re
import time
from pathlib import Path
from typing import IO

_held: list[IO[str]] = []


def began(fake_now: str, folder: Path) -> float:
    """The real instant (Unix seconds) at which the clock of this house stood at ``fake_now``."""
    folder.mkdir(parents=True, exist_ok=True)
    note = (folder / f"fake-clock-{re.sub('[^0-9T]', '', fake_now)}").open("a+", encoding="ascii")
    _held.append(note)
    try:
        fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        fcntl.flock(note, fcntl.LOCK_SH)
        note.seek(0)
        return float(note.read())
    started = time.time()
    note.truncate(0)
    note.write(repr(started))
    note.flush()
    fcntl.flock(note, fcntl.LOCK_SH)
    return started
