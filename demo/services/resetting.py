"""Emptying the database of a demonstration, tables and all."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection


def reset() -> None:
    """Drop every table, upload and seal of this database, then lay the tables anew.

    Append-only tables go with the rest. The caller makes sure that this is no production.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    else:
        _drop_sqlite_tables()
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    Path(settings.AUDIT_SEAL_FILE).unlink(missing_ok=True)
    connection.close()
    call_command("prepare", verbosity=0)


def _drop_sqlite_tables() -> None:
    """Virtual tables first: their shadow tables go with them."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        for virtual in (True, False):
            for name in _tables(virtual=virtual):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}")
        cursor.execute("PRAGMA foreign_keys = ON")


def _tables(*, virtual: bool) -> list[str]:
    sign = "LIKE" if virtual else "NOT LIKE"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%%'"  # noqa: S608
            f" AND sql {sign} 'CREATE VIRTUAL%%'",
            [],
        )
        return [name for (name,) in cursor.fetchall()]
