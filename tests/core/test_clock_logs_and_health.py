"""The one clock, lines without names, and what readiness knows."""

from __future__ import annotations

import json
import logging
import os
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.test import RequestFactory

from core import (
    actors,
    alarms,
    audit,
    cache,
    clock,
    events,
    health,
    housekeeping,
    jobs,
    logs,
    reconciliation,
    triggers,
    unavailable,
    waking,
)
from core.models import (
    AuditEvent,
    AuditSeal,
    IdempotencyRecord,
    Job,
    OutboxEvent,
    ThrottleCount,
)


def test_a_day_in_shanghai_begins_at_sixteen_hours_utc():
    assert clock.civil_date(datetime(2026, 3, 1, 15, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert clock.civil_date(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    with clock.frozen("2026-03-02T00:00:00"):
        assert clock.now() == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
        assert clock.today() == date(2026, 3, 2)
    with clock.frozen(datetime(2026, 3, 1, tzinfo=UTC)):
        assert clock.now().hour == 0


@pytest.mark.parametrize("start", ["2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00"])
def test_a_fake_start_runs_on(settings, start):
    clock._offset.cache_clear()
    settings.LMS_FAKE_NOW = start
    first = clock.now()
    assert timedelta() <= first - datetime(2026, 3, 1, tzinfo=UTC) < timedelta(seconds=30)
    assert clock.now() > first
    clock._offset.cache_clear()


def test_processes_that_know_when_the_fake_start_was_agree(settings):
    clock._offset.cache_clear()
    settings.LMS_FAKE_NOW = "2026-03-01T08:00:00+08:00"
    settings.LMS_FAKE_NOW_SINCE = time.time() - 3600
    ahead = clock.now() - datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert timedelta() <= ahead < timedelta(seconds=30)
    clock._offset.cache_clear()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"event": "身份证 411502201001011234 报名"}, {"event": "身份证 [已隐去] 报名"}),
        ({"event": "41150220100101123X"}, {"event": "[已隐去]"}),
        ({"event": "电话 13800138000，+86 13800138000"}, {"event": "电话 [已隐去]，[已隐去]"}),
        ({"event": "编号 123456789012345678901"}, {"event": "编号 123456789012345678901"}),
        ({"password": "x", "new_token": 5}, {"password": "[已隐去]", "new_token": "[已隐去]"}),
        (
            {"a": {"phone": "1"}, "b": ["13800138000", 7]},
            {"a": {"phone": "[已隐去]"}, "b": ["[已隐去]", 7]},
        ),
        ({"n": 13800138000, "ok": True, "none": None}, {"n": "[已隐去]", "ok": True, "none": None}),
    ],
)
def test_lines_name_nobody(given, kept):
    assert logs.redact(None, "", given) == kept


def test_a_line_is_one_json_object_with_its_request(capsys):
    formatter = logs.configuration("INFO")["formatters"]["json"]
    import structlog

    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
    )
    logger = logging.getLogger("test.logs")
    logger.addHandler(handler)
    token = actors.origin.set(actors.Origin("r-1", "10.0.0.1"))
    try:
        raise ValueError("Key (phone)=(13800138000) already exists")
    except ValueError:
        logger.exception("failed for %s", "王芳")
    finally:
        actors.origin.reset(token)
        logger.removeHandler(handler)
    line = json.loads(capsys.readouterr().err.splitlines()[0])
    assert (line["event"], line["level"], line["request"]) == ("failed for 王芳", "error", "r-1")
    assert "13800138000" not in json.dumps(line)
    assert "ValueError" in line["exception"]
    assert logs.add_request(None, "", {}) == {}


@pytest.mark.django_db
def test_readiness_is_told_in_full_on_the_machine_and_in_a_word_elsewhere(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert {name for name, check in answer.json()["checks"].items() if check["ok"]} == {
        "database", "migrations", "triggers", "broker", "disk", "jobs", "outbox", "audit",
    }  # fmt: skip
    for stranger in ({"REMOTE_ADDR": "203.0.113.9"}, {"headers": {"X-Forwarded-For": "1.1.1.1"}}):
        assert client.get("/readyz", **stranger).json() == {"status": "ready"}


@pytest.mark.django_db
@pytest.mark.parametrize("check", ["jobs", "outbox", "audit", "triggers", "disk", "broker"])
def test_each_fault_makes_it_not_ready(client, monkeypatch, settings, check):
    old = clock.now() - timedelta(minutes=11)
    if check == "jobs":
        Job.objects.create(kind="a", due_at=old)
    elif check == "outbox":
        OutboxEvent.objects.create(kind="a", payload={}, created_at=old)
    elif check == "audit":
        with clock.frozen(old):
            audit.record(None, "test.done")
    elif check == "triggers":
        monkeypatch.setattr(triggers, "missing", lambda connection: ["x"])
    elif check == "disk":
        settings.MEDIA_ROOT = "/nowhere/at/all"
        usage = SimpleNamespace(free=4, total=100)
        monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage)
    else:
        settings.LMS_BROKER, settings.REDIS_URL = "redis", "redis://127.0.0.1:1"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [name for name, seen in answer.json()["checks"].items() if not seen["ok"]] == [check]


@pytest.mark.django_db
def test_a_row_that_tells_of_an_older_instant_waits_since_the_last_sealing(client):
    audit.record(None, "test.done")
    audit.seal()
    with clock.frozen(clock.now() - timedelta(days=300)):
        audit.record(None, "demo.day")
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("fault", "away"),
    [
        (OperationalError("database is locked"), True),
        (OperationalError("gone"), True),
        (InterfaceError("connection is closed"), True),
        (ValueError("x"), False),
        (None, False),
    ],
)
@pytest.mark.django_db
def test_which_faults_mean_that_the_database_is_away(fault, away):
    assert unavailable.database_is_away(fault) is away
    wrong = OperationalError("no such table: x")
    assert unavailable.database_is_away(wrong) is (connection.vendor != "sqlite")


def test_what_a_form_held_is_given_back_without_secrets():
    fields = {"text": ["一", "二"], "password": "x", "csrfmiddlewaretoken": "t"}
    form = RequestFactory().post(
        "/x/",
        "text=%E4%B8%80&text=%E4%BA%8C&password=x&csrfmiddlewaretoken=t",
        content_type="application/x-www-form-urlencoded",
    )
    assert unavailable.typed_fields(form) == [
        ("text", "一"), ("text", "二"), ("csrfmiddlewaretoken", "t"),
    ]  # fmt: skip
    assert unavailable.typed_fields(RequestFactory().post("/x/", fields)) == []
    assert unavailable.typed_fields(RequestFactory().get("/x/")) == []


def test_a_cache_that_is_away_is_a_miss(monkeypatch, caplog):
    monkeypatch.setattr(cache.ForgivingRedisCache, "_away_until", 0.0)
    away = cache.ForgivingRedisCache(
        "redis://127.0.0.1:1", {"OPTIONS": {"socket_connect_timeout": 1}}
    )
    assert away.get("a", "nothing") == "nothing"
    assert (away.add("a", 1), away.set("a", 1), away.touch("a"), away.delete("a")) == (
        False, None, False, False,
    )  # fmt: skip
    assert (away.get_many(["a"]), away.has_key("a"), "a" in away) == ({}, False, False)
    assert (away.set_many({"a": 1}), away.delete_many(["a"]), away.clear()) == ([], None, None)
    with pytest.raises(ValueError, match="not found"):
        away.incr("a")
    assert caplog.text.count("the cache is away") == 1


@pytest.mark.django_db
def test_what_has_served_is_forgotten_and_the_rest_stays(at):
    at("2026-01-01T08:00:00+08:00")
    old = clock.now()
    IdempotencyRecord.objects.create(key="k", route="r", body_digest="d")
    OutboxEvent.objects.create(kind="delivered", payload={}, delivered_at=old)
    OutboxEvent.objects.create(kind="waiting", payload={})
    for state in ("done", "cancelled", "failed"):
        Job.objects.create(kind=state, state=state, finished_at=old)
    ThrottleCount.objects.create(scope="a", subject="b", window_starts_at=old)
    at("2026-12-01T08:00:00+08:00")
    assert housekeeping.forget_old() == {"answers": 1, "facts": 1, "jobs": 2, "counts": 1}
    assert OutboxEvent.objects.get().kind == "waiting"
    assert Job.objects.get().kind == "failed"


@dataclass(frozen=True, slots=True)
class BellRung(events.Event):
    """A fact that nobody follows."""


@pytest.mark.django_db
def test_reconcile_names_repairs_and_names_again(capsys, monkeypatch, at):
    monkeypatch.setattr(reconciliation, "_comparisons", {})
    reconciliation.register("core.outbox", reconciliation.undelivered, reconciliation.deliver_late)
    reconciliation.register("core.triggers", reconciliation.unguarded)
    call_command("reconcile", "--json")
    assert json.loads(capsys.readouterr().out) == {"drift": [], "repaired": []}
    at("2026-01-01T08:00:00+08:00")
    late = events.publish(BellRung())
    at("2026-01-01T08:11:00+08:00")
    monkeypatch.setattr(triggers, "missing", lambda connection: ["core_x__y"])
    with pytest.raises(SystemExit) as ended:
        call_command("reconcile")
    assert ended.value.code == 1
    assert f"core.outbox undelivered {late.pk} {late.kind}" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("reconcile", "--repair", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["repaired"] == ["core.outbox"]
    assert [row["id"] for row in said["drift"]] == ["core_x__y"]
    assert OutboxEvent.objects.get().delivered_at is not None


@pytest.mark.django_db
def test_the_tasks_make_one_call_each(monkeypatch):
    from core import tasks

    made: list[tuple[str, str]] = []
    monkeypatch.setattr(events, "deliver", lambda event_id: made.append(("deliver", str(event_id))))
    monkeypatch.setattr(jobs, "run", lambda job_id: made.append(("run", str(job_id))))
    monkeypatch.setattr(waking, "wake_event", lambda pk: made.append(("event", str(pk))) or True)
    monkeypatch.setattr(waking, "wake_job", lambda pk, queue: made.append((queue, str(pk))) or True)
    monkeypatch.setattr(housekeeping, "forget_old", lambda: made.append(("forget", "")))
    fact = OutboxEvent.objects.create(kind="a", payload={})
    job = Job.objects.create(kind="core.framework_task", queue="search")
    tasks.deliver_event(str(fact.pk))
    tasks.run_job(str(job.pk))
    tasks.sweep()
    tasks.forget_old()
    tasks.seal_audit()
    assert made == [
        ("deliver", str(fact.pk)), ("run", str(job.pk)),
        ("event", str(fact.pk)), ("search", str(job.pk)), ("forget", ""),
    ]  # fmt: skip


@pytest.mark.skipif(
    not os.environ.get("TEST_REDIS_URL"),
    reason="counts on the server that TEST_REDIS_URL names (.ci/run)",
)
def test_a_cache_that_is_there_counts_upwards():
    there = cache.ForgivingRedisCache(os.environ["TEST_REDIS_URL"], {"KEY_PREFIX": uuid4().hex})
    there.set("seen", 1, timeout=60)
    assert (there.incr("seen"), there.incr("seen", 5), there.get("seen")) == (2, 7, 7)


def test_rows_of_the_foundation_say_what_they_are(at):
    at("2026-03-02T08:05:00+08:00")
    assert str(OutboxEvent(kind="courses.events.CourseCompleted")) == (
        "courses.events.CourseCompleted"
    )
    assert str(AuditEvent(verb="certificate.revoke")) == "2026-03-02 08:05 certificate.revoke"
    assert str(AuditSeal(sequence=7, digest="0123456789abcdef")) == "7 0123456789ab"
    assert str(IdempotencyRecord(route="api:enrolments", key="k1")) == "api:enrolments k1"
    assert str(ThrottleCount(scope="verify", count=3)) == "verify 3"


def test_faults_go_to_the_collector_without_a_persons_data():
    import sentry_sdk

    alarms.report_to("https://key@faults.example.cn/1", "production")
    try:
        options = sentry_sdk.get_client().options
    finally:
        sentry_sdk.init()
    assert (options["dsn"], options["environment"]) == (
        "https://key@faults.example.cn/1", "production",
    )  # fmt: skip
    collected = options["data_collection"]
    assert (collected["user_info"], collected["stack_frame_variables"]) == (False, False)
