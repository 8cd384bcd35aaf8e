"""Papers: set once, or held with the reason, whoever dies or is overtaken on the way."""

from __future__ import annotations

import pytest

from certification.models import (
    CertificateDocument,
    CertificateEvent,
)
from certification.printing import typesetter
from certification.services import (
    issue_run,
    reissue_certificate,
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
    kinds,
)
from tests.people import a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
REALLY_TYPESET = typesetter.typeset


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
    assert issue_run(actor=None, run=certificate.completion.enrolment.run).held == 1
    retry_rendering(actor=registrar.user, certificate=certificate)
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
    assert issue_run(actor=None, run=certificate.completion.enrolment.run).held == 0
    assert jobs.run(job.pk) == "done"
    assert fresh(certificate).state == "valid"


def test_the_job_of_an_issued_or_withdrawn_certificate_does_nothing(deliver, registrar):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    revoke_certificate(actor=registrar.user, certificate=certificate, reason="名单有误，撤销")
    deliver()
    assert not CertificateDocument.objects.exists()
    assert kinds(certificate) == ["requested", "revoked"]


def test_a_revocation_during_typesetting_wins(deliver, registrar, monkeypatch):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    real = typesetter.typeset

    def slow(page):
        revoke_certificate(actor=registrar.user, certificate=certificate, reason="名单有误，撤销")
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
    assert retry_rendering(actor=registrar.user, certificate=certificate) is None
    assert AuditEvent.objects.count() == before
    client.force_login(registrar.user)
    answer = client.post(f"/certificates/{certificate.pk}/paper/", follow=True)
    assert "不需要重新生成" in answer.content.decode()
    assert Job.objects.filter(kind="certification.render").count() == 1


@pytest.fixture
def held(deliver, monkeypatch):
    """A certificate whose name no font can set, as long as the test lasts."""

    def missing(page):
        raise typesetter.GlyphMissing("𠀀")

    monkeypatch.setattr(typesetter, "typeset", missing)
    an_issuer()
    made = a_certificate(a_teacher("王小明"))
    deliver()
    return made


REASON = (
    "服务器字库中没有“𠀀”（U+20000），证书暂缓签发；编号、验证码和已计入的学时都不变。"
    "请市教育局的系统管理员安装有这些字的字库，再由学分证书管理员重新生成证书文件。"
)


def test_a_retry_is_never_called_done_before_it_is(held, registrar, client, deliver):
    client.force_login(registrar.user)
    address = f"/certificates/{held.pk}/"
    assert REASON in client.get(address).content.decode()
    under_way = client.post(f"{address}paper/", follow=True).content.decode()
    assert "证书文件正在生成，结果以本页“经过”为准；稍后请刷新本页。" in under_way
    assert "已重新生成" not in under_way
    assert 'data-testid="retry-paper"' not in under_way, "one attempt is under way"
    deliver()
    again = client.get(address).content.decode()
    assert fresh(held).state == "pending"
    assert "文件正在生成" not in again
    assert 'data-testid="retry-paper"' in again
    assert kinds(held) == ["requested", "held", "retried", "held"]


def test_the_list_of_those_that_wait_says_what_for(held, registrar, client, deliver):
    client.force_login(registrar.user)

    def listed(state):
        page = client.get("/certificates/registry/", {"state": state}).content.decode()
        return page.partition('data-testid="registry"')[2].partition("</table>")[0]

    assert f'<td data-label="暂缓原因">{REASON}</td>' in listed("pending")
    assert "暂缓原因" not in listed("")
    retry_rendering(actor=registrar.user, certificate=held)
    assert '<td data-label="暂缓原因">文件正在生成</td>' in listed("pending")
    deliver()
    assert REASON in listed("pending")


def test_pressing_twice_asks_once(held, registrar):
    first = retry_rendering(actor=registrar.user, certificate=held)
    assert retry_rendering(actor=registrar.user, certificate=held) == first
    assert kinds(held) == ["requested", "held", "retried"]
    assert AuditEvent.objects.filter(verb="certificate.retry").count() == 1


def test_the_history_names_the_person_who_asked_and_the_system_only_for_itself(
    held, registrar, client, deliver, monkeypatch, at
):
    at("2026-11-23T09:05:00+08:00")
    retry_rendering(actor=registrar.user, certificate=held)
    monkeypatch.setattr(typesetter, "typeset", REALLY_TYPESET)
    deliver()
    names = held.events.order_by("created_at").values_list("kind", "actor_name", "actor_id")
    assert list(names) == [
        ("requested", "", None),
        ("held", "", None),
        ("retried", "陈登记", registrar.user.pk),
        ("issued", "陈登记", registrar.user.pk),
    ]
    client.force_login(registrar.user)
    page = client.get(f"/certificates/{held.pk}/").content.decode()
    history = page.partition('data-testid="history"')[2].partition("</table>")[0]
    assert (history.count(">系统<"), history.count(">陈登记<")) == (2, 2)


def test_a_reissue_is_in_the_name_of_the_registrar_on_both_papers(deliver, registrar):
    an_issuer()
    old = a_certificate(a_teacher("王小明"))
    deliver()
    new = reissue_certificate(
        actor=registrar.user, certificate=old, reason="验证码外泄", same_name=True
    )
    deliver()
    for certificate, kind in ((old, "superseded"), (new, "requested"), (new, "issued")):
        event = certificate.events.get(kind=kind)
        assert (event.actor_name, event.actor_id) == ("陈登记", registrar.user.pk), kind


def test_a_failure_without_a_missing_character_is_told_as_one(registrar, client, monkeypatch):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    job = Job.objects.get(kind="certification.render")
    Job.objects.filter(pk=job.pk).update(attempts=4)
    monkeypatch.setattr(typesetter, "typeset", lambda page: 1 / 0)
    jobs.run(job.pk)
    client.force_login(registrar.user)
    waiting = client.get("/certificates/registry/?state=pending").content.decode()
    assert '<td data-label="暂缓原因">生成证书文件时出错，证书尚未签发。</td>' in waiting
    page = client.get(f"/certificates/{certificate.pk}/").content.decode()
    assert "生成证书文件时出错，证书尚未签发。" in page
    assert 'data-testid="retry-paper"' in page
