"""Revoking: by the registrar above it, for a reason, once, with the credit."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice
from certification import selectors
from certification.models import CertificateEvent, CreditPosting
from certification.permissions import (
    can_view_certificate,
    manages_certificate,
    visible_certificates,
)
from certification.services import reissue_certificate, revoke_certificate
from certification.services.issuing import AlreadyEnded
from certification.services.revoking import ReasonClassUnknown
from core.errors import Missing
from core.models import AuditEvent, OutboxEvent
from core.reasons import ReasonMissing
from schools.models import Role
from tests.certification.making import a_certificate, a_run, an_issuer, fresh
from tests.people import a_bureau, a_county, a_school, a_teacher, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_a_registrar_revokes_once_and_the_credit_goes_once(certificate, registrar):
    first = revoke_certificate(
        actor=registrar.user,
        certificate=certificate,
        reason=" 抽查发现代学 ",
        reason_class="misconduct",
    )
    again = revoke_certificate(actor=registrar.user, certificate=certificate, reason="再点一次")
    assert first == again
    assert (first.reason, first.reason_class, first.actor_name, first.actor_id) == (
        "抽查发现代学",
        "misconduct",
        "陈登记",
        registrar.user.pk,
    )
    assert fresh(certificate).state == "revoked"
    assert selectors.ledger_of(certificate.teacher).balance.total == Decimal("0.00")
    assert CreditPosting.objects.filter(kind="reverse").count() == 1
    assert AuditEvent.objects.filter(verb="certificate.revoke").count() == 1
    assert OutboxEvent.objects.filter(kind__endswith="CertificateRevoked").count() == 1
    assert Notice.objects.filter(user=certificate.teacher.user, kind="certificate_revoked").exists()


def test_a_reason_is_demanded(certificate, registrar):
    for reason in ("", "错了", "。。。。。。", "\0错\0了\0", "错" * 501):
        with pytest.raises(ReasonMissing) as refusal:
            revoke_certificate(actor=registrar.user, certificate=certificate, reason=reason)
        assert refusal.value.fields == {"reason": "请写明原因，至少 4 个字，最多 500 个字。"}
    with pytest.raises(ReasonClassUnknown) as unknown:
        revoke_certificate(
            actor=registrar.user, certificate=certificate, reason="名单有误", reason_class="whim"
        )
    assert set(unknown.value.fields) == {"reason_class"}
    assert fresh(certificate).state == "valid"
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateEvent.objects.create(certificate=certificate, kind="revoked")


def test_the_form_presumes_no_reason_and_demands_one(certificate, registrar, client):
    client.force_login(registrar.user)
    page = client.get(f"/certificates/{certificate.pk}/").content.decode()
    choices = page.partition('name="reason_class"')[2].partition("</select>")[0]
    assert '<option value="" selected>请选择</option>' in choices
    assert choices.count("selected") == 1
    address = f"/certificates/{certificate.pk}/revocation/"
    answer = client.post(address, {"reason": "名单有误，撤销", "reason_class": ""})
    assert answer.status_code == 422
    assert fresh(certificate).state == "valid"


def test_nobody_else_revokes(certificate):
    county, other = a_county(), a_county("罗山县")
    strangers = [
        SimpleNamespace(user=a_user("nobody")),
        certificate.teacher,
        a_teacher("外县登记", school=other, posts=["registrar"]),
        a_teacher("校长", posts=["principal"]),
        a_teacher("县干部", school=county, posts=["county_officer"]),
    ]
    for stranger in strangers:
        with pytest.raises(Missing):
            revoke_certificate(
                actor=stranger.user, certificate=certificate, reason="名单有误，撤销"
            )
    root = a_user("root")
    root.is_superuser = True
    root.save()
    with pytest.raises(Missing):
        revoke_certificate(actor=root, certificate=certificate, reason="名单有误，撤销")
    assert fresh(certificate).state == "valid"
    assert selectors.ledger_of(certificate.teacher).balance.total == Decimal("12.50")


def test_a_registrar_does_not_revoke_the_own_certificate(deliver, registrar):
    an_issuer()
    own = a_certificate(registrar)
    deliver()
    with pytest.raises(Missing):
        revoke_certificate(actor=registrar.user, certificate=own, reason="名单有误，撤销")


def test_a_superseded_certificate_is_not_revoked_but_its_successor_is(
    certificate, registrar, deliver
):
    new = reissue_certificate(
        actor=registrar.user, certificate=certificate, reason="验证码外泄", same_name=True
    )
    deliver()
    with pytest.raises(AlreadyEnded):
        revoke_certificate(actor=registrar.user, certificate=certificate, reason="名单有误，撤销")
    revoke_certificate(actor=registrar.user, certificate=new, reason="名单有误，撤销")
    assert (fresh(certificate).state, fresh(new).state) == ("superseded", "revoked")
    assert CreditPosting.objects.filter(kind="reverse").count() == 1


def test_a_successor_that_waits_for_its_paper_ends_with_the_old_one(
    certificate, registrar, deliver
):
    new = reissue_certificate(
        actor=registrar.user, certificate=certificate, reason="验证码外泄", same_name=True
    )
    revoke_certificate(actor=registrar.user, certificate=certificate, reason="名单有误，撤销")
    deliver()
    assert (fresh(certificate).state, fresh(new).state) == ("revoked", "revoked")


def test_after_a_revocation_the_course_can_be_earned_anew(certificate, registrar, deliver):
    revoke_certificate(actor=registrar.user, certificate=certificate, reason="名单有误，撤销")
    again = a_certificate(certificate.teacher, a_run(code="PSY-101-AGAIN"))
    deliver()
    assert fresh(again).state == "valid"
    assert selectors.ledger_of(certificate.teacher).balance.total == Decimal("12.50")


def test_somebody_without_sign_in_is_revoked_without_notice(deliver, registrar):
    an_issuer()
    made = a_certificate(a_teacher("李小红", with_user=False))
    deliver()
    revoke_certificate(actor=registrar.user, certificate=made, reason="名单有误，撤销")
    assert Notice.objects.count() == 0


def test_who_sees_a_certificate_is_one_rule(certificate, registrar):
    school, other = a_school(), a_school("罗山县第一中学", county=a_county("罗山县"))
    people = {
        certificate.teacher.user: True,
        registrar.user: True,
        a_teacher("校长", posts=["principal"]).user: True,
        a_teacher("校管", posts=["school_admin"]).user: True,
        a_teacher("县干部", school=a_county(), posts=["county_officer"]).user: True,
        a_teacher("市干部", school=a_bureau(), posts=["bureau_officer"]).user: True,
        a_teacher("同事", school=school).user: False,
        a_teacher("外校校长", school=other, posts=["principal"]).user: False,
        a_teacher("审计", school=a_bureau(), posts=[Role.AUDITOR]).user: False,
        a_user("nobody"): False,
    }
    for person, sees in people.items():
        assert can_view_certificate(person, certificate) is sees, person
        assert visible_certificates(person).filter(pk=certificate.pk).exists() is sees, person
        assert manages_certificate(person, certificate) is (person == registrar.user), person


def test_a_right_ends_with_the_post(certificate, registrar, at):
    post = registrar.posts.get()
    post.ends_on = "2026-11-24"
    post.save()
    at("2026-11-24T00:00:00+08:00")
    again = type(registrar.user).objects.get(pk=registrar.user.pk)
    with pytest.raises(Missing):
        revoke_certificate(actor=again, certificate=certificate, reason="名单有误，撤销")
