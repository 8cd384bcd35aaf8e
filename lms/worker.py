"""How a worker is started: Celery over a broker, the drain without one."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path

from lms import starting
from lms.settings import environment as env

BIN = Path(sys.executable).parent
PR_SET_PDEATHSIG = 1


def command(
    redis_url: str,
    *,
    with_schedule: bool,
    queues: str = "default,media,mail,search",
    threads: int = 4,
) -> tuple[str, ...]:
    """The worker's command line; the drain takes every queue and keeps the schedule itself."""
    if not redis_url:
        return (sys.executable, str(env.BASE_DIR / "manage.py"), "drain")
    words = ["--app", "lms", "worker", "--pool", "threads"]
    words += ["--concurrency", env.text("WORKER_THREADS", str(threads))]
    words += ["--queues", env.text("WORKER_QUEUES", queues)]
    words += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    words += ["--loglevel", env.text("WORKER_LOG_LEVEL", "WARNING")]
    if with_schedule:
        words += ["--beat", "--schedule", str(env.VAR_DIR / "run" / "beat-schedule")]
    return (str(BIN / "celery"), *words)


def follow_parent(signal_number: int) -> Callable[[], None] | None:
    """What a child runs first, so that it ends with its parent; None where only Linux can."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def follow() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(signal_number))
        if os.getppid() != parent:
            os._exit(1)

    return follow


def schedule() -> tuple[str, ...]:
    """The command line of the schedule; one such process is enough for all machines."""
    words = ("--app", "lms", "beat", "--loglevel", "INFO")
    return (str(BIN / "celery"), *words, "--schedule", str(env.VAR_DIR / "beat-schedule"))


def main() -> None:
    """Become a worker without a schedule, or with ``beat`` the schedule, as production does."""
    env.read_env_file(env.BASE_DIR / ".env")
    starting.refuse_a_demo_database()
    beat = sys.argv[1:] == ["beat"]
    words = schedule() if beat else command(env.text("REDIS_URL"), with_schedule=False)
    os.execv(words[0], words)  # noqa: S606


if __name__ == "__main__":
    main()
