"""One line of the result, and a place of its own to measure in."""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Ratio:
    """``ours`` and ``reference`` in ``unit``; their quotient; which direction is better."""

    bench: str
    ours: float
    reference: float
    reference_is: str
    better: Literal["higher", "lower"]
    unit: str
    n: int

    def line(self) -> str:
        values = asdict(self) | {"ratio": round(self.ours / self.reference, 4)}
        order = ("bench", "ours", "reference", "reference_is", "ratio", "better", "unit", "n")
        return json.dumps({name: values[name] for name in order}, ensure_ascii=False)


def median_of(work: Callable[[], float], runs: int) -> float:
    """Median of ``runs`` measurements after one that is thrown away."""
    work()
    return statistics.median(work() for _ in range(runs))


def requests_a_second(send: Callable[[int], object], *, clients: int, seconds: float) -> float:
    """How many calls of ``send(client)`` ``clients`` threads finish per second of wall time."""
    from concurrent.futures import ThreadPoolExecutor

    until = time.perf_counter() + seconds

    def loop(client: int) -> int:
        count = 0
        while time.perf_counter() < until:
            send(client)
            count += 1
        return count

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        total = sum(pool.map(loop, range(clients)))
    return total / (time.perf_counter() - started)


@contextmanager
def place(**environment: str) -> Iterator[Path]:
    """A fresh folder with a migrated database of its own; Django is not set up in this process.

    ``DATABASE_URL`` of the caller is kept, otherwise SQLite in the folder.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ.update({"LMS_MODE": "test", "LMS_VAR_DIR": folder, **environment})
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        manage("migrate", "--verbosity=0")
        manage("createcachetable")
        yield Path(folder)


def manage(*arguments: str) -> str:
    """Run a management command in a process of its own; returns what it printed."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


@contextmanager
def serving(urlconf: str = "lms.urls") -> Iterator[str]:
    """The real server (gunicorn, 2 workers × 4 threads) on a free port; yields its address.

    ``urlconf`` may name a module that adds bare reference views to the product's addresses.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "lms.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error",
    ]  # fmt: skip
    environment = os.environ | {"LMS_ROOT_URLCONF": urlconf}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait_for(url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)
