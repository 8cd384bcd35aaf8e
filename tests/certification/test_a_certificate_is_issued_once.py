"""Issuing: one number and one paper per completion, whatever is repeated, refused or killed."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice
from certification.models import (
    Certificate,
    CertificateDocument,
    CertificateEvent,
    CertificateTemplate,
    NumberSeries,
)
from certification.printing import typesetter
from certification.rules import codes
from certification.services import (
    issue_due_certificates,
    post_course_credit,
    posting,
)
from certification.services.issuing import NoIssuer
from core import clock
from core.models import AuditEvent, Job, OutboxEvent
from courses.models import CourseRun
from tests.certification.making import (
    a_certificate,
    a_completion,
    a_run,
    an_issuer,
    fresh,
    kinds,
)
from tests.people import a_bureau, a_county, a_school, a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


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


def test_a_run_is_issued_whole_and_only_once(deliver, capsys):
    an_issuer()
    run = a_run()
    for name in ("王小明", "李小红", "张三"):
        a_completion(a_teacher(name), run)
    call_command("issue_certificates", "--run", run.code, "--json")
    assert capsys.readouterr().out.strip() == (
        '{"completions": 3, "issued": 3, "already": 0, "held": 0, "failed": 0}'
    )
    call_command("issue_certificates", "--run", run.code)
    assert capsys.readouterr().out.strip() == "完成 3 人，新编号 0，已有 3，暂缓 0。"
    deliver()
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    assert CertificateDocument.objects.count() == 3


def test_numbering_takes_as_many_queries_for_many_as_for_few():
    an_issuer()
    a_certificate(a_teacher("第一位"))
    asked = []
    for count in (2, 9):
        owed = [a_completion(a_teacher(f"教师{count}{number}")).pk for number in range(count)]
        for completion_id in owed:
            post_course_credit(completion_id=completion_id)
        with CaptureQueriesContext(connection) as queries:
            assert len(issue_due_certificates(completion_ids=owed)) == count
        asked.append(len(queries))
        keys = [f"certification.render:{pk}:0" for pk in owed_certificates(owed)]
        assert Job.objects.filter(key__in=keys, state="queued").count() == count
        verbs = AuditEvent.objects.filter(
            verb="certificate.number", thing_id__in=owed_certificates(owed)
        )
        assert verbs.count() == count
    assert asked[0] == asked[1]


def owed_certificates(completion_ids):
    rows = Certificate.objects.filter(completion_id__in=completion_ids)
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


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


def test_the_command_finds_a_run_whose_code_was_corrected(capsys):
    an_issuer()
    completion = a_completion(a_teacher("王小明"), a_run(code="PSY-101-2062"))
    CourseRun.objects.update(code="PSY-101-2026")
    call_command("issue_certificates", "--run", "PSY-101-2026")
    assert capsys.readouterr().out.strip() == "完成 1 人，新编号 1，已有 0，暂缓 0。"
    assert Certificate.objects.get().completion == completion
    call_command("issue_certificates", "--run", "PSY-101-2062")
    assert capsys.readouterr().out.strip() == "完成 1 人，新编号 0，已有 1，暂缓 0。"


def test_the_command_asks_which_run_an_old_code_meant(capsys):
    an_issuer()
    for name, code in (("王小明", "A"), ("李小红", "B")):
        a_completion(a_teacher(name), a_run(code="OLD"))
        CourseRun.objects.filter(code="OLD").update(code=code)
    with pytest.raises(CommandError, match="A、B"):
        call_command("issue_certificates", "--run", "OLD")
    assert Certificate.objects.count() == 0


def test_the_command_tells_whose_credit_could_not_be_posted(capsys, monkeypatch):
    an_issuer()
    good, bad = [a_completion(a_teacher(name)) for name in ("王小明", "李小红")]
    real = posting.post_course_credit

    def refusing(*, completion_id):
        if completion_id == bad.pk:
            raise ValueError("a row that nobody expected")
        return real(completion_id=completion_id)

    monkeypatch.setattr(posting, "post_course_credit", refusing)
    with pytest.raises(SystemExit) as findings:
        call_command("issue_certificates", "--run", "PSY-101-2026")
    assert findings.value.code == 1
    assert "1 人的学时没有入账" in capsys.readouterr().out
    assert Certificate.objects.get().completion == good


def test_a_teacher_without_unit_belongs_to_the_issuer_and_one_without_sign_in_is_not_told(deliver):
    an_issuer()
    wang = a_teacher("王小明", with_user=False)
    wang.employments.all().delete()
    certificate = a_certificate(wang)
    deliver()
    assert (certificate.unit, certificate.unit_name) == (a_bureau(), "")
    assert fresh(certificate).state == "valid"
    assert Notice.objects.count() == 0


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
