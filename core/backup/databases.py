"""Copies of the database: SQLite by its backup interface, PostgreSQL by pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction


class BackupFault(RuntimeError):
    """The backup cannot be made or put back; the message says why."""


def file_name() -> str:
    return "database.dump" if connection.vendor == "postgresql" else "database.sqlite3"


def dump(target: Path) -> dict[str, int]:
    """Write a consistent copy; returns how many rows each table had at that instant."""
    if connection.vendor == "postgresql":
        return _dump_postgresql(target)
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return _counts_of_file(copy)


def check(source: Path) -> dict[str, int]:
    """Make sure that a copy can be read; returns its row counts where they can be told.

    Raises BackupFault for a damaged copy.
    """
    if source.suffix == ".dump":
        _call("pg_restore", "--list", str(source))
        return {}
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok":
                raise BackupFault(f"{source.name}: {verdict}")
            return _counts_of_file(copy)
    except sqlite3.DatabaseError as error:
        raise BackupFault(f"{source.name}: {error}") from error


def load(source: Path) -> dict[str, int]:
    """Put a copy in the place of the present database; returns the row counts afterwards."""
    if source.suffix == ".dump":
        connection.close()
        words = ("--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction")
        _call("pg_restore", *words, "--dbname", _dsn(), str(source))
        return counts()
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as copy:
        copy.backup(connection.connection)
    connection.close()
    return counts()


def counts() -> dict[str, int]:
    """How many rows each table has now."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = int(cursor.fetchone()[0])
    return found


def _dump_postgresql(target: Path) -> dict[str, int]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        words = ("--format", "custom", "--no-owner", "--snapshot", snapshot)
        _call("pg_dump", *words, "--file", str(target), "--dbname", _dsn())
        return counts()


def _counts_of_file(copy: Any) -> dict[str, int]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = sorted(row[0] for row in copy.execute(query))
    return {
        table: int(copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608
        for table in tables
    }


def _dsn() -> str:
    """The connection without its password; that travels in the environment only."""
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    settings = connection.settings_dict
    return " ".join(f"{word}='{settings[name]}'" for word, name in names.items() if settings[name])


def _call(program: str, *words: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise BackupFault(f"找不到 {program}，请安装 PostgreSQL 客户端程序。")
    environment = {**os.environ, "PGPASSWORD": connection.settings_dict["PASSWORD"] or ""}
    if not environment["PGPASSWORD"]:
        del environment["PGPASSWORD"]
    ended = subprocess.run(  # noqa: S603
        [path, *words], env=environment, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["?"])[-1]
        raise BackupFault(f"{program}: {reason}")
