"""Issuing in parallel: no gap, no double; the control without the counter row goes wrong."""

from __future__ import annotations

import io
import threading
import time
import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.db.models import Max

from certification import selectors
from certification.models import Certificate, CreditPosting, NumberSeries
from certification.services import (
    check_workbook,
    issue_due_certificates,
    issue_run,
    issuing,
    post_course_credit,
    posting,
    reissue_certificate,
    revoke_certificate,
    revoking,
)
from core import clock, jobs
from core.models import Job
from tests.certification.making import (
    a_certificate,
    a_completion,
    a_course,
    a_run,
    an_issuer,
    fresh,
)
from tests.people import a_county, a_teacher

pytestmark = pytest.mark.django_db(transaction=True)
needs_two_writers = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer anyway"
)
ISSUERS, EACH = 8, 6


def credited(count: int) -> list:
    """Completions with their credit posted and no certificate yet."""
    made = [a_completion(a_teacher(f"教师{number:03}")) for number in range(count)]
    for completion in made:
        post_course_credit(completion_id=completion.pk)
    return [completion.pk for completion in made]


def issuer(completion_ids: list):
    """One office that issues its certificates one by one."""

    def issue() -> None:
        for completion_id in completion_ids:
            issue_due_certificates(completion_ids=[completion_id])

    return issue


def test_eight_issuers_leave_no_gap_and_no_double(together):
    an_issuer()
    owed = credited(ISSUERS * EACH)
    results = together(*(issuer(owed[start::ISSUERS]) for start in range(ISSUERS)))
    assert results == [None] * ISSUERS
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == list(
        range(1, ISSUERS * EACH + 1)
    )
    assert NumberSeries.objects.get().last == ISSUERS * EACH


def test_eight_issuers_of_the_same_completions_make_one_certificate_each(together):
    an_issuer()
    owed = credited(EACH)
    results = together(*([issuer(owed)] * ISSUERS))
    assert results == [None] * ISSUERS
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == list(
        range(1, EACH + 1)
    )
    assert Job.objects.filter(kind=issuing.RENDER).count() == EACH


def test_two_runs_of_the_same_teachers_in_opposite_order_are_issued_without_a_deadlock(together):
    an_issuer()
    people = [a_teacher(f"教师{number:03}") for number in range(EACH)]
    first, second = a_run(), a_run(a_course("PSY-102"), code="PSY-102-2026")
    for person in people:
        a_completion(person, first)
    for person in reversed(people):
        a_completion(person, second)
    calls = [lambda run=run: issue_run(actor=None, run=run) for run in (first, second)]
    results = together(*calls)
    assert [(row.completions, row.issued) for row in results] == [(EACH, EACH), (EACH, EACH)]


def test_a_workbook_that_is_sent_twice_at_once_is_taken_once(together):
    registrar = a_teacher("郑和", school=a_county(), posts=["registrar"])
    token = uuid.uuid4()

    def send():
        return check_workbook(
            actor=registrar.user,
            file=io.BytesIO(b"PK"),
            file_name="x.xlsx",
            purpose="titles",
            token=token,
        )

    assert {check.pk for check in together(send, send)} == {token}


@needs_two_writers
def test_control_counting_the_highest_number_goes_wrong(together, monkeypatch):
    an_issuer()
    owed = credited(ISSUERS)

    def highest(template):
        today = clock.today()
        taken = Certificate.objects.aggregate(last=Max("sequence"))["last"] or 0
        time.sleep(0.1)
        return NumberSeries(type=template.type, year=today.year, last=taken), today

    monkeypatch.setattr(issuing, "_locked_series", highest)
    monkeypatch.setattr(
        issuing, "_take", lambda series, count: range(series.last + 1, series.last + 1 + count)
    )
    results = together(*(issuer([completion_id]) for completion_id in owed))
    assert any(isinstance(result, IntegrityError) for result in results)
    assert Certificate.objects.count() < ISSUERS


def test_one_course_completed_twice_at_once_counts_once(together):
    wang = a_teacher("王小明")
    passes = [a_completion(wang, a_run(code=f"PSY-101-{number}")) for number in range(4)]
    together(
        *(
            lambda pk=completion.pk: post_course_credit(completion_id=pk)
            for completion in passes
            for _twice in range(2)
        )
    )
    assert CreditPosting.objects.count() == 4
    assert selectors.ledger_of(wang).balance.total == Decimal("12.50")


@needs_two_writers
def test_control_without_the_ledgers_lock_it_counts_more_than_once(together, monkeypatch):
    wang = a_teacher("王小明")
    passes = [a_completion(wang, a_run(code=f"PSY-101-{number}")) for number in range(4)]
    monkeypatch.setattr(posting, "_lock_ledger", lambda teacher_id: time.sleep(0.1))
    read = posting._counted_courses

    def slowly(teacher_id):
        courses = read(teacher_id)
        time.sleep(0.1)
        return courses

    monkeypatch.setattr(posting, "_counted_courses", slowly)
    together(
        *(lambda pk=completion.pk: post_course_credit(completion_id=pk) for completion in passes)
    )
    assert selectors.ledger_of(wang).balance.total > Decimal("12.50")


def test_two_registrars_revoke_at_once_and_the_credit_goes_once(together):
    an_issuer()
    wang = a_teacher("王小明")
    certificate = a_certificate(wang)
    registrars = [
        a_teacher(name, school=a_county(), posts=["registrar"]).user for name in ("陈甲", "陈乙")
    ]
    together(
        *(
            lambda actor=actor: revoke_certificate(
                actor=actor, certificate=certificate, reason="名单有误，撤销"
            )
            for actor in registrars
        )
    )
    assert certificate.events.filter(kind="revoked").count() == 1
    assert CreditPosting.objects.filter(kind="reverse").count() == 1
    assert selectors.ledger_of(wang).balance.total == 0


def revoked_while_a_successor_is_being_made(monkeypatch, together):
    """The states of a certificate and of its successor, both verbs having begun at once."""
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    registrar = a_teacher("陈甲", school=a_county(), posts=["registrar"]).user
    facts = {"actor": registrar, "certificate": certificate, "reason": "名单有误，撤销"}
    store, held = issuing._store, threading.Event()

    def slowly(made, actor, **reason):
        held.set()
        time.sleep(0.5)
        store(made, actor, **reason)

    def revoke():
        held.wait(10)
        return revoke_certificate(**facts)

    monkeypatch.setattr(issuing, "_store", slowly)
    together(lambda: reissue_certificate(**facts, same_name=True), revoke)
    rows = Certificate.objects.with_state(clock.today()).order_by("sequence")
    return list(rows.values_list("state", flat=True))


@needs_two_writers
def test_a_successor_that_comes_while_a_revocation_waits_is_revoked_too(monkeypatch, together):
    assert revoked_while_a_successor_is_being_made(monkeypatch, together) == ["revoked"] * 2


@needs_two_writers
def test_control_a_chain_that_is_read_once_misses_the_successor(monkeypatch, together):
    def once(completion_id):
        rows = Certificate.objects.filter(completion_id=completion_id).order_by("pk")
        return list(rows.select_for_update(of=("self",)).select_related("unit"))

    monkeypatch.setattr(revoking, "_locked_of", once)
    assert revoked_while_a_successor_is_being_made(monkeypatch, together) == ["revoked", "pending"]


def test_one_paper_however_many_workers_are_woken(together):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    job = Job.objects.get(kind=issuing.RENDER)
    together(*([lambda: jobs.run(job.pk)] * 4))
    assert fresh(certificate).state == "valid"
    assert certificate.events.filter(kind="issued").count() == 1
