"""Issuing: one number and one paper per completion, whatever is repeated, refused or killed."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Notice
from certification.models import (
    Certificate,
    CertificateDocument,
    CertificateEvent,
    CertificateTemplate,
    NumberSeries,
)
from certification.printing import seal, typesetter
from certification.rules import codes
from certification.services import (
    establish_issuer,
    issue_due_certificates,
    issue_run,
    post_course_credit,
    reissue_certificate,
    retry_rendering,
    revoke_certificate,
)
from certification.services.issuing import AlreadyEnded, NoIssuer
from certification.services.offices import NotASeal
from core import clock, jobs
from core.errors import Missing
from core.models import AuditEvent, Job, OutboxEvent
from tests.certification.making import (
    SEAL,
    a_certificate,
    a_completion,
    a_run,
    an_issuer,
    fresh,
)
from tests.people import a_bureau, a_county, a_school, a_teacher

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


def test_a_certificate_keeps_every_fact_of_the_day(deliver):
    an_issuer(validity_years=3)
    wang = a_teacher("王小明")
    certificate = a_certificate(wang)
    assert fresh(certificate).state == "pending"
    deliver()
    certificate = fresh(certificate)
    assert certificate.state == "valid"
    assert (certificate.number, certificate.number_key) == (
        "信教体培证字〔2026〕000001号",
        "信教体培证字〔2026〕1",
    )
    assert codes.is_code(certificate.code)
    assert certificate.address == f"http://127.0.0.1:8000/verify/{certificate.code}/"
    assert (
        certificate.holder_name,
        certificate.unit_name,
        certificate.course_title,
        certificate.category_name,
        certificate.credit_hours,
        certificate.completed_on.isoformat(),
        certificate.issued_on.isoformat(),
        certificate.expires_on.isoformat(),
    ) == (
        "王小明",
        "浉河区第一小学",
        "青少年心理健康教育",
        "专业科目",
        Decimal("12.50"),
        "2026-11-20",
        "2026-11-23",
        "2029-11-22",
    )
    paper = certificate.document
    assert hashlib.sha256(paper.content).hexdigest() == paper.sha256
    assert paper.size_bytes == len(paper.content)
    text = pypdfium2.PdfDocument(bytes(paper.content))[0].get_textpage().get_text_bounded()
    assert certificate.number in text
    assert kinds(certificate) == ["requested", "issued"]
    notice = Notice.objects.get(user=wang.user)
    assert (notice.kind, notice.url) == ("certificate_issued", f"/certificates/{certificate.pk}/")
    assert OutboxEvent.objects.filter(kind__endswith="CertificateIssued").count() == 1
    assert {"certificate.number", "certificate.issue"} <= set(
        AuditEvent.objects.values_list("verb", flat=True)
    )


def test_issuing_again_changes_nothing(deliver):
    an_issuer()
    wang = a_teacher("王小明")
    certificate = a_certificate(wang)
    deliver()
    assert issue_due_certificates(completion_ids=[certificate.completion_id]) == []
    assert NumberSeries.objects.get().last == 1
    assert (Certificate.objects.count(), CertificateDocument.objects.count()) == (1, 1)


def test_without_credit_or_issuer_there_is_no_certificate():
    completion = a_completion(a_teacher("王小明"))
    assert issue_due_certificates(completion_ids=[completion.pk]) == []
    post_course_credit(completion_id=completion.pk)
    with pytest.raises(NoIssuer):
        issue_due_certificates(completion_ids=[completion.pk])
    assert Certificate.objects.count() == 0


def test_a_failure_in_the_middle_leaves_no_gap(monkeypatch):
    an_issuer()
    first = a_certificate(a_teacher("王小明"))
    from certification.services import issuing

    monkeypatch.setattr(issuing, "_store", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_certificate(a_teacher("李小红"))
    monkeypatch.undo()
    second = a_certificate(a_teacher("张三"))
    assert (first.sequence, second.sequence) == (1, 2)
    assert NumberSeries.objects.get().last == 2


def test_the_year_is_the_one_in_beijing(at):
    an_issuer()
    at("2026-12-31T23:59:59+08:00")
    old = a_certificate(a_teacher("王小明"))
    at("2027-01-01T00:00:00+08:00")
    new = a_certificate(a_teacher("李小红"))
    at("2026-12-31T15:59:59+00:00")
    late = a_certificate(a_teacher("张三"))
    assert [c.number for c in (old, new, late)] == [
        "信教体培证字〔2026〕000001号",
        "信教体培证字〔2027〕000001号",
        "信教体培证字〔2026〕000002号",
    ]
    assert new.issued_on.isoformat() == "2027-01-01"


def test_a_year_that_turns_while_the_lock_is_awaited_gives_the_new_year(monkeypatch):
    an_issuer()
    wang = a_teacher("王小明")
    completion = a_completion(wang)
    post_course_credit(completion_id=completion.pk)
    instants = iter(["2026-12-31T23:59:59+08:00"])
    real = clock.today

    def today():
        with clock.frozen(next(instants, "2027-01-01T00:00:01+08:00")):
            return real()

    monkeypatch.setattr(clock, "today", today)
    made = issue_due_certificates(completion_ids=[completion.pk])
    assert made[0].number == "信教体培证字〔2027〕000001号"
    assert made[0].issued_on.isoformat() == "2027-01-01"


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


def test_a_run_is_issued_whole_and_only_once(deliver, capsys):
    an_issuer()
    run = a_run()
    for name in ("王小明", "李小红", "张三"):
        a_completion(a_teacher(name), run)
    call_command("issue_certificates", "--run", run.code, "--json")
    assert capsys.readouterr().out.strip() == (
        '{"completions": 3, "issued": 3, "already": 0, "held": 0}'
    )
    call_command("issue_certificates", "--run", run.code)
    assert capsys.readouterr().out.strip() == "完成 3 人，新编号 0，已有 3，暂缓 0。"
    deliver()
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    assert CertificateDocument.objects.count() == 3


def test_the_command_refuses_what_it_cannot_do(monkeypatch, deliver):
    with pytest.raises(CommandError) as refusal:
        call_command("issue_certificates", "--run", "NONE")
    assert refusal.value.returncode == 2
    completion = a_completion(a_teacher("王小明"))
    with pytest.raises(CommandError, match="发证机构") as refusal:
        call_command("issue_certificates", "--run", completion.run_code)
    assert refusal.value.returncode == 2
    an_issuer()
    call_command("issue_certificates", "--run", completion.run_code)

    def missing(page):
        raise typesetter.GlyphMissing("𠀀")

    monkeypatch.setattr(typesetter, "typeset", missing)
    deliver()
    with pytest.raises(SystemExit) as findings:
        call_command("issue_certificates", "--run", completion.run_code)
    assert findings.value.code == 1


def test_a_new_name_gets_a_new_certificate_and_the_old_one_is_superseded(deliver, registrar):
    an_issuer(validity_years=3)
    wang = a_teacher("王小明")
    old = a_certificate(wang)
    deliver()
    wang.name = "王晓明"
    wang.save()
    with clock.frozen("2026-12-01T09:00:00+08:00"):
        new = reissue_certificate(actor=registrar, certificate=old, reason="更名")
        assert reissue_certificate(actor=registrar, certificate=old, reason="更名") == new
        assert fresh(old).state == "valid", "until the new paper is there"
        deliver()
        assert (fresh(old).state, fresh(new).state) == ("superseded", "valid")
        with pytest.raises(Missing):
            reissue_certificate(actor=a_teacher("路人").user, certificate=new, reason="更名")
    assert (new.holder_name, new.number, new.supersedes) == (
        "王晓明",
        "信教体培证字〔2026〕000002号",
        old,
    )
    assert new.code != old.code
    assert (new.completed_on, new.expires_on, new.credit_hours) == (
        old.completed_on,
        old.expires_on,
        old.credit_hours,
    )
    assert fresh(old).holder_name == "王小明"


def test_what_has_ended_is_not_issued_anew(deliver, registrar):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    deliver()
    revoke_certificate(actor=registrar, certificate=certificate, reason="名单有误，撤销")
    with pytest.raises(AlreadyEnded):
        reissue_certificate(actor=registrar, certificate=certificate, reason="更名")
    assert NumberSeries.objects.get().last == 1


def test_a_teacher_without_unit_belongs_to_the_issuer_and_one_without_sign_in_is_not_told(deliver):
    an_issuer()
    wang = a_teacher("王小明", with_user=False)
    wang.employments.all().delete()
    certificate = a_certificate(wang)
    deliver()
    assert (certificate.unit, certificate.unit_name) == (a_bureau(), "")
    assert fresh(certificate).state == "valid"
    assert Notice.objects.count() == 0


def test_setting_up_an_issuer_is_harmless_and_a_new_seal_is_a_new_version():
    first = an_issuer()
    assert an_issuer() == first
    facts = {
        "actor": None,
        "unit": a_bureau(),
        "name": "信阳市教育体育局",
        "number_prefix": "信教体培证字",
    }
    second = establish_issuer(**facts, seal_text="信阳市教育体育局")
    assert (first.version, second.version) == (1, 2)
    assert bytes(second.seal) == seal.drawn_seal("信阳市教育体育局") != SEAL
    for wrong in (b"", b"text", b"x" * 2_000_000, SEAL[:2000]):
        with pytest.raises(NotASeal):
            establish_issuer(**facts, seal=wrong)
    assert CertificateTemplate.objects.count() == 2


def test_an_issued_certificate_keeps_its_template_when_a_new_one_comes(deliver):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    deliver()
    before = bytes(certificate.document.content)
    establish_issuer(
        actor=None,
        unit=a_bureau(),
        name="信阳市教育局",
        number_prefix="信教体培证字",
        seal_text="信阳市教育局",
    )
    assert fresh(certificate).template.version == 1
    assert bytes(fresh(certificate).document.content) == before
    assert a_certificate(a_teacher("李小红")).template.version == 2


def test_the_database_refuses_to_change_a_certificate_or_to_double_a_number(deliver):
    an_issuer()
    certificate = a_certificate(a_teacher("王小明"))
    deliver()
    for model in (Certificate, CertificateEvent, CertificateDocument, CertificateTemplate):
        for act in ("update", "delete"):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows = model.objects.all()
                rows.update(created_at=clock.now()) if act == "update" else rows._raw_delete(
                    using="default"
                )
    other = a_certificate(a_teacher("李小红"))
    facts = {
        field.attname: getattr(other, field.attname)
        for field in Certificate._meta.concrete_fields
        if field.name != "id"
    }
    facts |= {"completion_id": a_completion(a_teacher("张三")).pk, "sequence": 9}
    unique = {"number": "N9", "number_key": "K9", "code": "C9"}
    for field in unique:
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.create(**{**facts, **unique, field: getattr(other, field)})
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(**{**facts, **unique, "sequence": certificate.sequence})
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            **{**facts, **unique, "completion_id": certificate.completion_id}
        )


def test_people_of_different_counties_share_one_series(deliver):
    an_issuer()
    far = a_school("罗山县第一中学", county=a_county("罗山县"))
    numbers = [a_certificate(a_teacher("王小明")), a_certificate(a_teacher("李小红", school=far))]
    assert [c.sequence for c in numbers] == [1, 2]
    assert numbers[1].unit == far


def test_an_operator_sets_up_the_issuer(tmp_path, capsys):
    facts = ["set_up_issuer", "--name", "信阳市教育体育局", "--prefix", "信教体培证字"]
    with pytest.raises(CommandError, match="单位代码") as refusal:
        call_command(*facts, "--unit", "NONE")
    assert refusal.value.returncode == 2
    own = tmp_path / "seal.png"
    for content, words in ((None, "打不开"), (b"no picture", "PNG")):
        if content:
            own.write_bytes(content)
        with pytest.raises(CommandError, match=words):
            call_command(*facts, "--unit", a_bureau().code, "--seal", str(own))
    own.write_bytes(SEAL)
    call_command(*facts, "--unit", "XY", "--seal", str(own), "--validity-years", "3")
    assert "模板第 1 版" in capsys.readouterr().out
    assert CertificateTemplate.objects.get().type.validity_years == 3
