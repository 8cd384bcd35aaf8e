"""Background work as rows: at most one worker commits, however often a job is delivered.

A worker claims a row by a conditional update that sets a lease. While it works it renews the
lease; a lease that ran out is claimed anew by another worker. Results are committed only inside
``JobRun.holding()``, which locks the row and checks that the lease is still the worker's own.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from core import clock, waking
from core.actors import actor_id
from core.errors import Missing
from core.models import Job, JobState

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker took the job over, or it was cancelled: stop without committing."""


class Failed(Exception):
    """A final failure with a reason that a person may read; it is not tried again."""

    def __init__(self, code: str, message: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = str(message)


@dataclass(frozen=True, slots=True)
class Handler:
    """What runs a kind of job, and its limits."""

    kind: str
    run: Callable[[JobRun], object]
    queue: str
    lease: timedelta
    max_attempts: int


_handlers: dict[str, Handler] = {}
ROWS_AT_ONCE = 500
_CLAIMED_FIELDS = ("state", "attempts", "lease_token", "lease_until", "started_at", "woken_at")


def handler(
    kind: str, *, queue: str = "default", lease_seconds: int = 120, max_attempts: int = 3
) -> Callable[[Callable[[JobRun], object]], Callable[[JobRun], object]]:
    """Register the function that runs jobs of ``kind`` (in a room's ``tasks.py``)."""

    def register(run: Callable[[JobRun], object]) -> Callable[[JobRun], object]:
        lease = timedelta(seconds=lease_seconds)
        _handlers[kind] = Handler(kind, run, queue, lease, max_attempts)
        return run

    return register


def kinds() -> tuple[str, ...]:
    """All registered kinds of jobs."""
    return tuple(sorted(_handlers))


class JobRun:
    """One attempt at one job, as its handler sees it."""

    def __init__(self, job: Job, work: Handler) -> None:
        self.job_id = job.pk
        self.payload: dict[str, Any] = job.payload
        self.actor_id = job.actor_id
        self.attempt = job.attempts
        self._token = job.lease_token
        self._work = work

    def heartbeat(self) -> None:
        """Renew the lease. Raises LeaseLost when it is no longer ours."""
        self._update(lease_until=clock.now() + self._work.lease)

    def progress(self, done: int, total: int | None = None) -> None:
        """Show how far the work is, and renew the lease."""
        values: dict[str, Any] = {"done": done, "lease_until": clock.now() + self._work.lease}
        if total is not None:
            values["total"] = total
        self._update(**values)

    def tell(self, done: int, total: int) -> None:
        """Show how far the work is from inside a transaction, by a connection of its own.

        Raises LeaseLost when the job was cancelled or taken over. SQLite has one writer only:
        there nothing is shown until the transaction ends.
        """
        if connection.vendor == "sqlite":
            return
        with ThreadPoolExecutor(1) as aside:
            aside.submit(self._tell_aside, done, total).result()

    def _tell_aside(self, done: int, total: int) -> None:
        try:
            self.progress(done, total)
        except LeaseLost:
            if Job.objects.filter(pk=self.job_id).exists():
                raise
        finally:
            connection.close()

    @contextmanager
    def holding(self) -> Iterator[Job]:
        """A transaction in which the lease is certainly ours. Raises LeaseLost otherwise."""
        with transaction.atomic():
            job = Job.objects.select_for_update(of=("self",)).get(pk=self.job_id)
            if job.state != JobState.RUNNING or job.lease_token != self._token:
                raise LeaseLost(self.job_id)
            yield job

    def _update(self, **values: Any) -> None:
        mine = Job.objects.filter(pk=self.job_id, state=JobState.RUNNING, lease_token=self._token)
        if not mine.update(**values):
            raise LeaseLost(self.job_id)


def enqueue(
    kind: str,
    *,
    actor: Any = None,
    key: str | None = None,
    payload: dict[str, Any] | None = None,
    total: int | None = None,
    due_in: timedelta = timedelta(),
) -> Job:
    """Write a job row and wake a worker after commit; the same ``key`` gives the same job.

    What is to run later (``due_in``) is woken by the sweeper when its time comes.
    """
    values = _fresh(kind, actor, payload or {}, due_in) | {"total": total}
    if key is None:
        job = Job.objects.create(**values)
    else:
        try:
            with transaction.atomic():
                job = Job.objects.create(key=key, **values)
        except IntegrityError:
            return Job.objects.get(key=key)
    if not due_in:
        transaction.on_commit(lambda: _wake(job.pk, job.queue))
    return job


def enqueue_all(kind: str, payloads: Mapping[str, dict[str, Any]], *, actor: Any = None) -> None:
    """Write one job row for each key, in few queries; otherwise as ``enqueue``."""
    rows = [
        Job(key=key, **_fresh(kind, actor, payload, timedelta()))
        for key, payload in payloads.items()
    ]
    Job.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    for row in rows:
        transaction.on_commit(partial(_wake, row.pk, row.queue))


def _fresh(kind: str, actor: Any, payload: dict[str, Any], due_in: timedelta) -> dict[str, Any]:
    now = clock.now()
    return {
        "kind": kind,
        "queue": _handlers[kind].queue,
        "payload": payload,
        "actor_id": actor_id(actor),
        "due_at": now + due_in,
        "woken_at": None if due_in else now,
    }


def run(job_id: UUID) -> JobState | None:
    """Claim and run one job; None when it is not there or not to be had now."""
    job = _claim(job_id)
    if job is None:
        return None
    work = _handlers[job.kind]
    attempt = JobRun(job, work)
    try:
        if job.attempts > work.max_attempts:
            raise Failed("attempts", _("多次尝试后仍未完成，请联系管理员，并提供任务编号。"))
        work.run(attempt)
    except LeaseLost:
        logger.info("job %s was taken over", job_id)
        return None
    except Failed as failure:
        return _finish(job, JobState.FAILED, failure.code, failure.message)
    except (Exception, SystemExit):
        logger.exception("job %s (%s) failed", job_id, job.kind)
        return _retry_later(job, work)
    return _finish(job, JobState.DONE, "", "")


def cancel(job_id: UUID) -> bool:
    """Stop a job that has not ended; True if it was stopped by this call."""
    open_states = Q(state__in=[JobState.QUEUED, JobState.RUNNING])
    changed = Job.objects.filter(open_states, pk=job_id).update(
        state=JobState.CANCELLED, lease_until=None, lease_token=None, finished_at=clock.now()
    )
    return bool(changed)


def restart(job_id: UUID) -> bool:
    """Queue a failed or cancelled job once more; True if it was queued by this call."""
    ended = Job.objects.filter(pk=job_id, state__in=[JobState.FAILED, JobState.CANCELLED])
    changed = ended.update(
        state=JobState.QUEUED,
        attempts=0,
        done=0,
        error="",
        error_code="",
        due_at=clock.now(),
        woken_at=clock.now(),
        finished_at=None,
    )
    if changed:
        job = Job.objects.get(pk=job_id)
        transaction.on_commit(lambda: _wake(job.pk, job.queue))
    return bool(changed)


def own_job(job_id: UUID, owner: UUID | None) -> Job:
    """A job that ``owner`` started. Raises Missing for any other."""
    job = Job.objects.filter(pk=job_id, actor_id=owner, actor_id__isnull=False).first()
    if job is None:
        raise Missing
    return job


def due_jobs(limit: int = 200) -> list[tuple[UUID, str]]:
    """Ids and queues of rows that a worker may claim now: due, or with an expired lease.

    At most ``limit`` of each queue, so that a long one does not hide what waits in another.
    """
    rows = waiting()
    queues = list(rows.order_by("queue").values_list("queue", flat=True).distinct())
    return [
        due
        for queue in queues
        for due in rows.filter(queue=queue).order_by("due_at").values_list("pk", "queue")[:limit]
    ]


def waiting() -> QuerySet[Job]:
    """Jobs that are due and that this version knows how to do."""
    return Job.objects.filter(_claimable(), kind__in=_handlers)


def _wake(job_id: UUID, queue: str) -> None:
    if not waking.wake_job(job_id, queue):
        Job.objects.filter(pk=job_id).update(woken_at=None)


def _claimable() -> Q:
    now = clock.now()
    return Q(state=JobState.QUEUED, due_at__lte=now) | Q(
        state=JobState.RUNNING, lease_until__lt=now
    )


def _claim(job_id: UUID) -> Job | None:
    """Take the lease by one conditional update; of two workers at most one gets it."""
    job = Job.objects.filter(_claimable(), pk=job_id).first()
    if job is None or job.kind not in _handlers:
        return None
    before = job.attempts
    job.state, job.attempts, job.lease_token = JobState.RUNNING, before + 1, uuid.uuid4()
    job.lease_until = clock.now() + _handlers[job.kind].lease
    job.started_at = job.started_at or clock.now()
    job.woken_at = None
    claimed = Job.objects.filter(_claimable(), pk=job_id, attempts=before).update(
        **{name: getattr(job, name) for name in _CLAIMED_FIELDS}
    )
    return job if claimed else None


def _finish(job: Job, state: JobState, code: str, message: str) -> JobState | None:
    values: dict[str, Any] = {"error_code": code, "error": message, "finished_at": clock.now()}
    if state == JobState.DONE:
        total = Greatest(Coalesce(F("total"), 1), F("done"), 1)
        values |= {"done": total, "total": total}
    return state if _release(job, state=state, **values) else None


def _retry_later(job: Job, work: Handler) -> JobState | None:
    if job.attempts >= work.max_attempts:
        message = _("处理时发生意外错误，请重试；若仍失败，请联系管理员。")
        return _finish(job, JobState.FAILED, "error", message)
    pause = timedelta(seconds=5 * 2**job.attempts)
    released = _release(job, state=JobState.QUEUED, due_at=clock.now() + pause)
    return JobState.QUEUED if released else None


def _release(job: Job, **values: Any) -> bool:
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token)
    return bool(mine.update(lease_until=None, lease_token=None, **values))
