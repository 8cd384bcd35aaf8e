"""Killed workers and an emptied queue: every job ends, and ends once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.faults.house import House, free_port, house, wait_for

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.timeout(900),
    pytest.mark.skipif(sys.platform != "linux", reason="stops processes by signal"),
]
OWN = "payload LIKE '%tests.faults.kinds%'"


def rows(place: House, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(place.var / "db.sqlite3", timeout=30)) as database:
        found = database.execute(query, values).fetchall()
        database.commit()
    return found


def enqueue(place: House, kind: str, path: Path, count: int = 1) -> None:
    payload = {"task": f"tests.faults.kinds.{kind}", "args": [str(path)], "kwargs": {}}
    place.shell(
        "from core import jobs, task_backend\n"
        f"for n in range({count}): jobs.enqueue(task_backend.KIND, payload={payload!r})"
    )


def states(place: House) -> list[tuple[str, int]]:
    """State and attempts of the jobs that the test ordered."""
    return rows(place, f"SELECT state, attempts FROM core_job WHERE {OWN} ORDER BY created_at")


def worker(place: House) -> int:
    """The supervisor's third child: broker, web, worker."""
    return int(json.loads((place.var / "run" / "children.json").read_text())[2])


@pytest.fixture
def running(tmp_path, furnished):
    with house(furnished(tmp_path), PORT=str(free_port())) as place:
        place.start(sys.executable, "-m", "lms.supervisor")
        wait_for(lambda: "已就绪" in place.log(), say="ready")
        yield place


def test_a_worker_killed_in_its_work_and_an_emptied_queue_lose_nothing(running, tmp_path):
    note = tmp_path / "slow"
    enqueue(running, "slow_note", note)
    wait_for(Path(f"{note}.begun").exists, say="the work has begun")
    os.kill(worker(running), signal.SIGKILL)
    wait_for(lambda: "worker 意外退出" in running.log(), say="revived")
    assert states(running) == [("running", 1)]
    assert not note.exists()
    Path(f"{note}.may_end").touch()
    rows(running, f"UPDATE core_job SET lease_until = '2026-01-01 00:00:00' WHERE {OWN}")
    wait_for(lambda: states(running) == [("done", 2)], say="taken over")
    assert len(note.read_text().splitlines()) == 1

    os.killpg(worker(running), signal.SIGSTOP)
    enqueue(running, "note", tmp_path / "notes", count=20)
    broker = redis.Redis.from_url((running.var / "run" / "broker").read_text())
    assert broker.flushall()
    os.killpg(worker(running), signal.SIGCONT)
    wait_for(lambda: set(states(running)) == {("done", 1), ("done", 2)}, say="swept")
    assert len(states(running)) == 21
    assert len((tmp_path / "notes").read_text().splitlines()) == 20
