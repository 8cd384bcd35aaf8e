"""How often one subject may do one thing; counted in the database, so it holds without a cache."""

from __future__ import annotations

import hashlib
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core import clock, readonly
from core.errors import DomainError
from core.models import ThrottleCount


class Throttled(DomainError):
    """Too often; ``retry_after`` says in how many seconds it is possible again."""

    code = "throttled"
    status = 429
    message = _("操作过于频繁，请稍后再试。")

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def hit(scope: str, subject: str, limit: int, per_seconds: int) -> ThrottleCount:
    """Count one act. Raises Throttled beyond ``limit`` acts in a window of ``per_seconds``.

    The subject is stored only as a digest. Windows are aligned to the epoch. Inside a caller's
    transaction it raises RuntimeError: the refusal would roll back the very count it rests on.
    """
    window = _window(scope, subject, per_seconds)
    with readonly.writing_verification_log(), transaction.atomic(durable=True):
        row, _created = ThrottleCount.objects.get_or_create(**window)
        ThrottleCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
        row.refresh_from_db(fields=["count"])
    if row.count > limit:
        raise _throttled(window, per_seconds)
    return row


def give_back(row: ThrottleCount) -> None:
    """Take back one act that ``hit`` has counted: it was no guess."""
    with readonly.writing_verification_log():
        ThrottleCount.objects.filter(pk=row.pk, count__gt=0).update(count=F("count") - 1)


def refuse_spent(scope: str, subject: str, limit: int, per_seconds: int) -> None:
    """Raise Throttled when ``limit`` acts were counted in this window; counts nothing itself."""
    window = _window(scope, subject, per_seconds)
    if ThrottleCount.objects.filter(**window, count__gte=limit).exists():
        raise _throttled(window, per_seconds)


def forget_old() -> int:
    """Remove counts whose day is over; returns how many."""
    past = clock.now() - timedelta(days=1)
    return ThrottleCount.objects.filter(window_starts_at__lt=past).delete()[0]


def _window(scope: str, subject: str, per_seconds: int) -> dict[str, Any]:
    start = int(clock.now().timestamp()) // per_seconds * per_seconds
    return {
        "scope": scope,
        "subject": hashlib.sha256(subject.encode()).hexdigest(),
        "window_starts_at": datetime.fromtimestamp(start, UTC),
    }


def _throttled(window: dict[str, Any], per_seconds: int) -> Throttled:
    end: datetime = window["window_starts_at"] + timedelta(seconds=per_seconds)
    return Throttled(max(1, math.ceil((end - clock.now()).total_seconds())))
