"""Wake a worker after commit; a send that fails is logged, the sweeper covers it."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings

logger = logging.getLogger(__name__)


def wake_event(event_id: UUID) -> None:
    """Tell a worker that a fact waits for delivery."""
    _send("core.tasks.deliver_event", str(event_id), "default")


def wake_job(job_id: UUID, queue: str) -> None:
    """Tell a worker of ``queue`` that a job is due."""
    _send("core.tasks.run_job", str(job_id), queue)


def _send(task: str, argument: str, queue: str) -> None:
    if settings.LMS_BROKER == "drain":
        return
    from celery import current_app

    try:
        current_app.send_task(task, args=[argument], queue=queue, retry=False)
    except Exception:
        logger.warning("could not wake %s for %s; the sweeper will", task, argument, exc_info=True)
