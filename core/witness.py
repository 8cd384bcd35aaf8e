"""The witness: notes of the chain in ``AUDIT_SEAL_FILE``, out of the reach of the database.

A sealing is noted twice, each time through to the disk: as begun before it commits, as sealed once
it has. A crash between the two leaves a begun note, and the next sealing settles it: a note that
the chain bears out is confirmed, one whose sealing never committed stays begun and counts for
nothing.

A line is ``<instant>#<checksum> <last> <digest> <first>``, with ``begun`` at its end where it is.
The checksum is of all the rest, so what a crash left of a line never reads as another note.
Lines of older releases have none; older releases read ours.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from core import clock

BEGUN = "begun"
MARK = "#"
TAIL_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Note:
    """Links ``first`` to ``last`` and the digest of the last one, in the making or made."""

    first: int
    last: int
    digest: str
    begun: bool = False


def write(note: Note) -> None:
    """Add a note, on a line of its own also after one that a crash tore."""
    file = Path(settings.AUDIT_SEAL_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    at = clock.now().isoformat()
    words = [str(note.last), note.digest, str(note.first), *([BEGUN] if note.begun else [])]
    line = f"{' '.join([f'{at}{MARK}{_checksum(at, words)}', *words])}\n"
    with file.open("ab") as stream:
        if not _tail(file).endswith(b"\n"):
            line = f"\n{line}"
        stream.write(line.encode("ascii"))
        stream.flush()
        os.fsync(stream.fileno())


def settle(sequence: int, digest: str) -> None:
    """Confirm the newest begun note if the chain ends as it says; the caller seals alone."""
    recent = list(
        _read(_tail(Path(settings.AUDIT_SEAL_FILE)).decode("ascii", "replace").split("\n"))
    )
    newest = next((note for note in reversed(recent) if note.begun), None)
    if newest is None or (newest.last, newest.digest) != (sequence, digest):
        return
    confirmed = replace(newest, begun=False)
    if confirmed not in recent:
        write(confirmed)


def notes() -> list[Note]:
    """Each complete note, in the order of writing; a line torn by a crash is passed over."""
    file = Path(settings.AUDIT_SEAL_FILE)
    if not file.is_file():
        return []
    with file.open(encoding="ascii", errors="replace") as stream:
        return list(_read(stream))


def length() -> int:
    """How many bytes of notes there are now."""
    file = Path(settings.AUDIT_SEAL_FILE)
    return file.stat().st_size if file.is_file() else 0


def copy_as_of(target: Path, *, length: int, sealed: int) -> None:
    """Copy the notes as they were when the chain had ``sealed`` links: all of the first ``length``
    bytes, and of later ones those that tell of no later link.
    """
    notes = Path(settings.AUDIT_SEAL_FILE).read_bytes()
    later = notes[length:].splitlines(keepends=True)
    known = [line for line in later if all(note.last <= sealed for note in _read([_text(line)]))]
    target.write_bytes(notes[:length] + b"".join(known))


def covered_by(notes: Iterable[Note]) -> int:
    """How many links from the beginning the notes cover without a gap."""
    covered = 0
    for note in sorted(notes, key=lambda note: note.last):
        if note.first > covered + 1:
            break
        covered = note.last
    return covered


def _tail(file: Path) -> bytes:
    """The end of the file; a single line end where there is none yet."""
    if not file.is_file() or not file.stat().st_size:
        return b"\n"
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - TAIL_BYTES))
        return stream.read()


def _text(line: bytes) -> str:
    return line.decode("ascii", "replace")


def _checksum(at: str, words: list[str]) -> str:
    return hashlib.sha256(" ".join([at, *words]).encode()).hexdigest()[:16]


def _read(lines: Iterable[str]) -> Iterator[Note]:
    """A note of an older release may name no first link: it goes on where the one before ended."""
    before = 0
    for line in lines:
        head, *words = line.split() or [""]
        at, marked, checksum = head.partition(MARK)
        begun = words[3:] == [BEGUN]
        if not (2 <= len(words) <= 3 + begun and words[0].isdecimal() and len(words[1]) == 64):
            continue
        if marked and checksum != _checksum(at, words):
            continue
        first = int(words[2]) if len(words) > 2 and words[2].isdecimal() else before + 1
        before = int(words[0])
        yield Note(first, before, words[1], begun)
