"""Is this installation fit to serve? Each check answers in words; strangers get one word."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.http import HttpRequest

from core import clock, triggers
from core.models import AuditSeal, Job, JobState, OutboxEvent, UnsealedEvent

LATE = timedelta(minutes=10)
FREE_SHARE = 0.05
LOOPBACK = frozenset({"", "127.0.0.1", "::1"})


def report() -> dict[str, dict[str, Any]]:
    """Every check with ``ok`` and what it saw; a check that fails itself is not ok."""
    checks: dict[str, Callable[[], dict[str, Any]]] = {
        "database": _database,
        "migrations": _migrations,
        "triggers": _triggers,
        "broker": _broker,
        "disk": _disk,
        "jobs": _jobs,
        "outbox": _outbox,
        "audit": _audit,
    }
    return {name: _guarded(check) for name, check in checks.items()}


def may_see_details(request: HttpRequest) -> bool:
    """Only somebody on the machine itself, past every proxy."""
    forwarded = any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"))
    return not forwarded and request.META.get("REMOTE_ADDR", "") in LOOPBACK


def _guarded(check: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return check()
    except Exception as error:
        return {"ok": False, "fault": type(error).__name__}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return {"ok": True, "vendor": connection.vendor}


def _migrations() -> dict[str, Any]:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return {"ok": waiting == 0, "waiting": waiting}


def _triggers() -> dict[str, Any]:
    missing = triggers.missing(connection)
    return {"ok": not missing, "missing": missing}


def _broker() -> dict[str, Any]:
    if settings.LMS_BROKER == "drain":
        return {"ok": settings.LMS_MODE != "production", "mode": "drain"}
    import redis

    redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    return {"ok": True, "mode": settings.LMS_BROKER}


def _disk() -> dict[str, Any]:
    shares = {}
    for place in (settings.MEDIA_ROOT, settings.VAR_DIR):
        path = Path(place)
        while not path.exists():
            path = path.parent
        usage = shutil.disk_usage(path)
        shares[str(place)] = round(usage.free / usage.total, 3)
    return {"ok": min(shares.values()) >= FREE_SHARE, "free": shares}


def _jobs() -> dict[str, Any]:
    waiting = Job.objects.filter(state=JobState.QUEUED).order_by("due_at")
    oldest = waiting.values_list("due_at", flat=True).first()
    return _age(oldest)


def _outbox() -> dict[str, Any]:
    waiting = OutboxEvent.objects.filter(delivered_at__isnull=True).order_by("created_at")
    return _age(waiting.values_list("created_at", flat=True).first())


def _audit() -> dict[str, Any]:
    """Rows that wait since before the last sealing was due; a row may tell of an older instant."""
    oldest = UnsealedEvent.objects.aggregate(at=Min("event__at"))["at"]
    newest = AuditSeal.objects.order_by("-sequence")
    sealed = newest.values_list("sealed_at", flat=True).first()
    return _age(max(oldest, sealed) if oldest and sealed else oldest)


def _age(oldest: Any) -> dict[str, Any]:
    seconds = max(0, int((clock.now() - oldest).total_seconds())) if oldest else 0
    return {"ok": seconds < LATE.total_seconds(), "oldest_seconds": seconds}
