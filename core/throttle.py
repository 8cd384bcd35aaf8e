"""How often one subject may do one thing; counted in the database, so it holds without a cache."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

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


def hit(scope: str, subject: str, *, limit: int, per_seconds: int) -> None:
    """Count one act. Raises Throttled beyond ``limit`` acts in a window of ``per_seconds``.

    The subject is stored only as a digest. Windows are aligned to the epoch.
    """
    now = clock.now()
    window = int(now.timestamp()) // per_seconds * per_seconds
    starts_at = datetime.fromtimestamp(window, UTC)
    digest = hashlib.sha256(subject.encode()).hexdigest()
    with readonly.writing_verification_log(), transaction.atomic():
        row, _created = ThrottleCount.objects.get_or_create(
            scope=scope, subject=digest, window_starts_at=starts_at
        )
        ThrottleCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
        row.refresh_from_db(fields=["count"])
    if row.count > limit:
        raise Throttled(
            max(1, int((starts_at + timedelta(seconds=per_seconds) - now).total_seconds()))
        )
