"""Resetting takes every table away, append-only ones and search tables too."""

from __future__ import annotations

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from demo.services import resetting

pytestmark = pytest.mark.django_db


def test_every_table_goes_with_its_triggers_and_shadow_tables(tmp_path, monkeypatch):
    settings = connections["default"].settings_dict
    own = DatabaseWrapper(
        {**settings, "NAME": str(tmp_path / "own.sqlite3"), "OPTIONS": {}, "CONN_MAX_AGE": 0}
    )
    own.inc_thread_sharing()
    with own.cursor() as cursor:
        cursor.execute("CREATE TABLE unit (id integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE fact (id integer, unit_id integer REFERENCES unit (id))")
        cursor.execute("INSERT INTO unit VALUES (1)")
        cursor.execute("INSERT INTO fact VALUES (1, 1)")
        cursor.execute(
            "CREATE TRIGGER keep BEFORE DELETE ON fact BEGIN SELECT RAISE(ABORT, 'kept'); END"
        )
        cursor.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    monkeypatch.setattr(resetting, "connection", own)
    resetting._drop_sqlite_tables()
    with own.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master")
        assert cursor.fetchall() == []
    own.close()
