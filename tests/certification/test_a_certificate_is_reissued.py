"""Re-issuing: for a reason, under the present name, one successor however often it is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from certification import selectors
from certification.models import (
    Certificate,
    CertificateEvent,
    NumberSeries,
)
from certification.services import (
    reissue_certificate,
    revoke_certificate,
)
from certification.services.issuing import AlreadyEnded, NameUnchanged
from core import clock
from core.errors import Missing
from core.models import AuditEvent
from core.reasons import ReasonMissing
from tests.certification.making import (
    a_certificate,
    an_issuer,
    fresh,
)
from tests.people import a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_a_new_name_gets_a_new_certificate_and_the_old_one_is_superseded(deliver, registrar):
    an_issuer(validity_years=3)
    wang = a_teacher("王小明")
    old = a_certificate(wang)
    deliver()
    wang.name = "王晓明"
    wang.save()
    with clock.frozen("2026-12-01T09:00:00+08:00"):
        new = reissue_certificate(actor=registrar.user, certificate=old, reason="更名")
        assert reissue_certificate(actor=registrar.user, certificate=old, reason="更名") == new
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
    revoke_certificate(actor=registrar.user, certificate=certificate, reason="名单有误，撤销")
    with pytest.raises(AlreadyEnded):
        reissue_certificate(actor=registrar.user, certificate=certificate, reason="更名")
    assert NumberSeries.objects.get().last == 1


def test_a_change_of_name_that_the_register_does_not_know_is_refused(
    certificate, registrar, client
):
    with pytest.raises(NameUnchanged) as refusal:
        reissue_certificate(actor=registrar.user, certificate=certificate, reason="更名")
    assert str(refusal.value) == (
        "名册上的现用姓名“王小明”与证书相同，换发不会改变姓名。已更名的，请先由所在学校在名册上"
        "改好再换发；因其他原因换发的，请勾选“姓名不变，因其他原因换发”。"
    )
    client.force_login(registrar.user)
    answer = client.post(f"/certificates/{certificate.pk}/successor/", {"reason": "更名"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "名册上的现用姓名“王小明”与证书相同，换发不会改变姓名。" in page
    assert 'value="更名"' in page, "what was typed stays"
    assert (Certificate.objects.count(), NumberSeries.objects.get().last) == (1, 1)
    assert not AuditEvent.objects.filter(verb="certificate.reissue").exists()


def test_another_reason_renews_a_certificate_under_the_same_name(certificate, registrar, client):
    client.force_login(registrar.user)
    answer = client.post(
        f"/certificates/{certificate.pk}/successor/", {"reason": "验证码外泄", "same_name": "on"}
    )
    new = Certificate.objects.get(supersedes=certificate)
    assert answer["Location"] == f"/certificates/{new.pk}/"
    assert (new.holder_name, new.number) == ("王小明", "信教体培证字〔2026〕000002号")


def test_a_name_that_differs_in_one_sign_is_a_change_of_name(certificate, registrar):
    certificate.teacher.name = "王小·明"
    certificate.teacher.save()
    new = reissue_certificate(actor=registrar.user, certificate=certificate, reason="更名")
    assert new.holder_name == "王小·明"
    assert AuditEvent.objects.get(verb="certificate.reissue").detail["same_name"] is False


@pytest.mark.parametrize(("present", "warned"), [("王小明", 1), ("王晓明", 0)])
def test_the_page_says_beforehand_whether_the_name_differs(
    certificate, registrar, client, present, warned
):
    certificate.teacher.name = present
    certificate.teacher.save()
    client.force_login(registrar.user)
    page = client.get(f"/certificates/{certificate.pk}/").content.decode()
    assert page.count("名册上的现用姓名与证书相同。") == warned


UNSTATED = ["", " \n\t", "改", "……——！！", "\u200b\u200b\u200b", "\0\0\0", "更" * 501]


@pytest.mark.parametrize("reason", UNSTATED)
def test_a_reason_is_demanded(certificate, registrar, client, reason):
    with pytest.raises(ReasonMissing) as refusal:
        reissue_certificate(actor=registrar.user, certificate=certificate, reason=reason)
    assert refusal.value.fields == {"reason": "请写明原因，至少 2 个字，最多 500 个字。"}
    client.force_login(registrar.user)
    answer = client.post(f"/certificates/{certificate.pk}/successor/", {"reason": reason})
    assert answer.status_code == 422
    assert NumberSeries.objects.get().last == 1
    assert Certificate.objects.count() == 1
    assert not AuditEvent.objects.filter(verb="certificate.reissue").exists()


def test_the_reason_and_the_registrar_are_kept(certificate, registrar):
    new = reissue_certificate(
        actor=registrar.user, certificate=certificate, reason=" 外\0泄\u200b ", same_name=True
    )
    asked = CertificateEvent.objects.get(certificate=new, kind="requested")
    assert (asked.reason, asked.actor_id, asked.actor_name) == ("外泄", registrar.user.pk, "陈登记")
    trace = AuditEvent.objects.get(verb="certificate.reissue")
    assert (trace.actor_id, trace.thing_id, trace.detail, trace.unit_path) == (
        registrar.user.pk,
        str(certificate.pk),
        {"successor": str(new.pk), "same_name": True},
        certificate.unit.path,
    )


def test_the_form_keeps_what_was_typed_and_stays_open(certificate, registrar, client):
    client.force_login(registrar.user)
    answer = client.post(f"/certificates/{certificate.pk}/successor/", {"reason": "改"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="改"' in page
    assert page.count('<details class="card" open>') == 1


def test_who_may_not_reissue_is_not_told_what_the_form_wants(certificate, client):
    client.force_login(certificate.teacher.user)
    for verb in ("successor", "revocation", "paper"):
        assert client.post(f"/certificates/{certificate.pk}/{verb}/", {}).status_code == 404


def test_a_waiting_successor_that_is_revoked_takes_the_old_one_along(
    certificate, registrar, deliver
):
    new = reissue_certificate(
        actor=registrar.user, certificate=certificate, reason="验证码外泄", same_name=True
    )
    revoke_certificate(actor=registrar.user, certificate=new, reason="名单有误，撤销")
    deliver()
    assert (fresh(certificate).state, fresh(new).state) == ("revoked", "revoked")
    assert selectors.ledger_of(certificate.teacher).balance.total == Decimal("0.00")
    assert list(selectors.differences()) == []
