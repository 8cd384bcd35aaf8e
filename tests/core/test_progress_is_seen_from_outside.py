"""How far a job is can be seen while the transaction that does its work is still open."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, transaction

from core import jobs
from core.models import Job, JobState, OutboxEvent

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer anyway"
)


@pytest.fixture(autouse=True)
def _own_handlers(monkeypatch):
    monkeypatch.setattr(jobs, "_handlers", {})


def seen_by_others(job_id: UUID) -> tuple[int, int | None, int]:
    """Done, total and the facts that exist, as another connection sees them."""

    def look() -> tuple[int, int | None, int]:
        try:
            job = Job.objects.get(pk=job_id)
            return job.done, job.total, OutboxEvent.objects.count()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(look).result()


@on_postgresql
def test_others_see_how_far_a_job_is_and_nothing_of_its_work():
    seen = []

    def work(run):
        with transaction.atomic():
            OutboxEvent.objects.create(kind="half", payload={})
            run.tell(3, 10)
            seen.append(seen_by_others(run.job_id))

    jobs.handler("test.work")(work)
    job = jobs.enqueue("test.work")
    assert jobs.run(job.pk) is JobState.DONE
    assert seen == [(3, 10, 0)]
    assert seen_by_others(job.pk) == (10, 10, 1)


@on_postgresql
def test_control_progress_written_in_the_transaction_itself_is_seen_by_nobody():
    seen = []

    def work(run):
        with transaction.atomic():
            run.progress(3, 10)
            seen.append(seen_by_others(run.job_id))

    jobs.handler("test.work")(work)
    assert jobs.run(jobs.enqueue("test.work").pk) is JobState.DONE
    assert seen == [(0, None, 0)]


def test_a_job_that_others_cannot_see_yet_runs_on():
    """Its row is written in a transaction that is still open, such as that of a command."""
    jobs.handler("test.work")(lambda run: run.tell(3, 10))
    with transaction.atomic():
        job = jobs.enqueue("test.work")
        assert jobs.run(job.pk) is JobState.DONE
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 1, 1)
