"""Drain mode: without a broker the sweeper executes due rows itself, one by one.

Slow, but nothing is lost, because the row is the truth. The schedule is Celery's own table, so
both modes keep the same hours.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import close_old_connections

from core import clock, events, jobs
from core.giving_way import give_way

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0


class Drain:
    """One process that does, in turn, whatever is due."""

    def __init__(self, schedule: dict[str, dict[str, Any]] | None = None) -> None:
        table = settings.CELERY_BEAT_SCHEDULE if schedule is None else schedule
        self.entries: dict[str, dict[str, Any]] = {
            name: entry for name, entry in table.items() if name != "sweep"
        }
        self.last_run: dict[str, datetime] = {name: clock.now() for name in self.entries}
        self._stopped = threading.Event()

    def stop(self, *_: Any) -> None:
        """End after the piece of work at hand."""
        self._stopped.set()

    def run_until_stopped(self) -> None:
        while not self._stopped.is_set():
            if not self.guarded(self.round):
                self._stopped.wait(PAUSE_SECONDS)

    def round(self) -> int:
        """Do everything that is due now; returns how many pieces of work."""
        close_old_connections()
        count = 0
        for event_id in list(events.due_events()):
            if self._stopped.is_set():
                return count
            self.guarded(partial(events.deliver, event_id))
            count += 1
        for job_id, _queue in jobs.due_jobs():
            if self._stopped.is_set():
                return count
            self.guarded(partial(jobs.run, job_id))
            count += 1
        return count + self.keep_schedule()

    def keep_schedule(self) -> int:
        """Run the entries of the schedule that are due; returns how many."""
        count = 0
        for name, entry in self.entries.items():
            if not self._is_due(name, entry["schedule"]):
                continue
            self.last_run[name] = clock.now()
            task = current_app.tasks[str(entry["task"])]
            self.guarded(partial(task, *entry.get("args", ())))
            count += 1
        return count

    def _is_due(self, name: str, schedule: Any) -> bool:
        if isinstance(schedule, int | float):
            return clock.now() - self.last_run[name] >= timedelta(seconds=schedule)
        return bool(schedule.is_due(self.last_run[name]).is_due)

    def guarded(self, work: Callable[[], Any]) -> Any:
        """The result of ``work``; a fault is logged and the drain goes on after a pause."""
        try:
            return work()
        except Exception as fault:
            logger.exception("drain: a piece of work failed")
            give_way(fault)
            time.sleep(PAUSE_SECONDS)
            return None
