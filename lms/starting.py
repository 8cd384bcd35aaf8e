"""What every long process asks before it starts; knows no Django."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

from lms.settings import LMS_MODE
from lms.settings import environment as env

PORTS = range(1, 65_536)


def port() -> int:
    """The port of the web server. Ends the process with one line for anything else."""
    number = env.number("PORT", 8000)
    if number not in PORTS:
        env.end(f"PORT：应为 1 到 65535 之间的整数，当前为 {number}。")
    return number


def take_the_port_over() -> None:
    """End the page of waiting just before the web server listens, so that nobody is turned away."""
    waiting = env.number("LMS_WAITING_PID", 0)
    if waiting:
        with contextlib.suppress(ProcessLookupError):
            os.kill(waiting, signal.SIGTERM)
        time.sleep(0.2)


def refuse_a_demo_database() -> None:
    """End a production process, in one line, where the database holds demo sign-ins."""
    if LMS_MODE != "production":
        return
    command = [sys.executable, str(env.BASE_DIR / "manage.py"), "refuse_demo"]
    ended = subprocess.run(command, cwd=env.BASE_DIR, check=False)  # noqa: S603
    if ended.returncode:
        raise SystemExit(ended.returncode)
