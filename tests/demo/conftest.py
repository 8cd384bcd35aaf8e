"""The demo bureau, built once for a run on SQLite, else once for all tests of a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.conftest import meeting_place
from tests.databases import alone
from tests.first_rows import copy_of


@pytest.fixture(scope="module")
def built(
    django_db_setup: None,
    django_db_blocker,
    key_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The small bureau, taken back after the last test of the file."""
    with override_settings(FIELD_KEYS_FILE=key_file), django_db_blocker.unblock():
        before = copy_of(connection)
        if before is None:
            with transaction.atomic():
                _build()
                yield
                transaction.set_rollback(True)
            return
        _build_or_copy(meeting_place(tmp_path_factory))
        yield
        before.put_back(connection)


def _build() -> None:
    from demo.services import build

    build(size="s", seed=2026)


def _build_or_copy(place: Path) -> None:
    """Build it and leave a copy, or take the copy that another process of the run has left."""
    kept = place / "demo.sqlite3"
    with alone(place):
        if kept.exists():
            with closing(sqlite3.connect(kept)) as copy:
                copy.backup(connection.connection)
            return
        _build()
        with closing(sqlite3.connect(kept)) as copy:
            connection.connection.backup(copy)
