"""What the register and the pages of a certificate say of it: never issued, issued, withdrawn."""

from __future__ import annotations

import pytest
from django.urls import reverse

from certification.services import reissue_certificate, revoke_certificate
from courses.models import Course, CreditCategory
from tests.certification.making import a_certificate, an_issuer, fresh
from tests.people import a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def text_of(client, address):
    return client.get(address).content.decode()


def test_what_was_never_issued_has_no_date_of_issue_and_nothing_to_scan(client, registrar, deliver):
    an_issuer(validity_years=3)
    waiting = a_certificate(a_teacher("吴等待"))
    pages = (f"/certificates/{waiting.pk}/", f"/verify/{waiting.code}/", "/certificates/registry/")
    for withdrawn in (False, True):
        if withdrawn:
            revoke_certificate(actor=registrar.user, certificate=waiting, reason="名单有误，撤销")
        client.force_login(registrar.user)
        for page in pages[:2]:
            text = text_of(client, page)
            assert "2026年11月20日" in text, "the day of completion stands"
            for absent in ("发证日期", "有效期至", "怎样查验"):
                assert absent not in text, (page, absent)
        assert '发证日期">—</td>' in text_of(client, pages[2])
        client.force_login(waiting.teacher.user)
        own = text_of(client, "/certificates/")
        assert ("12.5 学时" in own, "发证</p>" in own) == (True, False)
        answer = client.get("/api/v1/verify", {"code": waiting.code}).json()
        assert (answer["issued_on"], answer["expires_on"]) == (None, None)


def test_what_was_issued_shows_its_date_and_how_to_verify_it(client, certificate, registrar):
    client.force_login(registrar.user)
    page = text_of(client, f"/certificates/{certificate.pk}/")
    assert "<dt>发证日期</dt><dd>2026年11月23日</dd>" in page
    assert "怎样查验" in page
    assert '发证日期">2026年11月23日</td>' in text_of(client, "/certificates/registry/")


def test_each_reader_finds_the_way_back(client, certificate, registrar):
    for person, back, name in (
        (registrar, "/certificates/registry/", "证书登记簿"),
        (certificate.teacher, "/certificates/", "我的证书"),
    ):
        client.force_login(person.user)
        page = text_of(client, f"/certificates/{certificate.pk}/")
        crumbs = page.partition('<nav class="breadcrumb"')[2].partition("</nav>")[0]
        assert f'<a href="{back}">{name}</a>' in crumbs
        assert f'<li aria-current="page">{certificate.number}</li>' in crumbs


def test_the_page_is_read_in_english_with_course_category_and_one_form_of_dates(
    client, certificate
):
    Course.objects.update(title_en="Mental health of teenagers")
    CreditCategory.objects.update(name_en="Specialist subjects")
    client.force_login(certificate.teacher.user)
    client.post("/language/", {"language": "en"})
    for page in (f"/certificates/{certificate.pk}/", f"/verify/{certificate.code}/"):
        text = text_of(client, page)
        assert "<dd>Mental health of teenagers</dd>" in text
        assert "12.5 credit hours (Specialist subjects)" in text
        assert "<dd>23 November 2026</dd>" in text
        assert "2026-11-23<" not in text
    history = text_of(client, f"/certificates/{certificate.pk}/").partition('"history"')[2]
    assert '<th scope="row">Numbered</th>' in history
    assert '<th scope="row">Issued</th>' in history


REVOCATION = {"reason": "抽查发现代学", "reason_class": "misconduct"}


def test_a_revocation_is_asked_about_with_the_name_the_course_and_the_hours(
    client, certificate, registrar
):
    client.force_login(registrar.user)
    address = f"/certificates/{certificate.pk}/revocation/"
    asked = client.post(address, REVOCATION)
    assert asked.status_code == 200
    facts = asked.content.decode().partition('data-testid="revocation-facts"')[2]
    for words in ("王小明", "青少年心理健康教育", "12.5", "弄虚作假", "抽查发现代学"):
        assert f"<dd>{words}</dd>" in facts.partition("</dl>")[0], words
    assert fresh(certificate).state == "valid"
    back = client.post(address, {**REVOCATION, "back": "1"}).content.decode()
    assert ">抽查发现代学</textarea>" in back.replace("\n", "")
    assert fresh(certificate).state == "valid"
    client.post(address, {**REVOCATION, "sure": "1"})
    assert fresh(certificate).state == "revoked"


def test_the_question_names_the_successor_that_would_end_as_well(client, certificate, registrar):
    new = reissue_certificate(
        actor=registrar.user, certificate=certificate, reason="验证码外泄", same_name=True
    )
    client.force_login(registrar.user)
    address = f"/certificates/{certificate.pk}/revocation/"
    asked = client.post(address, REVOCATION).content.decode()
    assert f"<dt>同时撤销</dt><dd>{new.number}</dd>" in asked


def test_a_holder_is_told_which_certificate_was_revoked_when_why_and_whom_to_ask(
    client, certificate, registrar
):
    Course.objects.update(title_en="Mental health of teenagers")
    revoke_certificate(actor=registrar.user, certificate=certificate, **REVOCATION)
    client.force_login(certificate.teacher.user)
    assert (
        "您的《青少年心理健康教育》结业证书（信教体培证字〔2026〕000001号）已被撤销，学时已冲销。"
        in text_of(client, "/notices/")
    )
    page = text_of(client, f"/certificates/{certificate.pk}/")
    assert "撤销日期 2026年11月23日，原因：弄虚作假。这门课程的学时已冲销。" in page
    assert "请向浉河区的学分证书管理员或发证机构信阳市教育体育局提出。" in page
    client.post("/language/", {"language": "en"})
    inbox = text_of(client, "/notices/")
    assert (
        "Your certificate for “Mental health of teenagers” (信教体培证字〔2026〕000001号)" in inbox
    )


def test_the_page_of_the_course_says_that_the_hours_were_taken_back(client, certificate, registrar):
    course = certificate.completion.enrolment.run.course
    Course.objects.update(state="published")
    client.force_login(certificate.teacher.user)
    address = reverse("courses:enrol-fragment", args=[course.pk])
    assert "结业，计 12.5 学时。" in text_of(client, address)
    revoke_certificate(actor=registrar.user, certificate=certificate, **REVOCATION)
    assert "证书已于2026年11月23日撤销，12.5 学时已冲销，不再计入。" in text_of(client, address)
