"""A broker that lost everything is filled up by one sweep; one that is away is asked once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock, jobs, sweeping, waking
from core.models import Job, OutboxEvent
from core.sweeping import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_handlers")]
NOON = "2026-11-23T12:00:00+08:00"
LATER = "2026-11-23T12:02:00+08:00"


@pytest.fixture
def forgotten(at) -> None:
    """450 facts, 450 films and three jobs whose messages the broker has lost."""
    jobs.handler("test.film", queue="media")(lambda run: None)
    jobs.handler("test.work")(lambda run: None)
    at(NOON)
    noon = clock.now()
    OutboxEvent.objects.bulk_create(
        OutboxEvent(kind="test", payload={}, due_at=noon, woken_at=noon) for _turn in range(450)
    )
    jobs.enqueue_all("test.film", {f"film {turn}": {} for turn in range(450)})
    jobs.enqueue_all("test.work", {f"work {turn}": {} for turn in range(3)})
    at(LATER)


def test_all_of_every_queue_goes_out_in_one_round(forgotten, sent):
    with CaptureQueriesContext(connection) as queries:
        assert sweep() == 903
    assert Counter((task, queue) for task, _row, queue in sent) == {
        ("core.tasks.deliver_event", "default"): 450,
        ("core.tasks.run_job", "default"): 3,
        ("core.tasks.run_job", "media"): 450,
    }
    assert {row for _task, row, _queue in sent} == {
        str(pk)
        for rows in (OutboxEvent.objects, Job.objects)
        for pk in rows.values_list("pk", flat=True)
    }
    told = "counts: 3, batches: 3 + 1 + 4 reads, 3 + 1 + 3 marks, and the queues' names"
    assert len(queries) == 19, told
    assert sweep() == 0


def test_a_queue_that_is_only_slow_does_not_grow_by_sweeps(forgotten, sent, at, monkeypatch):
    held = Counter({"default": 453, "media": 430})
    monkeypatch.setattr(waking, "depth", lambda queue: held[queue])

    def send(task: str, row: str, queue: str) -> bool:
        held[queue] += 1
        return bool(_note(sent))

    monkeypatch.setattr(waking, "_send", send)
    assert sweep() == 20, "twenty of the films have no message any more"
    for minute in range(3, 13):
        at(f"2026-11-23T12:{minute:02}:00+08:00")
        assert sweep() == 0
    held["media"] -= 5
    assert sweep() == 5, "a worker has fetched five and not begun yet"
    assert len(sent) == 25


def test_a_long_queue_lets_the_others_go_first_after_a_batch(forgotten, sent):
    sweep()
    others = [number for number, (_task, _row, queue) in enumerate(sent) if queue == "media"]
    assert others[:1] == [203], "200 facts and three jobs"


def test_a_broker_that_is_away_is_asked_once_and_all_of_it_goes_out_when_it_is_back(
    forgotten, sent, monkeypatch
):
    tried: list[str] = []
    monkeypatch.setattr(waking, "_send", lambda task, row, queue: tried.append(row))
    assert sweep() == 0
    assert len(tried) == 1
    assert not OutboxEvent.objects.filter(woken_at=clock.now()).exists()
    monkeypatch.setattr(waking, "_send", lambda task, row, queue: len(sent) < 250 and _note(sent))
    assert sweep() == 250, "it went away again"
    monkeypatch.setattr(waking, "_send", lambda task, row, queue: _note(sent))
    assert sweep() == 653


def _note(sent: list[str]) -> bool:
    sent.append("gone out")
    return True


def test_a_round_ends_with_its_time_and_the_next_one_goes_on(forgotten, sent, monkeypatch):
    seconds = iter(range(10_000))
    monkeypatch.setattr("core.sweeping.time.monotonic", lambda: next(seconds))
    monkeypatch.setattr(sweeping, "ROUND_SECONDS", 400)
    assert sweep() == 400, "one second each"
    assert Job.objects.filter(woken_at=clock.now()).count() == 200
    assert OutboxEvent.objects.filter(woken_at=clock.now()).count() == 200
    assert (sweep(), sweep(), sweep()) == (400, 103, 0)
    assert len({row for _task, row, _queue in sent}) == 903


def test_what_is_due_longest_goes_first(sent, at):
    jobs.handler("test.work")(lambda run: None)
    at(NOON)
    noon = clock.now()
    late, early = (
        Job.objects.create(kind="test.work", due_at=noon - timedelta(minutes=minutes))
        for minutes in (1, 9)
    )
    assert sweep() == 2
    assert [row for _task, row, _queue in sent] == [str(early.pk), str(late.pk)]
