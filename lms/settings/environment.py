"""Reads and checks the environment; knows no Django."""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("LMS_VAR_DIR", BASE_DIR / "var"))

SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
)


def read_env_file(path: Path) -> None:
    """Take values from a ``.env`` file; what the environment already names wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        name = name.strip()
        if separator and name and not name.startswith("#"):
            os.environ.setdefault(name, value.strip().strip("\"'"))


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number; ends the process with one line where something else stands."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        end(f"{name}：应为整数，当前为 {value!r}。")
    return int(value)


def refuse(mode: str, faults: list[str]) -> None:
    """End the process, naming every fault on a line of its own; harmless without one."""
    if faults:
        end(f"LMS_MODE={mode} 无法启动：\n" + "\n".join(faults))


def end(reason: str) -> NoReturn:
    """End the process with the reason and exit code 2, in the shape of ``core.commands``."""
    if "--json" in sys.argv:
        refused = {"refused": {"code": "settings", "message": reason}}
        sys.stdout.write(json.dumps(refused, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{reason}\n")
    raise SystemExit(2)


def is_weak_secret(secret: str, *, at_least: int = 40) -> bool:
    """Whether a secret is too short, of too few different signs, or one that stands in examples."""
    told = secret.lower()
    known = ("for-tests-only", "change-me", "changeme", "django-insecure", "secret-key")
    return len(secret) < at_least or len(set(secret)) < 5 or told.startswith(known)


def outer_address(origins: list[str], hosts: list[str]) -> str:
    """The site's own address as its visitors see it, from what production has to name anyway."""
    named = [origin for origin in origins if origin.startswith("https://") and "*" not in origin]
    return (named or [f"https://{host}" for host in hosts if not host.startswith(".")] or [""])[0]


def clock_faults(mode: str) -> list[str]:
    """What is wrong with ``LMS_FAKE_NOW``, one line each."""
    start = text("LMS_FAKE_NOW")
    if start and mode != "test":
        return ["LMS_FAKE_NOW：只能在 LMS_MODE=test 下使用，请去掉。"]
    try:
        datetime.fromisoformat(start or "2026-03-01")
    except ValueError:
        return [f"LMS_FAKE_NOW：应如 2026-03-01T08:00:00+08:00，当前为 {start!r}。"]
    return []


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's database settings for a ``postgresql://`` or ``sqlite:///`` address.

    Raises ValueError for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url, pooled=pooled)
    raise ValueError(f"DATABASE_URL: unknown scheme {parts.scheme!r}")


def _sqlite(path: str) -> dict[str, Any]:
    name = path[1:] if path.startswith("/") else path
    file = Path(name or str(VAR_DIR / "db.sqlite3"))
    if not file.is_absolute():
        file = BASE_DIR / file
    file.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 600,
        "TEST": {"NAME": str(_test_file())},
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_INIT},
    }


def _test_file() -> Path:
    """A file, not memory: tests with threads and ``--reuse-db`` need one."""
    file = VAR_DIR / "test" / "db.sqlite3"
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def running_broker(mode: str) -> str:
    """Address of the broker that a supervisor runs beside us; commands in dev wake its workers."""
    note = VAR_DIR / "run" / "broker"
    if mode != "dev" or not note.is_file():
        return ""
    url = note.read_text(encoding="utf-8").strip()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(url.removeprefix("unix://"))
        except OSError:
            return ""
    return url


def _postgresql(url: str, *, pooled: bool) -> dict[str, Any]:
    """A pool gives up a connection after two seconds and the next request asks anew.

    Its own pauses double up to minutes, and would outlast the server's return by as long again.
    """
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if pooled:
        options["pool"] = {
            "min_size": 2,
            "max_size": number("LMS_DATABASE_POOL", 6),
            "timeout": 3,
            "reconnect_timeout": 2,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if pooled else 60,
        "CONN_HEALTH_CHECKS": not pooled,
        "OPTIONS": options,
    }


def redis_database(url: str, number: int) -> str:
    """The same Redis server with another database number."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()


def celery_broker(url: str) -> str:
    """Celery's spelling of the broker's address (database 0)."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"redis+socket://{parts.path}?virtual_host=0"
    return redis_database(url, 0)
