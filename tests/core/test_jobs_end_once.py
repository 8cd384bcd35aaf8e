"""A job row: one worker commits, however often it is delivered, killed or cancelled."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock, jobs
from core.errors import Missing
from core.models import Job, JobState, OutboxEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_handlers")]
NOON = "2026-11-23T12:00:00+08:00"


def handler(work, **limits):
    jobs.handler("test.work", **limits)(work)
    return jobs.enqueue("test.work", payload={"n": 1}, total=10)


def state(job: Job) -> tuple[str, int, str]:
    job.refresh_from_db()
    return job.state, job.attempts, job.error_code


def test_a_job_runs_and_is_done():
    seen = []
    person = SimpleNamespace(pk=uuid4())
    jobs.handler("test.work")(lambda run: seen.append((run.payload, run.attempt, run.actor_id)))
    job = jobs.enqueue("test.work", actor=person, payload={"n": 1})
    assert jobs.kinds() == ("test.work",)
    assert jobs.run(job.pk) is JobState.DONE
    assert jobs.run(job.pk) is None
    assert seen == [({"n": 1}, 1, person.pk)]
    assert state(job) == ("done", 1, "")
    assert (job.percent, job.lease_until, job.lease_token) == (100, None, None)
    assert str(job) == "test.work done"


@pytest.mark.parametrize(
    ("told", "total", "at_the_end"),
    [(None, None, (1, 1)), (5, None, (5, 5)), (20, 25, (25, 25)), (None, 0, (1, 1))],
)
def test_a_finished_job_has_done_all_of_it_whatever_it_told_on_the_way(told, total, at_the_end):
    jobs.handler("test.work")(lambda run: told and run.progress(told))
    job = jobs.enqueue("test.work", total=total)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.done, job.total) == at_the_end


def test_a_message_goes_out_on_commit_only(sent, django_capture_on_commit_callbacks):
    jobs.handler("test.work", queue="media")(lambda run: None)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("test.work")
        assert sent == []
    assert sent == [("core.tasks.run_job", str(job.pk), "media")]


def test_the_same_key_gives_the_same_job():
    jobs.handler("test.work")(lambda run: None)
    first = jobs.enqueue("test.work", key="run:1", payload={"a": 1})
    assert jobs.enqueue("test.work", key="run:1", payload={"a": 2}).pk == first.pk
    assert Job.objects.get().payload == {"a": 1}
    with pytest.raises(KeyError):
        jobs.enqueue("unknown.kind")


def test_unknown_missing_or_not_yet_due_jobs_are_left_alone():
    assert jobs.run(uuid4()) is None
    stranger = Job.objects.create(kind="of.a.newer.version")
    assert jobs.run(stranger.pk) is None
    jobs.handler("test.work")(lambda run: None)
    later = jobs.enqueue("test.work", due_in=timedelta(hours=1))
    assert jobs.run(later.pk) is None
    assert jobs.due_jobs() == []
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert jobs.due_jobs() == [(later.pk, "default")]


def test_progress_is_shown_and_never_reaches_a_hundred_before_the_end():
    seen = []

    def work(run):
        run.progress(4)
        seen.append(Job.objects.get().percent)
        run.progress(30, total=30)
        seen.append(Job.objects.get().percent)
        run.heartbeat()

    job = handler(work)
    assert job.percent == 0
    jobs.run(job.pk)
    assert seen == [40, 99]
    assert Job(state="running", done=5).percent == 0


def told_inside_a_transaction(meddle=lambda: None) -> tuple[Job, list[int]]:
    """A job that tells its progress while its work is not committed, and what others see then."""
    seen: list[int] = []

    def look() -> None:
        seen.append(Job.objects.get().done)
        connection.close()

    def work(run):
        with transaction.atomic():
            Job.objects.filter(pk=uuid4()).exists()
            meddle()
            run.tell(4, 8)
            beside = threading.Thread(target=look)
            beside.start()
            beside.join()

    job = handler(work)
    jobs.run(job.pk)
    return job, seen


@pytest.mark.django_db(transaction=True)
def test_progress_told_inside_a_transaction_is_seen_where_the_database_lets_two_write():
    job, seen = told_inside_a_transaction()
    assert seen == ([4] if connection.vendor == "postgresql" else [0])
    assert state(job)[0] == "done"


@pytest.mark.skipif(
    "postgresql" not in os.environ.get("TEST_DATABASE_URL", ""),
    reason="only there do two write at once (.ci/run)",
)
@pytest.mark.django_db(transaction=True)
def test_whoever_tells_progress_of_a_cancelled_job_stops():
    def cancel_beside() -> None:
        def cancel() -> None:
            jobs.cancel(Job.objects.get().pk)
            connection.close()

        beside = threading.Thread(target=cancel)
        beside.start()
        beside.join()

    job, seen = told_inside_a_transaction(cancel_beside)
    assert (seen, state(job)[0]) == ([], "cancelled")


def test_a_final_failure_says_why_and_is_not_tried_again():
    def work(run):
        raise jobs.Failed("not_a_video", "这不是视频文件。")

    job = handler(work)
    assert jobs.run(job.pk) is JobState.FAILED
    assert state(job) == ("failed", 1, "not_a_video")
    assert job.error == "这不是视频文件。"
    assert jobs.due_jobs() == []


def test_an_unexpected_fault_is_tried_again_with_growing_pauses_and_then_told(at, caplog):
    def work(run):
        raise ZeroDivisionError

    at(NOON)
    job = handler(work, max_attempts=3)
    pauses = []
    for _turn in range(2):
        start = clock.now()
        assert jobs.run(job.pk) is JobState.QUEUED
        job.refresh_from_db()
        pauses.append((job.due_at - start).total_seconds())
        at(job.due_at.isoformat())
    assert pauses == [10, 20]
    assert jobs.run(job.pk) is JobState.FAILED
    assert state(job) == ("failed", 3, "error")
    assert "请重试" in job.error
    assert "ZeroDivisionError" in caplog.text


def test_the_lease_of_a_dead_worker_is_taken_over_and_the_dead_one_cannot_commit(at):
    at(NOON)
    ends = []

    def slow(run):
        if run.attempt == 1:
            at("2026-11-23T12:03:00+08:00")
            assert jobs.due_jobs() == [(job.pk, "default")]
            assert jobs.run(job.pk) is JobState.DONE
            for act in (run.heartbeat, lambda: run.progress(1)):
                with pytest.raises(jobs.LeaseLost):
                    act()
        with run.holding():
            ends.append(run.attempt)

    job = handler(slow, lease_seconds=120)
    assert jobs.run(job.pk) is None
    assert ends == [2]
    assert state(job) == ("done", 2, "")


def test_a_worker_that_finishes_late_does_not_overwrite_the_other(at):
    at(NOON)

    def slow(run):
        if run.attempt == 1:
            at("2026-11-23T12:03:00+08:00")
            jobs.run(job.pk)

    job = handler(slow)
    assert jobs.run(job.pk) is None
    assert state(job) == ("done", 2, "")


def test_a_renewed_lease_is_not_taken_over(at):
    at(NOON)
    taken = []

    def work(run):
        at("2026-11-23T12:01:50+08:00")
        run.heartbeat()
        at("2026-11-23T12:03:00+08:00")
        taken.append(jobs.run(job.pk))

    job = handler(work, lease_seconds=120)
    assert jobs.run(job.pk) is JobState.DONE
    assert taken == [None]


def test_a_job_that_kills_every_worker_ends_with_a_reason(at):
    at(NOON)
    job = handler(lambda run: None, max_attempts=3)
    Job.objects.update(state="running", attempts=3, lease_until=clock.now(), lease_token=uuid4())
    at("2026-11-23T12:00:01+08:00")
    assert jobs.run(job.pk) is JobState.FAILED
    assert state(job) == ("failed", 4, "attempts")
    assert "任务编号" in job.error


def test_cancelling_a_waiting_job_and_a_running_one():
    ends = []

    def work(run):
        assert jobs.cancel(run.job_id)
        with run.holding():
            ends.append(1)

    job = handler(work)
    assert jobs.run(job.pk) is None
    assert state(job) == ("cancelled", 1, "")
    waiting = jobs.enqueue("test.work")
    assert jobs.cancel(waiting.pk)
    assert not jobs.cancel(waiting.pk)
    assert jobs.run(waiting.pk) is None
    assert ends == []


def test_a_failed_job_may_be_started_again(sent, django_capture_on_commit_callbacks):
    job = handler(lambda run: None)
    assert not jobs.restart(job.pk)
    Job.objects.update(state="failed", attempts=3, done=4, error="坏", error_code="x")
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.restart(job.pk)
    assert sent == [("core.tasks.run_job", str(job.pk), "default")]
    assert state(job) == ("queued", 0, "")
    assert (job.done, job.error) == (0, "")
    assert jobs.run(job.pk) is JobState.DONE


def test_what_a_failing_attempt_held_is_rolled_back():
    def work(run):
        with run.holding():
            OutboxEvent.objects.create(kind="half", payload={})
            raise ValueError

    job = handler(work)
    assert jobs.run(job.pk) is JobState.QUEUED
    assert OutboxEvent.objects.count() == 0


def test_a_running_row_without_a_lease_cannot_be_stored():
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="a", state="running")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="a", state="queued", lease_token=uuid4())


def test_a_handler_that_ends_the_process_is_a_failing_one():
    def ends(run):
        raise SystemExit(2)

    job = handler(ends, max_attempts=1)
    assert jobs.run(job.pk) is JobState.FAILED
    assert state(job) == ("failed", 1, "error")


def test_a_job_is_found_by_the_person_who_started_it_and_by_nobody_else():
    jobs.handler("test.work")(lambda run: None)
    wang, li = SimpleNamespace(pk=uuid4()), SimpleNamespace(pk=uuid4())
    job = jobs.enqueue("test.work", actor=wang)
    nobodys = jobs.enqueue("test.work")
    assert jobs.own_job(job.pk, wang.pk) == job
    for job_id, owner in ((job.pk, li.pk), (job.pk, None), (nobodys.pk, None), (uuid4(), wang.pk)):
        with pytest.raises(Missing):
            jobs.own_job(job_id, owner)
