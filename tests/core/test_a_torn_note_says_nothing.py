"""Of a note that a crash tore nothing is believed, wherever it was torn."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import witness
from core.witness import Note

FIRST = Note(1, 5, "a" * 64)
NEXT = Note(6, 123, "b" * 64, begun=True)


@pytest.fixture
def file(settings, at) -> Path:
    at("2026-11-23T08:00:00+08:00")
    return Path(settings.AUDIT_SEAL_FILE)


@pytest.mark.parametrize("begun", [True, False])
def test_a_line_torn_anywhere_is_passed_over_and_the_next_one_is_read(file, begun):
    witness.write(FIRST)
    before = file.read_bytes()
    torn = Note(6, 123, "b" * 64, begun=begun)
    witness.write(torn)
    line = file.read_bytes()[len(before) :]
    assert line.endswith(b"begun\n" if begun else b" 6\n")
    for length in range(len(line) - 1):
        file.write_bytes(before + line[:length])
        assert witness.notes() == [FIRST], line[:length]
        witness.write(NEXT)
        assert witness.notes() == [FIRST, NEXT], line[:length]
    file.write_bytes(before + line[:-1])
    assert witness.notes() == [FIRST, torn], "only the end of the line is missing"


def test_lines_of_older_releases_are_read_as_they_were_written(file):
    file.write_text(
        f"2026-03-01T08:00:00+00:00 5 {'a' * 64}\n"
        f"2026-03-01T08:01:00+00:00 6 {'b' * 64} 6 begun\n"
        f"2026-03-01T08:01:00+00:00 6 {'b' * 64} 6\n"
    )
    assert witness.notes() == [
        Note(1, 5, "a" * 64), Note(6, 6, "b" * 64, begun=True), Note(6, 6, "b" * 64),
    ]  # fmt: skip


def test_a_line_is_still_read_by_an_older_release(file):
    """It takes the first word for the instant and looks at the others."""
    witness.write(NEXT)
    witness.write(FIRST)
    assert [line.split()[1:] for line in file.read_text().splitlines()] == [
        ["123", "b" * 64, "6", "begun"], ["5", "a" * 64, "1"],
    ]  # fmt: skip
