"""Public verification: a verdict in words, a masked name, and nothing for those who guess."""

from __future__ import annotations

import re

import pytest

from certification.models import VerificationLog
from certification.rules import codes
from certification.services import reissue_certificate, revoke_certificate
from core.models import ThrottleCount
from tests.certification.making import a_certificate, an_issuer
from tests.people import a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def certificate(deliver):
    an_issuer(validity_years=3)
    made = a_certificate(a_teacher("欧阳娜娜"))
    deliver()
    return made


def ask(client, **question):
    return client.get("/api/v1/verify", question).json()


def test_the_qr_address_shows_a_valid_certificate_with_a_masked_name(client, certificate):
    for spelling in (certificate.code, certificate.code.lower(), certificate.formatted_code):
        page = client.get(f"/verify/{spelling}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert 'data-verdict="valid"' in text
        assert "欧阳*" in text
        assert "娜娜" not in text
        assert "青少年心理健康教育" in text
    assert ask(client, code=certificate.code) == {
        "verdict": "valid",
        "masked_name": "欧阳*",
        "course": "青少年心理健康教育",
        "credit_hours": "12.50",
        "issued_on": "2026-11-23",
        "expires_on": "2029-11-22",
    }
    assert set(VerificationLog.objects.values_list("certificate", "by", "verdict")) == {
        (certificate.pk, "code", "valid")
    }


def test_every_state_is_said_in_words(client, certificate, registrar, deliver, at):
    waiting = a_certificate(a_teacher("李小红"))
    assert ask(client, code=waiting.code)["verdict"] == "pending"
    deliver()
    revoke_certificate(
        actor=registrar.user,
        certificate=waiting,
        reason="抽查发现代学",
        reason_class="misconduct",
    )
    page = client.get(f"/verify/{waiting.code}/").content.decode()
    assert 'data-verdict="revoked"' in page
    assert "弄虚作假" in page
    assert "代学" not in page, "the whole reason is for staff"
    new = reissue_certificate(
        actor=registrar.user, certificate=certificate, reason="验证码外泄", same_name=True
    )
    deliver()
    page = client.get(f"/verify/{certificate.code}/").content.decode()
    assert 'data-verdict="superseded"' in page
    assert "已换发" in page
    assert new.number not in page
    assert new.code not in page
    at("2029-11-22T23:59:59+08:00")
    assert ask(client, code=new.code)["verdict"] == "valid"
    at("2029-11-23T00:00:00+08:00")
    assert ask(client, code=new.code)["verdict"] == "expired"


def test_an_unknown_code_and_a_misread_one_are_told_apart_but_not_refused(client, certificate):
    unknown = client.get(f"/verify/{codes.new_code()}/")
    misread = client.get(
        f"/verify/{certificate.code[:-1]}{'0' if certificate.code[-1] != '0' else '1'}/"
    )
    for page in (unknown, misread):
        assert page.status_code == 200
        assert 'data-verdict="unknown"' in page.content.decode()
    assert "校验" in misread.content.decode()
    assert "校验" not in unknown.content.decode()


def test_a_code_that_is_too_short_is_said_to_have_fourteen_symbols(client):
    for page in (client.get("/verify/", {"code": "abc"}), client.get("/verify/abc/")):
        text = page.content.decode()
        assert 'data-verdict="unknown"' in text
        assert "验证码应为 14 位数字和字母，所填内容不是 14 位" in text
        assert "没有通过校验" not in text


def test_what_the_paper_prints_may_be_pasted_whole(client, certificate):
    address = f"http://testserver/verify/{certificate.formatted_code}/"
    for pasted in (f"验证码　{certificate.formatted_code}", f"{address:>200}"):
        page = client.get("/verify/", {"code": pasted})
        assert 'data-verdict="valid"' in page.content.decode()
        assert ask(client, code=pasted)["verdict"] == "valid"


def test_a_typed_code_offers_the_name_as_the_qr_address_does(client, certificate):
    page = client.get("/verify/", {"code": certificate.code}).content.decode()
    assert f'action="/verify/{certificate.formatted_code}/"' in page
    assert "核对姓名" in page
    assert page.count('id="id_name"') == 1
    unknown = client.get("/verify/", {"code": codes.new_code()}).content.decode()
    assert "核对姓名" not in unknown


def test_the_number_is_told_to_those_who_know_the_full_name(client, certificate):
    address = f"/verify/{certificate.formatted_code}/"
    assert certificate.number not in client.get(address).content.decode()
    assert certificate.number not in client.post(address, {"name": "欧阳菲菲"}).content.decode()
    assert certificate.number in client.post(address, {"name": "欧阳娜娜"}).content.decode()


def test_number_and_full_name_together_give_the_verdict(client, certificate):
    answer = ask(client, number="信教体培证字[2026]1号", name="欧阳 娜娜")
    assert (answer["verdict"], answer["masked_name"]) == ("valid", "欧阳*")
    page = client.post("/verify/", {"number": certificate.number, "name": "欧阳娜娜"})
    assert 'data-verdict="valid"' in page.content.decode()


def test_a_wrong_name_and_a_missing_number_look_the_same(client, certificate):
    wrong = client.get("/verify/", {"number": certificate.number, "name": "欧阳菲菲"})
    missing = client.get("/verify/", {"number": "信教体培证字〔2026〕000002号", "name": "欧阳菲菲"})

    def plain(page):
        text = page.content.decode().replace("000002", "000001")
        return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", text)

    assert (wrong.status_code, missing.status_code) == (200, 200)
    assert plain(wrong) == plain(missing)
    assert 'data-verdict="unknown"' in wrong.content.decode()
    assert ask(client, number=certificate.number, name="欧阳菲菲") == ask(
        client, number="信教体培证字〔2026〕000009号", name="欧阳菲菲"
    )


@pytest.mark.parametrize(
    "number", ["信教体培证字〔2026〕000001号", "信教体培证字〔2026〕000099号", "乱写"]
)
def test_after_five_wrong_names_even_the_right_one_waits(client, certificate, number):
    for _attempt in range(5):
        assert ask(client, number=number, name="错名")["verdict"] == "unknown"
    refused = client.get("/api/v1/verify", {"number": number, "name": "欧阳娜娜"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert refused.json()["code"] == "throttled"
    assert ask(client, code=certificate.code)["verdict"] == "valid"


def test_a_right_name_is_never_counted(client, certificate):
    for _attempt in range(8):
        assert ask(client, number=certificate.number, name="欧阳娜娜")["verdict"] == "valid"


def test_an_address_asks_thirty_times_a_minute(client, certificate, at):
    for _attempt in range(30):
        assert client.get("/api/v1/verify", {"code": certificate.code}).status_code == 200
    page = client.get(f"/verify/{certificate.code}/")
    assert page.status_code == 429
    assert page["Retry-After"]
    assert client.get("/verify/").status_code == 200, "the empty form costs nothing"
    other = client.get(f"/verify/{certificate.code}/", REMOTE_ADDR="10.1.2.3")
    assert other.status_code == 200
    at("2026-11-23T09:01:00+08:00")
    assert client.get(f"/verify/{certificate.code}/").status_code == 200


def test_the_full_name_is_confirmed_only_to_those_who_know_it(client, certificate):
    address = f"/verify/{certificate.code}/"
    assert "一致" in client.post(address, {"name": "欧阳娜娜"}).content.decode()
    assert "不一致" in client.post(address, {"name": "欧阳菲菲"}).content.decode()
    assert client.post(address, {"name": ""}).status_code == 200
    for _attempt in range(4):
        client.post(address, {"name": "欧阳菲菲"})
    assert client.post(address, {"name": "欧阳娜娜"}).status_code == 429


def test_a_form_that_is_not_filled_in_says_so(client):
    assert client.get("/api/v1/verify").status_code == 422
    assert client.get("/api/v1/verify", {"number": "x"}).status_code == 422
    for question in ({"code": ""}, {"number": "信教体培证字〔2026〕000001号"}):
        page = client.post("/verify/", question)
        assert page.status_code == 200
        assert "data-verdict" not in page.content.decode()
    page = client.get("/verify/", {"code": "xy"})
    assert 'data-verdict="unknown"' in page.content.decode()
    assert VerificationLog.objects.count() == 1


def test_a_look_up_keeps_no_address_and_no_name(client, certificate):
    client.get(f"/verify/{certificate.code}/")
    kept = VerificationLog.objects.get()
    assert {field.name for field in kept._meta.fields} == {
        "id", "created_at", "certificate", "by", "verdict",
    }  # fmt: skip
    assert all("127.0.0.1" not in row.subject for row in ThrottleCount.objects.all())


@pytest.mark.parametrize("question", [{"number": "\0", "name": "王芳"}, {"code": "\0"}])
def test_a_sign_that_no_database_takes_is_400_and_no_look_up(client, question):
    answer = client.get("/api/v1/verify", question)
    assert (answer.status_code, answer.json()["code"]) == (400, "unusable_text")
    assert not VerificationLog.objects.exists()
