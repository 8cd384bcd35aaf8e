"""A job that waits is sent for again, but not while a message for it may be on its way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import jobs, waking
from core.models import JobState
from core.sweeping import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_handlers")]
NOON = "2026-11-23T12:00:00+08:00"


def test_a_long_queue_does_not_hide_what_waits_in_another(at):
    jobs.handler("test.film", queue="media")(lambda run: None)
    jobs.handler("test.work")(lambda run: None)
    at(NOON)
    films = [jobs.enqueue("test.film").pk for _turn in range(3)]
    at("2026-11-23T12:00:01+08:00")
    work = jobs.enqueue("test.work").pk
    due = jobs.due_jobs(limit=2)
    assert due[0] == (work, "default")
    assert {pk for pk, queue in due[1:]} < set(films)
    assert [queue for _pk, queue in due] == ["default", "media", "media"]


def test_the_sweeper_sends_again_only_when_the_first_message_cannot_be_on_its_way_any_more(
    sent, at, django_capture_on_commit_callbacks
):
    jobs.handler("test.work")(lambda run: None)
    at(NOON)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("test.work")
    message = ("core.tasks.run_job", str(job.pk), "default")
    assert sent == [message]
    at("2026-11-23T12:01:00+08:00")
    assert sweep() == 0
    at("2026-11-23T12:01:01+08:00")
    assert sweep() == 1
    assert sent == [message] * 2
    at("2026-11-23T12:01:31+08:00")
    assert sweep() == 0
    at("2026-11-23T12:02:02+08:00")
    assert sweep() == 1
    assert jobs.due_jobs() == [(job.pk, "default")], "the drain takes what is due, woken or not"


def test_a_message_that_did_not_go_out_is_sent_with_the_next_sweep(
    monkeypatch, at, django_capture_on_commit_callbacks
):
    jobs.handler("test.work")(lambda run: None)
    tried: list[str] = []
    monkeypatch.setattr(waking, "_send", lambda task, job_id, queue: tried.append(job_id))
    at(NOON)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("test.work")
    assert (sweep(), sweep()) == (0, 0), "the broker is still away"
    assert tried == [str(job.pk)] * 3
    monkeypatch.setattr(waking, "_send", lambda task, job_id, queue: True)
    assert (sweep(), sweep()) == (1, 0)


def test_a_retry_a_dead_worker_and_a_later_hour_are_woken_when_they_are_due(
    sent, at, django_capture_on_commit_callbacks
):
    at(NOON)

    def fails(run):
        raise ValueError

    jobs.handler("test.fails", max_attempts=2)(fails)
    jobs.handler("test.work", lease_seconds=10)(lambda run: None)
    with django_capture_on_commit_callbacks(execute=True):
        retried, dead = jobs.enqueue("test.fails"), jobs.enqueue("test.work")
        later = jobs.enqueue("test.work", due_in=timedelta(seconds=12))
    assert len(sent) == 2, "what is due later is not sent for now"
    assert jobs.run(retried.pk) is JobState.QUEUED
    assert jobs._claim(dead.pk) is not None
    sent.clear()
    assert sweep() == 0
    at("2026-11-23T12:00:13+08:00")
    assert sweep() == 3
    assert {job_id for _task, job_id, _queue in sent} == {
        str(retried.pk), str(dead.pk), str(later.pk),
    }  # fmt: skip


def test_a_job_started_anew_is_woken_at_once_and_once(sent, at, django_capture_on_commit_callbacks):
    jobs.handler("test.work")(lambda run: None)
    at(NOON)
    job = jobs.enqueue("test.work")
    assert jobs.cancel(job.pk)
    at("2026-11-23T12:30:00+08:00")
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.restart(job.pk)
    assert sent == [("core.tasks.run_job", str(job.pk), "default")]
    assert sweep() == 0
