"""Roster imports in the worker."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import User
from core import jobs
from core.jobs import JobRun
from schools import services


@jobs.handler(services.READ, lease_seconds=180)
def read_roster(run: JobRun) -> None:
    """Read and judge an uploaded roster, then keep the preview."""
    roster_id = UUID(run.payload["roster"])
    examination = services.examine_roster(roster_id=roster_id, tell=run.progress)
    run.heartbeat()
    with run.holding():
        services.store_preview(roster_id=roster_id, examination=examination)


@jobs.handler(services.APPLY, lease_seconds=300)
def apply_roster(run: JobRun) -> None:
    """Write a confirmed roster; who cancels meanwhile gets everything taken back."""
    actor = User.objects.get(pk=run.payload["actor"])
    roster_id = UUID(run.payload["roster"])
    with transaction.atomic():
        services.apply_roster(actor=actor, roster_id=roster_id, tell=run.tell)
        with run.holding():
            pass
