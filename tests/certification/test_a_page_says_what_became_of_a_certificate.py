"""What the register and the pages of a certificate say of it: never issued, issued, withdrawn."""

from __future__ import annotations

import pytest

from certification.services import revoke_certificate
from courses.models import Course, CreditCategory
from tests.certification.making import a_certificate, an_issuer
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
