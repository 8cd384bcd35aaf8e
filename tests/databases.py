"""A run migrates one database; the processes of the run work on copies of it.

Migrating from nothing takes half a minute, and a run has one process more than there are cores.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

FIRST = "first"
DONE = "migrated"


def copy_the_first(meeting_place: Path, suffix: str, *, anew: bool) -> None:
    """Make this process's test database; ``anew`` migrates from nothing.

    On SQLite it is copied each time, so that nothing is left by tests of a run that was killed;
    on PostgreSQL one that is there is used again.

    ``meeting_place`` is a folder that only the processes of this run share. Whoever comes first
    migrates, the others wait.
    """
    own = str(connection.settings_dict["TEST"]["NAME"] or connection.settings_dict["NAME"])
    first = f"{own.removesuffix(suffix)}{FIRST}"
    if not anew and connection.vendor != "sqlite" and _exists(own):
        return
    with alone(meeting_place):
        done = meeting_place / DONE
        if not done.exists():
            _migrate(first, anew=anew)
            done.touch()
        _copy(first, own)


@contextmanager
def alone(meeting_place: Path) -> Iterator[None]:
    """One process of the run at a time."""
    with (meeting_place / "databases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(name: str, *, anew: bool) -> None:
    described, test = connection.settings_dict, connection.settings_dict["TEST"]
    before = described["NAME"], test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False, keepdb=not anew
        )
    finally:
        connection.close()
        described["NAME"], test["NAME"] = before


def _exists(name: str) -> bool:
    with _maintenance() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _copy(first: str, own: str) -> None:
    if connection.vendor == "sqlite":
        for rest in ("", "-wal", "-shm"):
            Path(f"{own}{rest}").unlink(missing_ok=True)
        with closing(sqlite3.connect(first)) as source, closing(sqlite3.connect(own)) as target:
            source.backup(target)
        return
    with _maintenance() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{own}"')
        cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{first}"')


def _maintenance() -> Any:
    """A cursor on the server's own database."""
    return connection.creation._nodb_cursor()
