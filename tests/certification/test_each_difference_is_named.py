"""What the rows of credits and certificates must agree on, and how a gap between them is named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from certification import selectors
from certification.models import (
    CertificateDocument,
    CertificateEvent,
    CreditPosting,
    NumberSeries,
)
from certification.services import post_course_credit
from tests.certification.making import a_certificate, a_completion, a_course, a_run, an_issuer
from tests.people import a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_a_sound_house_has_no_differences_and_each_gap_is_named(deliver, certificate, registrar):
    assert list(selectors.differences()) == []
    owing = a_completion(a_teacher("李小红"))
    assert {(d.kind, d.thing_id) for d in selectors.differences()} == {
        ("completion_without_posting", owing.pk),
        ("completion_without_certificate", owing.pk),
    }
    post_course_credit(completion_id=owing.pk)
    assert {d.kind for d in selectors.differences()} == {"completion_without_certificate"}


def test_tampered_rows_are_named():
    an_issuer()
    paper, issue, revoked = (a_certificate(a_teacher(n)) for n in ("甲一", "乙二", "丙三"))
    CertificateDocument.objects.create(
        certificate=paper, content=b"x", sha256="1" * 64, size_bytes=1
    )
    CertificateEvent.objects.create(certificate=issue, kind="issued")
    CertificateEvent.objects.create(
        certificate=revoked, kind="revoked", reason="名单有误", reason_class="other"
    )
    NumberSeries.objects.update(last=4)
    assert [(d.kind, d.thing_id, d.detail) for d in selectors.differences()] == [
        ("paper_without_issue", paper.pk, ""),
        ("issue_without_paper", issue.pk, ""),
        ("revoked_but_credited", revoked.pk, ""),
        ("numbers_do_not_add_up", NumberSeries.objects.get().pk, "3/4"),
    ]


def test_a_posting_that_differs_from_its_completion_is_named():
    wang = a_teacher("王小明")
    completion = a_completion(wang, a_run(a_course(hours="8.00")))
    CreditPosting.objects.create(
        key="by hand",
        teacher=wang,
        category=completion.category,
        kind="award",
        reason="course_completed",
        raw_hours=Decimal(80),
        counted_hours=Decimal(80),
        course_code="PSY-101",
        title="手工",
        occurred_on=completion.completed_on,
        rule_version="0",
        completion=completion,
    )
    assert "posting_differs_from_completion" in {d.kind for d in selectors.differences()}
