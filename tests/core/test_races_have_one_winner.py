"""Two at the same instant: each race is run with its protection, and once without as control."""

from __future__ import annotations

import time
import uuid
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import RequestFactory

from core import audit, clock, jobs, locks, throttle, triggers
from core.api import idempotent
from core.models import AuditSeal, Job, JobState, ThrottleCount
from tests.core.shelf.models import Shift

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = SimpleNamespace(pk=uuid.UUID(int=7))


def request() -> Any:
    made = RequestFactory().post(
        "/api/v1/seats", "{}", content_type="application/json", headers={"Idempotency-Key": "k"}
    )
    made.user = PERSON
    return made


def slowly_take_a_seat(_request: Any) -> Any:
    time.sleep(0.2)
    return {"seat": str(Job.objects.create(kind="seat").pk)}


def test_two_requests_with_one_key_take_one_seat(together):
    view = idempotent(slowly_take_a_seat)
    first, second = together(lambda: view(request()), lambda: view(request()))
    assert first.content == second.content
    assert Job.objects.count() == 1


def test_control_without_the_key_two_requests_take_two_seats(together):
    together(lambda: slowly_take_a_seat(request()), lambda: slowly_take_a_seat(request()))
    assert Job.objects.count() == 2


def shift() -> Shift:
    return Shift.objects.create(guard="王芳", starts_on=date(2026, 6, 1))


def test_two_overlapping_shifts_are_one(together):
    results = together(shift, shift, shift)
    refused = [result for result in results if isinstance(result, DatabaseError)]
    assert len(refused) == 2, "PostgreSQL may also end a loser as the victim of a deadlock"
    assert Shift.objects.count() == 1


def test_control_asking_before_writing_lets_both_in(together):
    names = _unguard()
    try:

        def ask_then_write() -> None:
            free = not Shift.objects.filter(guard="王芳").exists()
            time.sleep(0.3)
            if free:
                shift()

        together(ask_then_write, ask_then_write)
        assert Shift.objects.count() == 2
    finally:
        Shift.objects.all().delete()
        _guard(names)


def _unguard() -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE shelf_shift DROP CONSTRAINT shelf_one_shift")
            return []
        names = [name for name in triggers.present(connection) if "shelf_one_shift" in name]
        for name in names:
            cursor.execute(f'DROP TRIGGER "{name}"')
        return names


def _guard(names: list[str]) -> None:
    if connection.vendor == "postgresql":
        with connection.schema_editor() as editor:
            editor.add_constraint(Shift, Shift._meta.constraints[0])
    triggers.install_all()


def test_two_sealers_make_one_chain(together):
    for number in range(40):
        audit.record(None, "test.done", number=number)
    assert sum(together(audit.seal, audit.seal, audit.seal)) == 40
    assert list(AuditSeal.objects.order_by("sequence").values_list("sequence", flat=True)) == [
        *range(1, 41)
    ]
    assert audit.verify().broken_at is None


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer anyway")
def test_control_without_the_lock_two_sealers_collide(together, monkeypatch):
    for number in range(40):
        audit.record(None, "test.done", number=number)

    def late(name: str) -> None:
        AuditSeal.objects.count()

    monkeypatch.setattr(audit, "one_at_a_time", late)
    link = audit._link
    monkeypatch.setattr(audit, "_link", lambda *words: time.sleep(0.005) or link(*words))
    results = together(audit.seal, audit.seal)
    assert any(isinstance(result, IntegrityError) for result in results)


def test_a_job_is_claimed_by_one_worker(together, monkeypatch):
    monkeypatch.setattr(jobs, "_handlers", {})
    done: list[int] = []
    jobs.handler("race.once")(lambda run: done.append(run.attempt))
    job = jobs.enqueue("race.once")
    results = together(*[lambda: jobs.run(job.pk)] * 4)
    assert sorted(map(str, results)) == ["None", "None", "None", "done"]
    assert done == [1]


def test_control_reading_the_state_first_runs_a_job_twice(together):
    job = Job.objects.create(kind="race.once")
    done: list[int] = []

    def look_then_work() -> None:
        if Job.objects.get(pk=job.pk).state == JobState.QUEUED:
            time.sleep(0.3)
            done.append(1)
            Job.objects.filter(pk=job.pk).update(
                state="running", lease_until=clock.now(), lease_token=uuid.uuid4()
            )

    together(look_then_work, look_then_work)
    assert len(done) == 2


def test_the_same_key_enqueues_one_job(together, monkeypatch):
    monkeypatch.setattr(jobs, "_handlers", {})
    jobs.handler("race.once")(lambda run: None)
    made = together(*[lambda: jobs.enqueue("race.once", key="run:7").pk] * 4)
    assert len(set(made)) == 1
    assert Job.objects.count() == 1


def test_control_without_a_key_every_call_enqueues(together, monkeypatch):
    monkeypatch.setattr(jobs, "_handlers", {})
    jobs.handler("race.once")(lambda run: None)
    together(*[lambda: jobs.enqueue("race.once").pk] * 4)
    assert Job.objects.count() == 4


def test_eight_at_once_are_counted_exactly(together):
    results = together(*[lambda: throttle.hit("verify", "10.0.0.1", 5, 3600)] * 8)
    assert sum(isinstance(result, throttle.Throttled) for result in results) == 3
    assert ThrottleCount.objects.get().count == 8


def test_control_reading_then_writing_the_count_loses_some(together):
    row = ThrottleCount.objects.create(scope="a", subject="b", window_starts_at=clock.now())

    def read_then_write() -> None:
        count = ThrottleCount.objects.get(pk=row.pk).count
        time.sleep(0.2)
        ThrottleCount.objects.filter(pk=row.pk).update(count=count + 1)

    together(*[read_then_write] * 4)
    row.refresh_from_db()
    assert row.count < 4


def test_one_at_a_time_needs_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        locks.one_at_a_time("x")
