"""A message goes to the broker where there is one; one that is away is left alone for a while."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest
from celery import current_app

from core import waking


class Broker:
    """Takes messages, or is away."""

    def __init__(self) -> None:
        self.is_away = False
        self.asked: list[tuple[str, list[str], str]] = []

    def send_task(self, task: str, *, args: list[str], queue: str, retry: bool) -> None:
        assert not retry, "the request must not wait for a broker that is away"
        self.asked.append((task, args, queue))
        if self.is_away:
            raise OSError("broker away")


@pytest.fixture
def broker(monkeypatch, settings) -> Broker:
    monkeypatch.undo()
    broker = Broker()
    settings.LMS_BROKER = "redis"
    monkeypatch.setattr(current_app, "send_task", broker.send_task)
    monkeypatch.setattr(waking, "_ask_again_at", 0.0)
    return broker


def test_each_message_goes_to_its_queue(broker):
    event, job = uuid4(), uuid4()
    assert waking.wake_event(event)
    assert waking.wake_job(job, "media")
    assert broker.asked == [
        ("core.tasks.deliver_event", [str(event)], "default"),
        ("core.tasks.run_job", [str(job)], "media"),
    ]


def test_without_a_broker_nobody_is_asked(broker, settings):
    settings.LMS_BROKER = "drain"
    assert waking.wake_event(uuid4())
    assert broker.asked == []


def test_a_broker_that_is_away_is_asked_once_in_five_seconds(broker, monkeypatch, caplog):
    now = [1000.0]
    monkeypatch.setattr(waking, "time", SimpleNamespace(monotonic=lambda: now[0]))
    broker.is_away = True
    assert [waking.wake_event(uuid4()) for _row in range(1000)] == [False] * 1000
    assert len(broker.asked) == 1
    assert caplog.text.count("the sweeper will") == 1
    broker.is_away = False
    now[0] += 4.9
    assert not waking.wake_event(uuid4())
    now[0] += 0.1
    assert waking.wake_event(uuid4())
    assert len(broker.asked) == 2


class Channel:
    """Knows one queue, as the channel of the broker does."""

    def __init__(self) -> None:
        self.default_channel = self

    def __enter__(self) -> Channel:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def ensure_connection(self, *, max_retries: int, timeout: int) -> None:
        assert (max_retries, timeout) == (1, 2), "a sweep does not wait for a broker"

    def queue_declare(self, queue: str, *, passive: bool) -> SimpleNamespace:
        assert passive, "to look makes no queue"
        return SimpleNamespace(message_count={"media": 12}[queue])


def test_how_much_a_queue_holds_is_asked_of_the_broker(broker, monkeypatch, settings):
    monkeypatch.setattr(current_app, "connection_for_write", Channel)
    assert waking.depth("media") == 12
    assert waking.depth("never used") == 0
    settings.LMS_BROKER = "drain"
    assert waking.depth("media") == 0
