"""Papers: set once, or held with the reason, whoever dies or is overtaken on the way."""

from __future__ import annotations

import pytest

from certification.models import (
    Certificate,
    CertificateDocument,
    CertificateEvent,
)
from certification.printing import typesetter
from certification.services import (
    issue_run,
    retry_rendering,
    revoke_certificate,
)
from core import clock, jobs
from core.errors import Missing
from core.models import AuditEvent, Job
from tests.certification.making import (
    a_certificate,
    an_issuer,
    fresh,
)
from tests.people import a_county, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(at):
    at("2026-11-23T09:00:00+08:00")


@pytest.fixture
def registrar():
    county = a_county()
    return a_teacher("陈登记", school=county, posts=["registrar"]).user


def kinds(certificate: Certificate) -> list[str]:
    return list(certificate.events.order_by("created_at").values_list("kind", flat=True))


def test_a_worker_that_dies_while_typesetting_leaves_one_number_and_one_paper(monkeypatch):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    job = Job.objects.get(kind="certification.render")
    real = typesetter.typeset

    class Killed(BaseException):
        """What kill -9 leaves behind: nothing is caught, nothing is released."""

    def dies(page):
        real(page)
        raise Killed

    monkeypatch.setattr(typesetter, "typeset", dies)
    with pytest.raises(Killed):
        jobs.run(job.pk)
    monkeypatch.undo()
    job.refresh_from_db()
    assert (job.state, fresh(certificate).state) == ("running", "pending")
    assert jobs.run(job.pk) is None, "the lease still holds"
    with clock.frozen("2026-11-23T09:02:00+08:00"):
        assert jobs.run(job.pk) == "done"
        assert jobs.run(job.pk) is None
    assert fresh(certificate).number == "信教体培证字〔2026〕000001号"
    assert CertificateDocument.objects.count() == 1
    assert kinds(certificate) == ["requested", "issued"]


def test_a_worker_whose_lease_ran_out_stores_nothing(monkeypatch):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    job = Job.objects.get(kind="certification.render")
    real = typesetter.typeset

    def overtaken(page):
        monkeypatch.setattr(typesetter, "typeset", real)
        with clock.frozen("2026-11-23T09:02:00+08:00"):
            assert jobs.run(job.pk) == "done"
        return real(page)

    monkeypatch.setattr(typesetter, "typeset", overtaken)
    assert jobs.run(job.pk) is None
    assert CertificateDocument.objects.count() == 1
    assert kinds(certificate) == ["requested", "issued"]


def test_a_character_without_glyph_holds_the_certificate_and_is_named(deliver, registrar):
    an_issuer()
    certificate = a_certificate(a_teacher("王\ue863"))
    deliver()
    held = CertificateEvent.objects.get(certificate=certificate, kind="held")
    assert "（U+E863）" in held.reason
    assert fresh(certificate).state == "pending"
    job = Job.objects.get(kind="certification.render")
    assert (job.state, job.error_code) == ("failed", "glyph_missing")
    assert job.error == held.reason
    assert not CertificateDocument.objects.exists()


def test_a_held_certificate_is_issued_under_its_number_once_the_font_is_there(
    deliver, registrar, monkeypatch
):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))

    def missing(page):
        raise typesetter.GlyphMissing("𠀀")

    monkeypatch.setattr(typesetter, "typeset", missing)
    deliver()
    monkeypatch.undo()
    assert issue_run(actor=None, run_code=certificate.run_code).held == 1
    retry_rendering(actor=registrar, certificate=certificate)
    assert Job.objects.filter(kind="certification.render").count() == 2
    deliver()
    assert fresh(certificate).state == "valid"
    assert kinds(certificate) == ["requested", "held", "issued"]
    with pytest.raises(Missing):
        retry_rendering(actor=a_teacher("路人").user, certificate=certificate)


def test_a_paper_that_failed_for_another_reason_is_tried_again(registrar, monkeypatch):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    job = Job.objects.get(kind="certification.render")
    Job.objects.filter(pk=job.pk).update(attempts=4)
    monkeypatch.setattr(typesetter, "typeset", lambda page: 1 / 0)
    assert jobs.run(job.pk) == "failed"
    monkeypatch.undo()
    assert issue_run(actor=None, run_code=certificate.run_code).held == 0
    assert jobs.run(job.pk) == "done"
    assert fresh(certificate).state == "valid"


def test_the_job_of_an_issued_or_withdrawn_certificate_does_nothing(deliver, registrar):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    revoke_certificate(actor=registrar, certificate=certificate, reason="名单有误，撤销")
    deliver()
    assert not CertificateDocument.objects.exists()
    assert kinds(certificate) == ["requested", "revoked"]


def test_a_revocation_during_typesetting_wins(deliver, registrar, monkeypatch):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    real = typesetter.typeset

    def slow(page):
        revoke_certificate(actor=registrar, certificate=certificate, reason="名单有误，撤销")
        return real(page)

    monkeypatch.setattr(typesetter, "typeset", slow)
    deliver()
    assert not CertificateDocument.objects.exists()
    assert fresh(certificate).state == "revoked"


def test_a_paper_that_is_there_is_not_made_again(deliver, registrar, client):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    deliver()
    before = AuditEvent.objects.count()
    assert retry_rendering(actor=registrar, certificate=certificate) is None
    assert AuditEvent.objects.count() == before
    client.force_login(registrar)
    answer = client.post(f"/certificates/{certificate.pk}/paper/", follow=True)
    assert "不需要重新生成" in answer.content.decode()
    assert Job.objects.filter(kind="certification.render").count() == 1
