"""Copies of the database: SQLite by its backup interface, PostgreSQL by pg_dump."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction

# What a table holds: how many rows, and a digest of them that their order does not change.
Content = dict[str, int | str]


class BackupFault(RuntimeError):
    """The backup cannot be made or put back; the message says why."""


def file_name() -> str:
    return "database.dump" if connection.vendor == "postgresql" else "database.sqlite3"


def dump(target: Path) -> dict[str, Content]:
    """Write a consistent copy; returns what each table held at that instant."""
    if connection.vendor == "postgresql":
        return _dump_postgresql(target)
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return _contents_of_file(copy)


def check(source: Path) -> dict[str, Content]:
    """Make sure that a copy can be read; returns what its tables hold where that can be told.

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
            return _contents_of_file(copy)
    except sqlite3.DatabaseError as error:
        raise BackupFault(f"{source.name}: {error}") from error


def load(source: Path) -> dict[str, Content]:
    """Put a copy in the place of the present database; returns what its tables hold then."""
    if source.suffix == ".dump":
        connection.close()
        words = ("--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction")
        _call("pg_restore", *words, "--dbname", _dsn(), str(source))
        return contents()
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as copy:
        copy.backup(connection.connection)
    connection.close()
    return contents()


def contents() -> dict[str, Content]:
    """What each table holds now."""
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        return _contents_of_file(connection.connection)
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        return {table: _content_on_postgresql(cursor, table) for table in tables}


def _dump_postgresql(target: Path) -> dict[str, Content]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        words = ("--format", "custom", "--no-owner", "--snapshot", snapshot)
        _call("pg_dump", *words, "--file", str(target), "--dbname", _dsn())
        return contents()


def _content_on_postgresql(cursor: Any, table: str) -> Content:
    """The sum of both halves of each row's MD5, so that no sorting is needed."""
    halves = ", ".join(
        f"coalesce(sum(('x' || substr(md5(t::text), {start}, 16))::bit(64)::bigint::numeric), 0)"
        for start in (1, 17)
    )
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT count(*), {halves} FROM {name} t")  # noqa: S608
    rows, high, low = cursor.fetchone()
    return {"rows": int(rows), "digest": f"{int(high):x}.{int(low):x}"}


def _contents_of_file(copy: sqlite3.Connection) -> dict[str, Content]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = sorted(row[0] for row in copy.execute(query))
    return {table: _content_on_sqlite(copy, table) for table in tables}


def _content_on_sqlite(copy: sqlite3.Connection, table: str) -> Content:
    """The sum of the digests of all rows, each row as SQLite itself would write it down."""
    columns = [row[1] for row in copy.execute(f'PRAGMA table_info("{table}")')]
    written = " || ',' || ".join(f'quote("{column}")' for column in columns)
    rows = total = 0
    for (text,) in copy.execute(f'SELECT {written} FROM "{table}"'):  # noqa: S608
        rows += 1
        total += int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest())
    return {"rows": rows, "digest": f"{total:x}"}


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
