"""How long something has been waiting, as it is said."""

from __future__ import annotations

from datetime import datetime

from django.utils.timesince import timesince

from core import clock


def age(since: datetime) -> str:
    """The time from `since` until now in its two greatest units, “1 小时 24 分钟”: the framework
    would set a comma between them, which in Chinese reads like two statements."""
    return timesince(since, clock.now()).replace("，", " ")
