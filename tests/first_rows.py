"""What migrations wrote, kept so that a test that commits can be undone.

On SQLite the whole database is copied back, page by page; on PostgreSQL the filled tables are
copied beside themselves and put back after a flush.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db import connections, transaction

PREFIX = "first_rows_of_"
MARK = "wagtailcore_page"
COPIES: dict[str, Copy] = {}


class Copy:
    """A whole SQLite database in memory, to be put back as it was."""

    def __init__(self, connection: Any) -> None:
        connection.ensure_connection()
        self._held = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self._held)

    def put_back(self, connection: Any) -> None:
        connection.ensure_connection()
        self._held.backup(connection.connection)


def copy_of(connection: Any) -> Copy | None:
    """A copy of the database as it stands; None where it is not SQLite."""
    return Copy(connection) if connection.vendor == "sqlite" else None


def keep(connection: Any) -> None:
    """Copy every table that is not empty; a database that a killed run left empty is mended."""
    kept = _kept(connection)
    if not _rows(connection, MARK):
        if MARK not in kept:
            raise RuntimeError("The test database lacks its first rows: run with --create-db.")
        put_back(connection)
        _copy(connection)
        return
    tables = [
        name
        for name in connection.introspection.django_table_names(only_existing=True)
        if _rows(connection, name)
    ]
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for name in kept:
            cursor.execute(f'DROP TABLE "{PREFIX}{name}"')
        for name in tables:
            cursor.execute(f'CREATE TABLE "{PREFIX}{name}" AS SELECT * FROM "{name}"')
    _copy(connection)


def restore_all() -> bool:
    """Put whole databases back where copies were kept; False where tables must be flushed."""
    for alias, copy in COPIES.items():
        copy.put_back(connections[alias])
    return bool(COPIES)


def put_back(connection: Any) -> None:
    """Fill the emptied tables again."""
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(connection.alias),
        connection.cursor() as cursor,
    ):
        for name in _kept(connection):
            cursor.execute(f'DELETE FROM "{name}"')
            cursor.execute(f'INSERT INTO "{name}" SELECT * FROM "{PREFIX}{name}"')


def _copy(connection: Any) -> None:
    copy = copy_of(connection)
    if copy:
        COPIES[connection.alias] = copy


def _kept(connection: Any) -> list[str]:
    names = connection.introspection.table_names()
    return sorted(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))


def _rows(connection: Any, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
        return cursor.fetchone() is not None
