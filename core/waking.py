"""Wake a worker after commit; a send that fails is logged, the sweeper covers it.

``woken_at`` of a row says when a message for it went out that no worker has taken up yet. While
it may still be on its way the sweeper sends no other; NULL means that there is none.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from core import clock

logger = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=60)
"""With a sweep every 30 s, what a broker forgot is sent again within 90 s."""

SILENCE_SECONDS = 5.0
"""A broker that is away is not asked again for so long by this process: a connection that is not
answered takes two seconds, and a batch of a thousand rows would take half an hour."""

_ask_again_at = 0.0


def nothing_on_the_way() -> Q:
    """Rows whose last message was taken up, was not sent, or is too old to be still coming."""
    return Q(woken_at=None) | Q(woken_at__lt=clock.now() - PATIENCE)


def wake_event(event_id: UUID) -> bool:
    """Tell a worker that a fact waits for delivery; False if the message did not go out."""
    return _send("core.tasks.deliver_event", str(event_id), "default")


def wake_job(job_id: UUID, queue: str) -> bool:
    """Tell a worker of ``queue`` that a job is due; False if the message did not go out."""
    return _send("core.tasks.run_job", str(job_id), queue)


def depth(queue: str) -> int:
    """How many messages of ``queue`` the broker holds that no worker has fetched; 0 where there is
    no such queue, and without a broker or one that answers.
    """
    if settings.LMS_BROKER == "drain" or time.monotonic() < _ask_again_at:
        return 0
    from celery import current_app

    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
            channel: Any = broker.default_channel
            return int(channel.queue_declare(queue, passive=True).message_count)
    except Exception:
        return 0


def _send(task: str, argument: str, queue: str) -> bool:
    global _ask_again_at
    if settings.LMS_BROKER == "drain":
        return True
    if time.monotonic() < _ask_again_at:
        return False
    from celery import current_app

    try:
        current_app.send_task(task, args=[argument], queue=queue, retry=False)
    except Exception:
        logger.warning("could not wake %s for %s; the sweeper will", task, argument, exc_info=True)
        _ask_again_at = time.monotonic() + SILENCE_SECONDS
        return False
    return True
