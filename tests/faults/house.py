"""A real installation in a folder of its own: processes, broker, database."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PATIENCE = 240


def free_port() -> int:
    """A port below those the kernel lends to outgoing connections: it stays free until it is used,
    also when other tests open connections meanwhile."""
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(what: Callable[[], Any], seconds: float = PATIENCE, say: str = "") -> Any:
    """The first true answer of ``what``; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s: {say or what}")


class House:
    """Runs ``manage.py`` and long processes with one environment, and ends what it started."""

    def __init__(self, place: Path, **environment: str) -> None:
        self.var = place / "var"
        self.var.mkdir(parents=True, exist_ok=True)
        kept = {"PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE"}
        self.environment = {name: value for name, value in os.environ.items() if name in kept}
        self.environment |= {"LMS_MODE": "dev", "LMS_VAR_DIR": str(self.var), **environment}
        self.started: list[subprocess.Popen[bytes]] = []

    def manage(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=480,
        )

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code).stdout.strip()

    def start(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self.var / "processes.log").open("ab") as log:
            process = subprocess.Popen(
                words,
                cwd=ROOT,
                env=self.environment | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def log(self) -> str:
        return (self.var / "processes.log").read_text(errors="replace")

    def last_lines(self) -> str:
        """The end of every log, and which started processes have ended: why a wait was in vain."""
        ended = [f"{one.args}: {one.returncode}" for one in self.started if one.poll() is not None]
        logs = [self.var / "processes.log", *sorted((self.var / "logs").glob("*.log"))]
        tails = [
            f"== {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-12:])
            for log in logs
            if log.exists()
        ]
        return "\n".join([f"ended: {ended}", *tails])

    def end(self) -> None:
        for process in reversed(self.started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def house(place: Path, **environment: str) -> Iterator[House]:
    made = House(place, **environment)
    try:
        yield made
    except AssertionError as failure:
        failure.add_note(made.last_lines())
        raise
    finally:
        made.end()


def fetch(url: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
    """Status, headers and text; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    request = urllib.request.Request(url, headers=headers or {})
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=10)
    except urllib.error.HTTPError as refused:
        answer = refused
    except OSError:
        return 0, {}, ""
    with answer:
        return answer.status, dict(answer.headers), answer.read().decode()


def checks_of(text: str) -> dict[str, Any]:
    return dict(json.loads(text)["checks"])
