"""A teacher's certificate before its holder, the public and the registrar."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from certification.models import Certificate
from core.workbooks import write_workbook
from tests.certification.making import a_certificate, a_course, a_run, an_issuer
from tests.people import a_county, a_teacher

OpenPage = Callable[..., Page]
WIDTHS = (390, 1366)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def shelf(live_server: Any, deliver: Callable[[], int]) -> list[Certificate]:
    """Two certificates of one teacher and one of another; 陈登记 keeps the register."""
    an_issuer(validity_years=3)
    wang = a_teacher("王小明", number="T900")
    a_teacher("陈登记", school=a_county(), posts=["registrar"], number="R900")
    talk = a_run(a_course("TALK-201", "家校沟通：把话说到一起", "8.00"), "TALK-201-2026")
    made = [a_certificate(wang), a_certificate(wang, talk), a_certificate(a_teacher("李小红"))]
    deliver()
    return made


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_certificate_hinder_nobody(
    width: int,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    shelf: list[Certificate],
):
    holder, registrar = browser_page(width), browser_page(width)
    sign_in(holder, "t900")
    sign_in(registrar, "r900")
    visits = [
        (holder, "credits", "/credits/"),
        (holder, "certificates", "/certificates/"),
        (holder, "certificate", f"/certificates/{shelf[0].pk}/"),
        (holder, "verify", "/verify/"),
        (holder, "verification", f"/verify/{shelf[0].code}/"),
        (registrar, "registry", "/certificates/registry/"),
        (registrar, "registry-certificate", f"/certificates/{shelf[0].pk}/"),
        (registrar, "checks", "/certificates/checks/"),
    ]
    for page, name, address in visits:
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        picture(page, name)
        assert page.evaluate(OVERFLOW) <= 0, name


def test_a_stranger_opens_the_qr_address_and_types_the_name(
    browser_page: OpenPage, shelf: list[Certificate]
):
    page = browser_page(390)
    page.goto(f"/verify/{shelf[0].code.lower()}/")
    expect(page.locator("[data-verdict=valid]")).to_be_visible()
    expect(page.locator("main")).to_contain_text("王*")
    page.get_by_test_id("confirm-name").fill("王小明")
    page.get_by_test_id("confirm-name-send").click()
    expect(page.locator("main")).to_contain_text("所填姓名与证书一致")
    page.goto("/verify/")
    page.get_by_test_id("verify-number").fill(shelf[0].number)
    page.get_by_test_id("verify-name").fill("王大明")
    page.get_by_test_id("verify-by-number").click()
    expect(page.locator("[data-verdict=unknown]")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_registrar_checks_a_workbook_and_revokes(
    scripts: bool,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    shelf: list[Certificate],
    deliver: Callable[[], int],
    tmp_path: Path,
):
    page = browser_page(1366, scripts=scripts)
    sign_in(page, "r900")
    book = tmp_path / "职称评审名单.xlsx"
    rows = [["姓名", "证书编号"], *([c.holder_name, c.number] for c in shelf), ["路人", "乱写"]]
    book.write_bytes(write_workbook({"名单": rows}))
    page.goto("/certificates/checks/")
    page.get_by_test_id("check-file").set_input_files(book)
    page.get_by_test_id("check-upload").click()
    expect(page.get_by_test_id("check-progress")).to_have_attribute("data-state", "queued")
    deliver()
    if not scripts:
        page.get_by_role("link", name="刷新进度").click()
    expect(page.get_by_test_id("check-progress")).to_have_attribute("data-state", "done")
    expect(page.get_by_test_id("count-valid")).to_have_text("3")
    with page.expect_download() as download:
        page.get_by_test_id("check-result").click()
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == [
        "有效", "有效", "有效", "查无此证",
    ]  # fmt: skip
    page.goto("/certificates/registry/?q=lxh")
    page.get_by_test_id("registry-row").click()
    page.get_by_test_id("open-revocation").click()
    page.get_by_test_id("revocation-class").select_option("misconduct")
    page.get_by_test_id("revocation-reason").fill("抽查发现代学")
    page.get_by_test_id("revoke").click()
    expect(page.get_by_test_id("revocation-facts")).to_contain_text("李小红")
    page.get_by_test_id("revoke-sure").click()
    expect(page.locator(".certificate-sheet")).to_have_attribute("data-state", "revoked")
    page.goto(f"/verify/{shelf[2].code}/")
    expect(page.locator("[data-verdict=revoked]")).to_be_visible()
