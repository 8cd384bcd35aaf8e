"""An officer adds a school and a person, moves her, and the bureau keeps the calendar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from schools.models import Role, Teacher, Unit
from tests.people import a_bureau, a_county, a_school, a_teacher

OpenPage = Callable[..., Page]
WIDTHS = (390, 1366)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def county() -> Unit:
    place = a_county("浉河区")
    a_school("浉河区第一小学", county=place)
    a_teacher("陈刚", school=place, number="C1", posts=[Role.COUNTY_OFFICER])
    a_teacher("郑华", school=a_bureau(), number="Z1", posts=[Role.BUREAU_OFFICER])
    return place


def sent(page: Page, axe: Callable[[Page], None], **values: str) -> None:
    """Fill the form, check the page, and send it."""
    for name, value in values.items():
        field = page.locator(f"form [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_test_id("save").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_school_and_a_person_come_in_one_by_one(
    width: int,
    county: Unit,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
):
    page = browser_page(width, expect=(422,))
    sign_in(page, "c1")
    page.goto(f"/schools/units/{county.pk}/")
    page.get_by_test_id("add-unit").click()
    sent(page, axe, code="s0009", name="浉河区第九小学", stage="primary")
    expect(page.locator(".messages")).to_contain_text("单位已添加")
    school = Unit.objects.get(code="S0009")
    page.goto(f"/schools/units/{school.pk}/")
    page.get_by_test_id("add-teacher").click()
    sent(page, axe, staff_number="N1", name="孙丽9")
    expect(page.locator(".field-error")).to_contain_text("不像姓名")
    sent(page, axe, name="孙丽")
    page.get_by_role("link", name="孙丽").click()
    axe(page)
    page.get_by_test_id("move-teacher").click()
    sent(page, axe, unit="浉河区第一小学")
    expect(page.locator("main")).to_contain_text("浉河区第一小学")
    work = Teacher.objects.get(staff_number="N1").employments
    assert work.get(ends_on=None).unit.name == "浉河区第一小学"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bureau_keeps_the_calendar_and_the_help_lines(
    width: int,
    county: Unit,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
):
    page = browser_page(width)
    sign_in(page, "z1")
    page.goto("/schools/")
    page.get_by_test_id("to-calendar").click()
    page.get_by_test_id("add-year").click()
    sent(page, axe, name="2026–2027学年", starts_on="2026-09-01", last_on="2027-08-31")
    page.get_by_test_id("mark-days").click()
    sent(page, axe, kind="holiday", name="国庆节", first_on="2026-10-01", last_on="2026-10-07")
    page.goto("/schools/calendar/?year=2026")
    expect(page.get_by_test_id("days")).to_contain_text("国庆节")
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
    page.goto("/schools/help-lines/")
    page.get_by_test_id("add-line").click()
    sent(page, axe, number="0376-12345678", name="信阳市心理热线")
    expect(page.locator("main")).to_contain_text("0376-12345678")
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
