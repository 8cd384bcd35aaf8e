"""Celery tasks: an id in, one call."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from celery import shared_task
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command

from core import events, housekeeping, jobs, sweeping, task_backend
from core.search import upkeep


@shared_task(name="core.tasks.deliver_event")
def deliver_event(event_id: str) -> None:
    events.deliver(UUID(event_id))


@shared_task(name="core.tasks.run_job")
def run_job(job_id: str) -> None:
    jobs.run(UUID(job_id))


@shared_task(name="core.tasks.sweep")
def sweep() -> None:
    """Wake everything that is due and that no message is on the way for."""
    sweeping.sweep()


@shared_task(name="core.tasks.seal_audit")
def seal_audit() -> None:
    call_command("seal_audit")


@shared_task(name="core.tasks.forget_old")
def forget_old() -> None:
    """Remove what has served: counts, stored answers, delivered facts, finished jobs."""
    housekeeping.forget_old()


@shared_task(name="core.tasks.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and withdraw the pages whose time has come."""
    call_command("publish_scheduled")


@jobs.handler(task_backend.KIND, queue="search")
def framework_task(run: jobs.JobRun) -> None:
    """Run one task of the framework; what has been deleted since needs nothing more."""
    with suppress(ObjectDoesNotExist):
        task_backend.call(run.payload["task"], run.payload["args"], run.payload["kwargs"])


@jobs.handler(upkeep.KIND, queue="search", lease_seconds=1800)
def rebuild_search(run: jobs.JobRun) -> None:
    """Put everything into the search index anew."""
    upkeep.rebuild()
