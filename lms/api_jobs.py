"""Background jobs as the person who started them sees them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from core import jobs
from core.actors import actor_id
from core.api import Router
from core.models import Job, JobState

router = Router(tags=["jobs"])


class JobOut(Schema):
    id: UUID
    kind: str
    state: JobState
    done: int
    total: int | None
    percent: int
    error: str
    error_code: str
    created_at: datetime
    finished_at: datetime | None


@router.get("/{uuid:job_id}", response=JobOut, url_name="job")
def job(request: HttpRequest, job_id: UUID) -> Job:
    """The state of a job that the caller started; anybody else's looks missing."""
    return jobs.own_job(job_id, actor_id(request.user))
