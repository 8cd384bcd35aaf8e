"""Without a broker one process does, in turn, whatever is due."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.management import call_command

from core import (
    draining,
    events,
    jobs,
)
from core.models import (
    Job,
    OutboxEvent,
)


class NotTonight:
    """A schedule by the hour, such as Celery's crontab."""

    def is_due(self, last_run):
        return SimpleNamespace(is_due=False)


@pytest.mark.django_db
def test_the_drain_does_what_is_due_and_keeps_the_schedule(at, monkeypatch):
    monkeypatch.setattr(jobs, "_handlers", {})
    monkeypatch.setattr(draining, "close_old_connections", lambda: None)
    done: list[str] = []
    jobs.handler("test.work")(lambda run: done.append("job"))
    monkeypatch.setattr(events, "deliver", lambda event_id: done.append("event"))
    sealed: list[int] = []
    monkeypatch.setattr(
        draining.current_app.tasks["core.tasks.seal_audit"], "run", lambda: sealed.append(1)
    )
    at("2026-01-01T08:00:00+08:00")
    seal = "core.tasks.seal_audit"
    drain = draining.Drain(
        {
            "sweep": {"task": "core.tasks.sweep", "schedule": 30.0},
            "seal": {"task": seal, "schedule": 60.0},
            "nightly": {"task": seal, "schedule": NotTonight()},
        }
    )
    jobs.enqueue("test.work")
    OutboxEvent.objects.create(kind="a", payload={})
    assert drain.round() == 2
    assert done == ["event", "job"]
    at("2026-01-01T08:01:00+08:00")
    Job.objects.all().delete()
    OutboxEvent.objects.all().delete()
    assert drain.round() == 1
    assert drain.round() == 0
    assert sealed == [1]


@pytest.mark.django_db
def test_the_drain_stops_between_two_pieces_of_work_and_survives_a_fault(monkeypatch, caplog):
    monkeypatch.setattr(jobs, "_handlers", {})
    monkeypatch.setattr(draining, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(draining, "close_old_connections", lambda: None)
    jobs.handler("test.work")(lambda run: drain.stop())
    drain = draining.Drain({})
    for _turn in range(2):
        jobs.enqueue("test.work")
    assert drain.round() == 1
    OutboxEvent.objects.create(kind="a", payload={})
    assert drain.round() == 0
    assert drain.guarded(lambda: 1 / 0) is None
    assert "a piece of work failed" in caplog.text
    drain.run_until_stopped()
    again = draining.Drain({})
    monkeypatch.setattr(again, "round", lambda: again.stop())
    again.run_until_stopped()
    call_command("drain", "--once")


@pytest.mark.django_db
def test_one_row_that_cannot_be_worked_on_does_not_stop_the_others(monkeypatch):
    monkeypatch.setattr(draining, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(draining, "close_old_connections", lambda: None)
    poison = OutboxEvent.objects.create(kind="poison", payload={})
    other = OutboxEvent.objects.create(kind="other", payload={})
    done = []

    def deliver(event_id):
        if event_id == poison.pk:
            raise RuntimeError("cannot be read")
        done.append(event_id)

    monkeypatch.setattr(events, "deliver", deliver)
    assert draining.Drain({}).round() == 2
    assert done == [other.pk]


def test_a_helper_without_a_broker_goes_on_at_once_while_there_is_work():
    drain = draining.Drain()
    rounds, waits = [2, 1, 0], []
    drain.round = lambda: rounds.pop(0)
    drain._stopped = SimpleNamespace(is_set=lambda: not rounds, wait=waits.append, set=lambda: None)
    drain.run_until_stopped()
    assert (rounds, waits) == ([], [draining.PAUSE_SECONDS])
