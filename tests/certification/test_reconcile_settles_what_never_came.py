"""A completion whose event was lost still gets its credit and its certificate."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command
from django.db import OperationalError

from certification.models import Certificate, CreditPosting
from certification.selectors import differences
from certification.services import posting, settle_completions, settling
from tests.certification.making import a_completion, a_run, an_issuer
from tests.people import a_teacher

pytestmark = pytest.mark.django_db


def reconcile(*arguments: str) -> tuple[int, dict]:
    out = io.StringIO()
    try:
        call_command("reconcile", "--json", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_a_lost_event_is_found_and_repaired(deliver):
    an_issuer()
    completion = a_completion(a_teacher("王芳"))
    code, found = reconcile()
    assert code == 1
    assert "completion_without_posting" in json.dumps(found)
    assert settle_completions() == 1
    deliver()
    assert CreditPosting.objects.get().completion_id == completion.pk
    assert Certificate.objects.get().completion_id == completion.pk
    assert settle_completions() == 0
    assert reconcile()[0] == 0


def refuse(monkeypatch, verb, unlucky):
    """One completion cannot go through `verb` of the settling service."""
    real = getattr(verb[0], verb[1])

    def refusing(**facts):
        if unlucky in (facts.get("completion_id"), *facts.get("completion_ids", ())):
            raise ValueError("a row that nobody expected")
        return real(**facts)

    monkeypatch.setattr(*verb, refusing)


@pytest.mark.parametrize(
    ("verb", "postings"),
    [((posting, "post_course_credit"), 2), ((settling, "issue_due_certificates"), 3)],
)
def test_one_bad_completion_keeps_nobody_else_waiting_and_is_told(
    monkeypatch, caplog, verb, postings
):
    an_issuer()
    first, bad, last = [a_completion(a_teacher(name)) for name in ("王芳", "李娜", "张伟")]
    refuse(monkeypatch, verb, bad.pk)
    assert settle_completions() == 3
    assert CreditPosting.objects.count() == postings
    assert set(Certificate.objects.values_list("completion", flat=True)) == {first.pk, last.pk}
    assert [row.getMessage() for row in caplog.records if row.levelname == "ERROR"] == [
        f"completion {bad.pk} is not settled"
    ]
    code, found = reconcile()
    assert (code, str(bad.pk) in json.dumps(found)) == (1, True)


def test_a_database_that_is_away_ends_the_settling(monkeypatch):
    a_completion(a_teacher("王芳"))

    def away(**_facts):
        raise OperationalError("database is locked")

    monkeypatch.setattr(posting, "post_course_credit", away)
    with pytest.raises(OperationalError):
        settle_completions()


def test_a_course_that_counts_twice_is_found():
    wang = a_teacher("王芳")
    for code in ("PSY-101-SPRING", "PSY-101-AUTUMN"):
        completion = a_completion(wang, a_run(code=code))
        CreditPosting.objects.create(
            key=code,
            kind="award",
            reason="course_completed",
            teacher=wang,
            category=completion.category,
            raw_hours=completion.credit_hours,
            counted_hours=completion.credit_hours,
            course_code=code,
            title=completion.course_title,
            occurred_on=completion.completed_on,
            rule_version="2026.1/1",
            completion=completion,
        )
    twice = [found for found in differences() if found.kind == "course_counted_twice"]
    assert [(found.thing_id, found.detail) for found in twice] == [(wang.pk, "PSY-101")]


def test_without_an_issuer_the_credit_comes_and_the_certificate_waits():
    a_completion(a_teacher("王芳"))
    assert settle_completions() == 1
    assert CreditPosting.objects.count() == 1
    assert Certificate.objects.count() == 0
    assert settle_completions() == 1
    assert CreditPosting.objects.count() == 1
