"""Copies of the tables that migrations filled, kept beside them in the test database."""

from __future__ import annotations

from typing import Any

from django.db import transaction

PREFIX = "first_rows_of_"
MARK = "wagtailcore_page"


def keep(connection: Any) -> None:
    """Copy every table that is not empty; a database that a killed run left empty is mended."""
    kept = _kept(connection)
    if not _rows(connection, MARK):
        if MARK not in kept:
            raise RuntimeError("The test database lacks its first rows: run with --create-db.")
        put_back(connection)
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


def _kept(connection: Any) -> list[str]:
    names = connection.introspection.table_names()
    return sorted(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))


def _rows(connection: Any, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
        return cursor.fetchone() is not None
