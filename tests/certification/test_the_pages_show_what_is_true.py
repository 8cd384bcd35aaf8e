"""Pages and API of credits and certificates, for holders and for those above them."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from certification import selectors
from certification.models import Certificate
from certification.services import post_course_credit, reissue_certificate, revoke_certificate
from core.models import AuditEvent
from courses.models import Course
from tests.certification.making import (
    a_certificate,
    a_completion,
    a_course,
    a_run,
    an_issuer,
    fresh,
)
from tests.people import a_county, a_school, a_teacher, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_the_account_page_shows_total_bars_and_every_reason(client):
    wang = a_teacher("王小明")
    client.force_login(wang.user)
    assert "还没有学时入账" in client.get("/credits/").content.decode()
    for code in ("PSY-101-SPRING", "PSY-101-AUTUMN"):
        post_course_credit(completion_id=a_completion(wang, a_run(code=code)).pk)
    page = client.get("/credits/").content.decode()
    assert 'data-testid="credit-total">12.5<' in page
    assert "同一课程已计过学时，本次不重复计入" in page
    assert "完成课程，学时计入" in page
    assert "2026年11月20日" in page


def test_own_credits_and_certificates_are_read_in_english_where_the_course_has_a_title(
    client, certificate
):
    client.force_login(certificate.teacher.user)
    code = certificate.course_code
    Course.objects.filter(code=code).update(title_en="Mental health of teenagers")
    post_course_credit(completion_id=certificate.completion_id)
    for address in ("/credits/", "/certificates/"):
        assert "Mental health of teenagers" not in client.get(address).content.decode()
        client.cookies["django_language"] = "en"
        assert "Mental health of teenagers" in client.get(address).content.decode()
        client.cookies["django_language"] = "zh-hans"
    registrar = a_teacher("陈登记", school=a_county(), posts=["registrar"])
    client.force_login(registrar.user)
    client.cookies["django_language"] = "en"
    assert "Mental health of teenagers" in client.get("/certificates/registry/").content.decode()


def test_the_api_tells_the_same_account(client):
    wang = a_teacher("王小明")
    posting = post_course_credit(completion_id=a_completion(wang).pk)
    client.force_login(wang.user)
    answer = client.get("/api/v1/credits").json()
    assert answer["total"] == "12.50"
    assert answer["categories"] == [
        {"category": "专业科目", "counted_hours": "12.50", "uncounted_hours": "0.00"}
    ]
    assert [(p["id"], p["counted_hours"], p["category"]) for p in answer["postings"]] == [
        (str(posting.pk), "12.50", "SPECIAL")
    ]
    client.force_login(a_user("nobody"))
    assert client.get("/api/v1/credits").json() == {
        "total": "0.00",
        "categories": [],
        "postings": [],
    }


def test_anonymous_visitors_sign_in_first(client, certificate):
    for address in ("/credits/", "/certificates/", f"/certificates/{certificate.pk}/pdf/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"][:9]) == (302, "/sign-in/")
    assert client.get("/api/v1/credits").status_code == 401
    assert client.get("/api/v1/certificates").status_code == 401


def test_the_holder_downloads_the_very_bytes(client, certificate):
    client.force_login(certificate.teacher.user)
    assert certificate.number in client.get("/certificates/").content.decode()
    paper = client.get(f"/certificates/{certificate.pk}/pdf/")
    assert paper["Content-Type"] == "application/pdf"
    assert "attachment" in paper["Content-Disposition"]
    row = client.get("/api/v1/certificates").json()["results"][0]
    assert hashlib.sha256(paper.content).hexdigest() == row["sha256"]
    assert (row["id"], row["number"], row["code"], row["state"], row["pdf"]) == (
        str(certificate.pk),
        "信教体培证字〔2026〕000001号",
        certificate.code,
        "valid",
        f"/certificates/{certificate.pk}/pdf/",
    )
    page = client.get(f"/certificates/{certificate.pk}/").content.decode()
    assert row["sha256"] in page
    assert 'data-testid="revoke"' not in page
    assert not AuditEvent.objects.filter(verb__in=["certificate.view", "certificate.download"])


def test_staff_leave_a_trace_and_strangers_see_nothing(client, certificate, registrar):
    client.force_login(registrar.user)
    assert client.get(f"/certificates/{certificate.pk}/").status_code == 200
    assert client.get(f"/certificates/{certificate.pk}/pdf/").status_code == 200
    assert set(
        AuditEvent.objects.filter(actor_id=registrar.user.pk).values_list("verb", "thing_id")
    ) == {
        ("certificate.view", str(certificate.pk)),
        ("certificate.download", str(certificate.pk)),
    }
    client.force_login(a_teacher("同事").user)
    for address in ("", "pdf/"):
        assert client.get(f"/certificates/{certificate.pk}/{address}").status_code == 404
    assert client.get("/certificates/registry/").status_code == 404
    assert client.get("/api/v1/certificates").json()["count"] == 0


def test_a_certificate_without_paper_has_none_to_give(client):
    an_issuer()
    waiting = a_certificate(a_teacher("王小明"))
    client.force_login(waiting.teacher.user)
    assert client.get(f"/certificates/{waiting.pk}/pdf/").status_code == 404
    assert "文件正在生成" in client.get(f"/certificates/{waiting.pk}/").content.decode()
    row = client.get("/api/v1/certificates").json()["results"][0]
    assert (row["state"], row["pdf"], row["sha256"]) == ("pending", None, None)
    assert 'data-testid="download-pdf"' not in client.get("/certificates/").content.decode()


def test_the_registrar_finds_by_number_code_name_pinyin_and_state(client, deliver, registrar):
    an_issuer()
    made = [a_certificate(a_teacher(name)) for name in ("王小明", "王大海", "李小红")]
    far = a_school("罗山县第一中学", county=a_county("罗山县"))
    a_certificate(a_teacher("王远方", school=far))
    deliver()
    a_certificate(a_teacher("吴等待"))

    def found(q="", state=""):
        rows = selectors.registry(viewer=registrar.user, q=q, state=state)
        return {row.holder_name for row in rows}

    assert found() == {"王小明", "王大海", "李小红", "吴等待"}
    assert found("王") == {"王小明", "王大海"}
    assert found("wangxiao") == {"王小明"}
    assert found("wxm") == {"王小明"}
    assert found(made[2].formatted_code.lower()) == {"李小红"}
    assert found("信教体培证字[2026]2号") == {"王大海"}
    assert found("000003") == {"李小红"}
    assert found(made[0].teacher.staff_number.lower()) == {"王小明"}
    assert found("没有这个人") == set()
    assert found(state="pending") == {"吴等待"}
    assert found(state="nonsense") == found()
    assert selectors.waiting_count(registrar.user) == 1
    client.force_login(registrar.user)
    page = client.get("/certificates/registry/", {"q": "王"}).content.decode()
    look = AuditEvent.objects.get(verb="certificate.list")
    assert (look.actor_id, look.detail) == (registrar.user.pk, {"rows": 2, "searched": True})
    assert client.get("/api/v1/certificates").json()["count"] == 4
    assert AuditEvent.objects.filter(verb="certificate.list").count() == 2
    assert page.count('data-testid="registry-row"') == 2
    assert "没有符合条件的证书" in client.get("/certificates/registry/?q=zzz").content.decode()


def test_a_long_register_asks_the_database_a_few_times(
    client, deliver, registrar, django_assert_max_num_queries
):
    an_issuer()
    for number in range(12):
        a_certificate(a_teacher(f"教师{number}"))
    client.force_login(registrar.user)
    with django_assert_max_num_queries(14):
        assert client.get("/certificates/registry/").status_code == 200


def test_the_registrar_revokes_on_the_page_and_the_form_keeps_its_text(
    client, certificate, registrar
):
    client.force_login(registrar.user)
    address = f"/certificates/{certificate.pk}/revocation/"
    refused = client.post(address, {"reason": "错", "reason_class": "misconduct"})
    assert refused.status_code == 422
    assert ">错</textarea>" in refused.content.decode().replace("\n", "")
    sure = {"reason": "抽查发现代学", "reason_class": "misconduct", "sure": "1"}
    done = client.post(address, sure)
    assert done.status_code == 302
    again = client.post(address, sure)
    assert again.status_code == 302
    page = client.get(f"/certificates/{certificate.pk}/").content.decode()
    assert "抽查发现代学" in page
    assert 'data-testid="revoke"' not in page
    client.force_login(certificate.teacher.user)
    own = client.get(f"/certificates/{certificate.pk}/").content.decode()
    assert "弄虚作假" in own
    assert "代学" not in own


def test_the_registrar_reissues_after_a_change_of_name(client, certificate, registrar, deliver):
    certificate.teacher.name = "王晓明"
    certificate.teacher.save()
    client.force_login(registrar.user)
    page = client.get(f"/certificates/{certificate.pk}/").content.decode()
    assert '<details class="card" open>' in page
    done = client.post(f"/certificates/{certificate.pk}/successor/", {"reason": "更名"})
    deliver()
    new = client.get(done["Location"]).content.decode()
    assert "王晓明" in new
    assert "本证书换发自" in new
    old = client.get(f"/certificates/{certificate.pk}/").content.decode()
    assert f"这张证书已换发，现在有效的是 {Certificate.objects.latest('sequence').number}。" in old
    client.force_login(certificate.teacher.user)
    assert client.post(f"/certificates/{certificate.pk}/successor/", {}).status_code == 404


def notices(client, certificate):
    page = client.get(f"/certificates/{certificate.pk}/").content.decode()
    found = re.findall(r'<div class="notice".*?</div>', page, re.S)
    return [
        re.sub(r"(<[^>]*>|\s)+", " ", text).strip() for text in found if "/certificates/" in text
    ]


def test_each_page_of_a_chain_says_which_certificate_is_valid_now(
    client, certificate, registrar, deliver
):
    client.force_login(certificate.teacher.user)
    facts = {"actor": registrar.user, "reason": "验证码外泄", "same_name": True}
    assert notices(client, certificate) == []
    second = reissue_certificate(certificate=certificate, **facts)
    first_number, second_number = certificate.number, second.number
    assert notices(client, certificate) == [
        f"新证书正在签发；签发之前，现在有效的仍是这张证书。 查看 {second_number}"
    ]
    assert notices(client, second) == [
        f"本证书用来换发 {first_number}；签发之前，现在有效的仍是 {first_number}。"
        f" 查看 {first_number}"
    ]
    deliver()
    third = reissue_certificate(certificate=fresh(second), **facts)
    deliver()
    for old in (certificate, second):
        assert notices(client, old)[-1] == (
            f"这张证书已换发，现在有效的是 {third.number}。 查看 {third.number}"
        )
    assert notices(client, third) == [f"本证书换发自 {second_number}。 查看 {second_number}"]
    revoke_certificate(actor=registrar.user, certificate=fresh(third), reason="名单有误，撤销")
    assert notices(client, certificate) == [
        f"这张证书已换发；换发后的 {third.number} 现为“已撤销”，目前没有有效的证书。"
        f" 查看 {third.number}"
    ]


def test_a_stranger_to_the_successor_is_not_led_there(client, certificate, registrar, deliver):
    reissue_certificate(
        actor=registrar.user, certificate=certificate, reason="验证码外泄", same_name=True
    )
    deliver()
    client.force_login(a_user("visitor"))
    assert client.get(f"/certificates/{certificate.pk}/").status_code == 404
    assert "000002" not in client.get(f"/verify/{certificate.code}/").content.decode()


def test_the_course_says_both_that_it_was_completed_and_that_the_hours_were_taken_back(
    client, certificate, registrar
):
    wang = certificate.teacher
    client.force_login(wang.user)
    Course.objects.update(credit_hours="99.00")
    for page in ("/learn/", "/learn/PSY-101-2026/"):
        assert "结业，计 12.5 学时。" in client.get(page).content.decode()
    revoke_certificate(actor=registrar.user, certificate=certificate, reason="名单有误，撤销")
    for page in ("/learn/", "/learn/PSY-101-2026/"):
        text = client.get(page).content.decode()
        assert "结业；证书已于2026年11月23日撤销，12.5 学时已冲销，不再计入。" in text
        assert "计 12.5 学时" not in text


def test_a_second_pass_says_that_its_hours_do_not_count_again(client, certificate):
    a_certificate(certificate.teacher, a_run(code="PSY-101-AGAIN"))
    client.force_login(certificate.teacher.user)
    again = client.get("/learn/PSY-101-AGAIN/").content.decode()
    assert "这门课程以前已计过学时，本次不重复计入。" in again
    assert "计 12.5 学时" in client.get("/learn/PSY-101-2026/").content.decode()


def test_an_english_title_is_that_of_the_completed_course_whoever_bears_its_code_now(
    client, certificate
):
    Course.objects.update(code="PSY-201", title_en="Minds of the young")
    Course.objects.filter(pk=a_course("PSY-101", "家校沟通").pk).update(title_en="Home and school")
    client.force_login(certificate.teacher.user)
    client.post("/language/", {"language": "en"})
    for page in ("/certificates/", "/credits/"):
        text = client.get(page).content.decode()
        assert ("Minds of the young" in text, "Home and school" in text) == (True, False)


def test_the_registrar_tries_a_held_paper_again(client, registrar, deliver, monkeypatch):
    from certification.printing import typesetter

    an_issuer()
    held = a_certificate(a_teacher("王\ue863"))
    deliver()
    client.force_login(registrar.user)
    page = client.get(f"/certificates/{held.pk}/").content.decode()
    assert "U+E863" in page
    monkeypatch.setattr(typesetter, "typeset", lambda page: b"%PDF-1.7 with the new font")
    assert client.post(f"/certificates/{held.pk}/paper/").status_code == 302
    deliver()
    assert fresh(held).state == "valid"


def test_the_api_revokes_once_under_one_key(client, certificate, registrar):
    client.force_login(registrar.user)
    address = f"/api/v1/certificates/{certificate.pk}/revocation"

    def post(body, key="k1"):
        return client.post(
            address,
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": key} if key else {},
        )

    body = {"reason": "抽查发现代学"}
    assert post(body, key=None).status_code == 400
    for reason in ("", "错", "。。。。。"):
        refused = post({"reason": reason}, key="k0")
        assert (refused.status_code, refused.json()["code"]) == (422, "reason_missing")
    refused = post({"reason": "\0\0\0\0"}, key="k0")
    assert (refused.status_code, refused.json()["code"]) == (400, "unusable_text")
    assert fresh(certificate).state == "valid"
    first, again = post(body), post(body)
    assert first.status_code == 200
    assert first.json() == again.json()
    assert first.json()["state"] == "revoked"
    assert post({"reason": "别的原因"}).status_code == 422
    assert fresh(certificate).state == "revoked"
    client.force_login(certificate.teacher.user)
    assert post(body, key="k2").status_code == 404
