"""Runs one command in its own session under limits, and leaves no process behind.

The child dies with this process even on kill -9 (Linux), and its whole group is killed when the
wall clock runs out or a callback raises.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LAUNCHER = Path(__file__).with_name("launch.py")
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
TAIL_BYTES = 4096
MOST_OUTPUT_BYTES = 1024 * 1024
TICK_SECONDS = 1.0


@dataclass(frozen=True)
class Limits:
    """Bounds of one command: wall clock and CPU in seconds, largest written file in bytes."""

    wall_seconds: int
    cpu_seconds: int
    file_bytes: int = 8 * 1024**3


class CommandError(Exception):
    """A command did not end well; `stderr` is for staff only, it can quote other files."""

    def __init__(self, reason: str, returncode: int, stderr: str) -> None:
        super().__init__(f"{reason} ({returncode})")
        self.reason = reason
        self.returncode = returncode
        self.stderr = stderr


class _Output:
    """Collects both pipes: whole lines of stdout are handed on, of stderr the end is kept."""

    def __init__(self, on_line: Callable[[str], None] | None) -> None:
        self.on_line = on_line
        self.stdout = b""
        self.stderr = b""
        self._pending = b""

    def take(self, name: str, chunk: bytes) -> None:
        if name == "stderr":
            self.stderr = (self.stderr + chunk)[-TAIL_BYTES:]
        elif self.on_line is None:
            self.stdout = (self.stdout + chunk)[:MOST_OUTPUT_BYTES]
        else:
            *lines, self._pending = (self._pending + chunk).split(b"\n")
            for line in lines:
                self.on_line(line.decode("utf-8", "replace"))


def run(
    command: Sequence[str],
    *,
    limits: Limits,
    on_line: Callable[[str], None] | None = None,
    on_tick: Callable[[], None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """Run a command to its end and return its output, or hand each line to `on_line`.

    `on_tick` is called about once a second; whatever a callback raises ends the command.
    Raises CommandError with reason `timeout`, `file_limit` or `exit`.
    """
    process = _started(command, limits, environment)
    output = _Output(on_line)
    try:
        finished = _pumped(process, output, limits.wall_seconds, on_tick)
        returncode = process.wait(timeout=TICK_SECONDS) if finished else None
    except subprocess.TimeoutExpired:
        returncode = None
    finally:
        _kill_group(process)
    if returncode == 0:
        return output.stdout
    raise _error(returncode, output)


def _started(
    command: Sequence[str], limits: Limits, environment: Mapping[str, str] | None
) -> "subprocess.Popen[bytes]":
    bounds = [str(os.getpid()), str(limits.cpu_seconds), str(limits.file_bytes)]
    return subprocess.Popen(  # noqa: S603  argument lists of our own making, no shell
        [sys.executable, "-I", "-S", str(LAUNCHER), *bounds, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT | dict(environment or {}),
        start_new_session=True,
        close_fds=True,
    )


def _pumped(
    process: "subprocess.Popen[bytes]",
    output: _Output,
    wall_seconds: int,
    on_tick: Callable[[], None] | None,
) -> bool:
    deadline = time.monotonic() + wall_seconds
    next_tick = time.monotonic() + TICK_SECONDS
    with selectors.DefaultSelector() as selector:
        for name, pipe in (("stdout", process.stdout), ("stderr", process.stderr)):
            assert pipe is not None
            selector.register(pipe, selectors.EVENT_READ, name)
        while selector.get_map():
            now = time.monotonic()
            if now >= deadline:
                return False
            if on_tick is not None and now >= next_tick:
                on_tick()
                next_tick = now + TICK_SECONDS
            for key, _mask in selector.select(timeout=min(TICK_SECONDS, deadline - now)):
                chunk = os.read(key.fd, 65536)
                output.take(key.data, chunk)
                if not chunk:
                    selector.unregister(key.fileobj)
    return True


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _error(returncode: int | None, output: _Output) -> CommandError:
    text = output.stderr.decode("utf-8", "replace")
    if returncode is None or returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return CommandError("timeout", returncode or 0, text)
    if returncode == -signal.SIGXFSZ or "No space left" in text or "File too large" in text:
        return CommandError("file_limit", returncode, text)
    return CommandError("exit", returncode, text)
