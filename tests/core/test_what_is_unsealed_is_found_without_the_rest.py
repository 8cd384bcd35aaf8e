"""Sealing, readiness and the access log look at the few rows that wait, not at the whole trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import audit, health, trace
from core.models import AuditEvent, AuditSeal, UnsealedEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_trace() -> None:
    """3,000 sealed rows with 60 verbs, and three that wait."""
    rows = [AuditEvent(verb=f"verb.{number % 60}") for number in range(3_000)]
    AuditEvent.objects.bulk_create(rows)
    seals = [AuditSeal(sequence=n, event=row, digest="0" * 64) for n, row in enumerate(rows, 1)]
    AuditSeal.objects.bulk_create(seals)
    UnsealedEvent.objects.all().delete()
    for number in range(3):
        audit.record(None, "test.done", number=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def scans(read: Callable[[], object]) -> list[str]:
    """Each step of its queries that reads one of the large tables from end to end."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        read()
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    steps: list[str] = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            if query["sql"].startswith(("SELECT", "DELETE", "\nWITH")):
                cursor.execute(f"{explain} {query['sql']}")
                steps += [str(row[-1]) for row in cursor.fetchall()]
    assert steps
    return [step for step in steps if is_scan(step)]


def is_scan(step: str) -> bool:
    """SQLite also calls it a scan when the end of an index is read; of seals only that is read."""
    if connection.vendor == "sqlite":
        return "SCAN core_auditevent" in step
    return "Seq Scan on core_auditevent" in step or "Seq Scan on core_auditseal" in step


@pytest.mark.parametrize(
    "read",
    [
        audit.seal,
        health._audit,
        lambda: list(trace.events(trace.Wanted(unsealed=True))[:50]),
        lambda: trace.events(trace.Wanted(unsealed=True)).count(),
        lambda: list(trace.events(trace.Wanted(verb="test.done"))[:50]),
        trace.recorded_verbs,
        trace.sealed_up_to,
    ],
    ids=["sealing", "readyz", "log", "count", "verb", "verbs", "sealed up to"],
)
def test_no_query_reads_the_sealed_rows(long_trace, read):
    assert scans(read) == []


def test_control_rows_without_a_seal_are_found_by_reading_all(long_trace):
    assert scans(lambda: AuditEvent.objects.filter(seal=None).count()) != []


def test_what_waits_and_which_verbs_occur_is_told_as_before(long_trace):
    assert trace.events(trace.Wanted(unsealed=True)).count() == 3
    assert trace.recorded_verbs() == sorted(["test.done", *(f"verb.{n}" for n in range(60))])
    assert audit.seal() == 3
    assert trace.events(trace.Wanted(unsealed=True)).count() == 0
    assert not UnsealedEvent.objects.exists()
