"""Database triggers: append-only tables on both databases, NoOverlap on SQLite.

SQLite loses a table's triggers whenever Django re-makes the table, so all of them are laid
again after every migrate.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models

from core.constraints import NoOverlap

_append_only: list[type[models.Model]] = []


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: the database refuses to change or remove rows of this table."""
    _append_only.append(model)
    return model


def statements(connection: Any) -> dict[str, list[str]]:
    """Trigger name → the statements that lay it (each safe to repeat)."""
    build = _postgresql_append_only if connection.vendor == "postgresql" else _sqlite_append_only
    laid: dict[str, list[str]] = {}
    for model in _append_only:
        laid.update(build(connection, model._meta.db_table))
    if connection.vendor == "sqlite":
        for model in apps.get_models():
            for constraint in model._meta.constraints:
                if isinstance(constraint, NoOverlap):
                    laid.update(constraint.sqlite_triggers(model, connection))
    return laid


def install_all(sender: Any = None, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Lay every trigger whose table exists; runs once after migrate, from core."""
    if sender is not None and sender.label != "core":
        return
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, commands in statements(connection).items():
            if name.split("__", 1)[0] in tables:
                for command in commands:
                    cursor.execute(command)


def remove_all(connection: Any) -> None:
    """Take every trigger away (emptying a test database needs it)."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in statements(connection):
            table = name.split("__", 1)[0]
            if table not in tables:
                continue
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def _sqlite_append_only(connection: Any, table: str) -> dict[str, list[str]]:
    laid = {}
    for verb in ("UPDATE", "DELETE"):
        name = f"{table}__append_only_{verb.lower()}"
        laid[name] = [
            f'DROP TRIGGER IF EXISTS "{name}"',
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        ]
    return laid


def _postgresql_append_only(connection: Any, table: str) -> dict[str, list[str]]:
    function = (
        "CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; "
        "END $$ LANGUAGE plpgsql"
    )
    row, whole = f"{table}__append_only", f"{table}__append_only_truncate"
    return {
        row: [
            function,
            f'CREATE OR REPLACE TRIGGER "{row}" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
        ],
        whole: [
            f'CREATE OR REPLACE TRIGGER "{whole}" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change()",
        ],
    }
