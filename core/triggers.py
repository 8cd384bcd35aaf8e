"""Database triggers: append-only tables and the queue of unsealed audit rows on both databases,
NoOverlap on SQLite.

SQLite loses a table's triggers whenever Django re-makes the table, so all of them are laid
again after every migrate.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models

from core.constraints import NoOverlap
from core.fields import EncryptedTextField

UNSEALED = "core_unsealedevent"
AWAITS_SEAL = "core_auditevent__awaits_seal"
_append_only: list[type[models.Model]] = []


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: the database refuses to change or remove rows of this table.

    Only the ciphertext of encrypted columns may be renewed, or no key could be rotated; the
    bound data keep it from being another row's.
    """
    _append_only.append(model)
    return model


def statements(connection: Any) -> dict[str, list[str]]:
    """Trigger name → the statements that lay it (each safe to repeat)."""
    build = _postgresql_append_only if connection.vendor == "postgresql" else _sqlite_append_only
    laid: dict[str, list[str]] = {}
    for model in _append_only:
        laid.update(build(connection, model))
    laid[AWAITS_SEAL] = awaiting_seal(connection)
    if connection.vendor == "sqlite":
        for model in apps.get_models():
            for constraint in model._meta.constraints:
                if isinstance(constraint, NoOverlap):
                    laid.update(constraint.sqlite_triggers(model, connection))
    return laid


def install_all(sender: Any = None, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Lay every trigger whose table exists, and take away those that no model names any more."""
    if sender is not None and sender.label != "core":
        return
    connection = connections[using]
    wanted = _of_present_tables(connection)
    with connection.cursor() as cursor:
        for name, table in present(connection).items():
            if name not in wanted:
                _drop(cursor, connection, name, table)
        for commands in wanted.values():
            for command in commands:
                cursor.execute(command)


def missing(connection: Any) -> list[str]:
    """Names of triggers that should protect a table and do not."""
    return sorted(_of_present_tables(connection).keys() - present(connection).keys())


def remove_all(connection: Any) -> None:
    """Take every trigger of ours away (emptying a test database needs it)."""
    with connection.cursor() as cursor:
        for name, table in present(connection).items():
            _drop(cursor, connection, name, table)


def present(connection: Any) -> dict[str, str]:
    """Triggers of ours that the database has, by name, with their table."""
    query = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE "
        "NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = current_schema::regnamespace"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table for name, table in cursor.fetchall() if name.startswith(f"{table}__")}


def _of_present_tables(connection: Any) -> dict[str, list[str]]:
    tables = set(connection.introspection.table_names())
    laid = statements(connection)
    if UNSEALED not in tables:
        del laid[AWAITS_SEAL]
    return {name: commands for name, commands in laid.items() if name.split("__", 1)[0] in tables}


def awaiting_seal(connection: Any) -> list[str]:
    """Whoever writes an audit row, the row waits for its seal from that instant."""
    if connection.vendor == "sqlite":
        return [
            "DROP TRIGGER IF EXISTS core_auditevent__awaits_seal",
            "CREATE TRIGGER core_auditevent__awaits_seal AFTER INSERT ON core_auditevent BEGIN "
            "INSERT OR IGNORE INTO core_unsealedevent (event_id) VALUES (NEW.id); END",
        ]
    return [
        "CREATE OR REPLACE FUNCTION core_await_seal() RETURNS trigger AS $$ BEGIN "
        "INSERT INTO core_unsealedevent (event_id) SELECT id FROM added ON CONFLICT DO NOTHING; "
        "RETURN NULL; END $$ LANGUAGE plpgsql",
        "CREATE OR REPLACE TRIGGER core_auditevent__awaits_seal AFTER INSERT ON core_auditevent "
        "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION core_await_seal()",
    ]


def _drop(cursor: Any, connection: Any, name: str, table: str) -> None:
    on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def _sqlite_append_only(connection: Any, model: type[models.Model]) -> dict[str, list[str]]:
    """Refuse UPDATE, DELETE and the INSERT OR REPLACE that would delete without a trigger."""
    table, key = model._meta.db_table, model._meta.pk.column
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only')"
    same = f'SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}"'  # noqa: S608
    taken = f"{refuse} WHERE EXISTS ({same})"
    changing = f"UPDATE OF {_fixed_columns(model)}"
    laid = {}
    for verb, body in ((changing, refuse), ("DELETE", refuse), ("INSERT", taken)):
        name = f"{table}__append_only_{verb.split()[0].lower()}"
        laid[name] = [
            f'DROP TRIGGER IF EXISTS "{name}"',
            f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" BEGIN {body}; END',
        ]
    return laid


def _fixed_columns(model: type[models.Model]) -> str:
    """Every column but the encrypted ones, quoted."""
    fields = model._meta.local_concrete_fields
    fixed = [field.column for field in fields if not isinstance(field, EncryptedTextField)]
    return ", ".join(f'"{column}"' for column in fixed)


def _postgresql_append_only(connection: Any, model: type[models.Model]) -> dict[str, list[str]]:
    table = model._meta.db_table
    function = (
        "CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; "
        "END $$ LANGUAGE plpgsql"
    )
    row, whole = f"{table}__append_only", f"{table}__append_only_truncate"
    return {
        row: [
            function,
            f'CREATE OR REPLACE TRIGGER "{row}" BEFORE UPDATE OF {_fixed_columns(model)} '
            f'OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
        ],
        whole: [
            f'CREATE OR REPLACE TRIGGER "{whole}" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change()",
        ],
    }
