"""The log of SQLite is cut off below running processes: those that cannot read it any more end, and
the house goes on by itself."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing

import pytest

from tests.faults.house import fetch, free_port, house, wait_for

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="stops processes by signal"),
]


def test_a_log_that_was_cut_off_does_not_stop_the_house_for_ever(tmp_path, furnished):
    port = free_port()
    page = f"http://127.0.0.1:{port}/verify/"
    with house(furnished(tmp_path), PORT=str(port)) as place:
        place.start(sys.executable, "-m", "lms.supervisor")
        wait_for(lambda: "已就绪" in place.log(), say="ready")
        wait_for(lambda: fetch(page)[0] == 200, say="the page")
        file = place.var / "db.sqlite3"
        with closing(sqlite3.connect(file, timeout=30)) as database:
            database.execute("PRAGMA wal_autocheckpoint=0")
            database.execute("PRAGMA user_version=1")  # the first page, which everybody reads
            os.truncate(f"{file}-wal", 0)
            with (
                closing(sqlite3.connect(file)) as another,
                pytest.raises(sqlite3.OperationalError, match="disk I/O error"),
            ):
                another.execute("SELECT count(*) FROM core_job").fetchone()
        wait_for(lambda: "worker 意外退出" in place.log(), say="the worker has given way")
        wait_for(lambda: fetch(page)[0] == 200, say="the page again")
        made = place.shell(
            "from core import jobs, task_backend\n"
            "payload = {'task': 'tests.faults.kinds.note', "
            f"'args': ['{tmp_path / 'note'}'], 'kwargs': {{}}}}\n"
            "print(jobs.enqueue(task_backend.KIND, payload=payload))"
        )
        assert made
        wait_for((tmp_path / "note").exists, say="the new worker works")
