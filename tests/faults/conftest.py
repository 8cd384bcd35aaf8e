"""A migrated database to start houses from, so that each does not migrate anew."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.faults.house import ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that start from a migrated database have one made, also when they run alone."""
    for item in items:
        if "migrated" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def migrated(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A SQLite file with all tables and one person, so that no demo bureau is loaded."""
    place = tmp_path_factory.mktemp("migrated")
    file = place / "db.sqlite3"
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            _copy_of_test_database(file)
            return file
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"LMS_MODE": "dev", "LMS_VAR_DIR": str(place)}
    person = "from accounts.models import User; User.objects.create_user('someone', name='某人')"
    for words in (["prepare"], ["shell", "--no-imports", "-c", person]):
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return file


def _copy_of_test_database(file: Path) -> None:
    from accounts.models import User

    someone = User.objects.create_user("someone", name="某人")
    try:
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
    finally:
        someone.delete()


@pytest.fixture
def furnished(migrated: Path) -> Callable[[Path], Path]:
    """Put the migrated database into a house's ``var``."""

    def furnish(place: Path) -> Path:
        (place / "var").mkdir()
        (place / "var" / "db.sqlite3").write_bytes(migrated.read_bytes())
        return place

    return furnish
