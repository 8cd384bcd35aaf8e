"""The only clock of the platform; tests and demonstrations can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("core.clock.frozen", default=None)


@lru_cache(maxsize=1)
def _offset(fake_now: str, since: float) -> timedelta:
    if not fake_now:
        return timedelta()
    start = datetime.fromisoformat(fake_now)
    if start.tzinfo is None:
        start = start.replace(tzinfo=SHANGHAI)
    return start - (datetime.fromtimestamp(since, UTC) if since else datetime.now(UTC))


def now() -> datetime:
    """The present instant, aware, in UTC.

    ``LMS_FAKE_NOW`` (test mode) moves the start of the clock; it then runs on, at the same
    instant in every process of one ``make run``.
    """
    frozen_at = _frozen.get()
    if frozen_at is not None:
        return frozen_at
    offset = _offset(settings.LMS_FAKE_NOW, settings.LMS_FAKE_NOW_SINCE)
    return datetime.now(UTC) + offset


def civil_date(instant: datetime) -> date:
    """The calendar day in Shanghai on which an instant falls."""
    return instant.astimezone(SHANGHAI).date()


def today() -> date:
    """The present calendar day in Shanghai."""
    return civil_date(now())


@contextmanager
def frozen(instant: datetime | str) -> Iterator[datetime]:
    """Stop the clock at ``instant`` inside the block (tests and replays)."""
    moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _frozen.reset(token)
