"""What may be forgotten, and when; nothing that anybody earned or did is here."""

from __future__ import annotations

from datetime import timedelta

from core import clock, throttle
from core.models import IdempotencyRecord, Job, JobState, OutboxEvent
from core.search import upkeep

ANSWERS_KEPT = timedelta(days=7)
FACTS_KEPT = timedelta(days=90)
JOBS_KEPT = timedelta(days=184)


def forget_old() -> dict[str, int]:
    """Remove rows whose time is over; returns how many of each. Harmless to repeat.

    Delivered facts, done and cancelled jobs, stored answers and spent counts go; failed jobs
    and undelivered facts stay until somebody deals with them. The last rebuild of the index stays
    too: it tells by which rules the index was made.
    """
    now = clock.now()
    old = {
        "answers": IdempotencyRecord.objects.filter(created_at__lt=now - ANSWERS_KEPT),
        "facts": OutboxEvent.objects.filter(delivered_at__lt=now - FACTS_KEPT),
        "jobs": Job.objects.filter(
            state__in=[JobState.DONE, JobState.CANCELLED], finished_at__lt=now - JOBS_KEPT
        ).exclude(pk__in=upkeep.last_done().values("pk")),
    }
    return {name: rows.delete()[0] for name, rows in old.items()} | {
        "counts": throttle.forget_old()
    }
