"""Facts reach their reactions, once or again, but never get lost."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from core import clock, events, waking
from core.models import OutboxEvent
from core.sweeping import sweep


@dataclasses.dataclass(frozen=True, slots=True)
class LessonRead(events.Event):
    reader_id: UUID
    hours: Decimal
    read_on: date
    note: str | None


FACT = LessonRead(uuid4(), Decimal("1.50"), date(2026, 11, 23), None)


@pytest.fixture(autouse=True)
def _forget_reactions(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {})
    monkeypatch.setattr(events, "_types", {})


@pytest.mark.django_db
def test_a_published_fact_arrives_as_it_was(deliver):
    seen = []
    events.subscribe(LessonRead, seen.append)
    events.publish(FACT)
    assert deliver() == 1
    assert seen == [FACT]
    assert deliver() == 0


@pytest.mark.django_db
def test_a_rolled_back_change_publishes_nothing():
    with pytest.raises(RuntimeError), transaction.atomic():
        events.publish(FACT)
        raise RuntimeError
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db
def test_a_failing_reaction_is_tried_again_after_a_pause():
    calls = []

    def fails_once(event: LessonRead) -> None:
        calls.append(event)
        if len(calls) == 1:
            raise ValueError("the first time")

    events.subscribe(LessonRead, fails_once)
    with clock.frozen("2026-11-23T08:00:00+08:00"):
        row = events.publish(FACT)
        assert events.deliver(row.pk) is False
        assert list(events.due_events()) == []
    with clock.frozen("2026-11-23T08:00:06+08:00"):
        assert list(events.due_events()) == [row.pk]
        assert events.deliver(row.pk) is True
    row.refresh_from_db()
    assert (row.attempts, row.last_error) == (2, "")
    assert calls == [FACT, FACT]


@pytest.mark.django_db
def test_a_fact_is_sent_for_again_only_when_no_message_can_be_on_its_way(
    monkeypatch, at, django_capture_on_commit_callbacks
):
    sent: list[str] = []
    monkeypatch.setattr(
        waking, "_send", lambda task, event_id, queue: sent.append(event_id) or True
    )
    at("2026-11-23T08:00:00+08:00")
    with django_capture_on_commit_callbacks(execute=True):
        one = events.publish(FACT)
        events.publish_all([FACT, FACT])
    assert len(sent) == 3
    at("2026-11-23T08:00:30+08:00")
    assert sweep() == 0
    at("2026-11-23T08:01:01+08:00")
    assert sweep() == 3
    assert len(sent) == 6
    monkeypatch.setattr(waking, "_send", lambda task, event_id, queue: False)
    at("2026-11-23T08:02:02+08:00")
    assert sweep() == 0, "the broker is away"

    def fails(event: LessonRead) -> None:
        raise ValueError

    events.subscribe(LessonRead, fails)
    assert events.deliver(one.pk) is False
    at("2026-11-23T08:02:08+08:00")
    monkeypatch.setattr(waking, "_send", lambda task, event_id, queue: True)
    assert (sweep(), sweep()) == (3, 0)


@pytest.mark.django_db
def test_a_fact_that_this_version_does_not_know_waits_for_one_that_does(caplog):
    """During a deployment an old worker meets what a new web process published."""
    with clock.frozen("2026-11-23T08:00:00+08:00"):
        row = OutboxEvent.objects.create(kind="courses.events.OfANewerVersion", payload={"a": 1})
        assert events.deliver(row.pk) is False
        assert list(events.due_events()) == []
    row.refresh_from_db()
    assert (row.delivered_at, row.attempts, row.last_error) == (None, 0, "unknown kind")
    assert "no worker of this version knows the fact courses.events.OfANewerVersion" in caplog.text
    with clock.frozen("2026-11-23T08:00:30+08:00"):
        assert list(events.due_events()) == [row.pk]


@pytest.mark.django_db
def test_a_fact_that_nobody_follows_is_delivered(deliver):
    row = events.publish(FACT)
    assert deliver() == 1
    row.refresh_from_db()
    assert row.delivered_at is not None


@pytest.mark.django_db
def test_every_fact_of_every_room_is_known_to_a_worker():
    from certification.events import CertificateRevoked
    from schools.events import TeacherMoved

    for declared in (CertificateRevoked, TeacherMoved):
        assert events._type_of(events.kind_of(declared)) is not None


@pytest.mark.django_db
def test_a_reaction_that_ends_the_process_is_a_failing_one():
    def ends(event: LessonRead) -> None:
        raise SystemExit(2)

    events.subscribe(LessonRead, ends)
    row = events.publish(FACT)
    assert events.deliver(row.pk) is False
    row.refresh_from_db()
    assert (row.delivered_at, row.attempts, row.last_error) == (None, 1, "SystemExit")


@pytest.mark.django_db
def test_of_a_failing_reaction_only_the_kind_of_its_fault_is_kept():
    def fails(event: LessonRead) -> None:
        raise ValueError("Key (name, phone)=(王芳, 13800138000) already exists")

    events.subscribe(LessonRead, fails)
    row = events.publish(FACT)
    assert events.deliver(row.pk) is False
    row.refresh_from_db()
    assert row.last_error == "ValueError"


@pytest.mark.django_db
def test_who_subscribes_twice_is_told_once(deliver):
    seen = []
    events.subscribe(LessonRead, seen.append)
    events.subscribe(LessonRead, seen.append)
    events.publish(FACT)
    assert deliver() == 1
    assert seen == [FACT]


@pytest.mark.django_db
def test_a_fact_that_is_gone_is_not_delivered_and_one_delivered_before_is():
    seen = []
    events.subscribe(LessonRead, seen.append)
    assert events.deliver(uuid4()) is False
    row = events.publish(FACT)
    assert events.deliver(row.pk) is True
    assert events.deliver(row.pk) is True
    assert seen == [FACT]


@pytest.mark.django_db
def test_a_fact_with_anything_but_plain_values_is_not_published():
    with pytest.raises(TypeError, match="plain values only, not list"):
        events.publish(dataclasses.replace(FACT, note=["a"]))
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db
def test_many_facts_are_published_in_one_query_and_each_wakes_a_worker(
    deliver, monkeypatch, django_assert_num_queries, django_capture_on_commit_callbacks
):
    seen, woken = [], []
    events.subscribe(LessonRead, seen.append)
    monkeypatch.setattr(events.waking, "wake_event", woken.append)
    facts = [dataclasses.replace(FACT, hours=Decimal(hours)) for hours in (1, 2, 3)]
    with django_capture_on_commit_callbacks(execute=True):
        with django_assert_num_queries(1):
            events.publish_all(facts)
        assert woken == []
    assert set(woken) == set(OutboxEvent.objects.values_list("pk", flat=True))
    assert len(woken) == 3
    assert deliver() == 3
    assert sorted(fact.hours for fact in seen) == [1, 2, 3]


@pytest.mark.django_db
def test_a_word_that_may_be_missing_arrives_when_it_is_there(deliver):
    seen = []
    events.subscribe(LessonRead, seen.append)
    told = dataclasses.replace(FACT, note="第二遍")
    events.publish(told)
    deliver()
    assert seen == [told]
