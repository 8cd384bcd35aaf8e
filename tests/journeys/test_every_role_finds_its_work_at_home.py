"""Each demo role signs in by the form and reads at /home/ what is due today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses import services as courses
from demo.rules import places
from demo.services import build_short_course, bureau
from demo.services.learning import build_issuer

pytestmark = pytest.mark.timeout(300)
OpenPage = Callable[..., Page]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OWN = ["learning", "credits", "offers"]
HOMES = {
    "teacher": OWN,
    "mentor": OWN,
    "classteacher": ["wellbeing", "pupils", *OWN],
    "psych": ["wellbeing", "pupils", *OWN, "own-log"],
    "stranger": OWN,
    "principal": ["wellbeing", "assignment", "evaluation", "progress", "pupils", *OWN, "own-log"],
    "schooladmin": ["assignment", "evaluation", "roster", "pupils", *OWN, "own-log"],
    "registrar": ["registrar", *OWN],
    "county": ["wellbeing", "roster", "figures", "evaluation", "progress", *OWN],
    "bureau": ["wellbeing", "roster", "figures", "evaluation", "progress", *OWN],
    "editor": ["pages", "recordings", *OWN],
    "auditor": ["audit", *OWN],
}
WAY = {
    "teacher": ("continue-DY101-01", "/learn/DY101-01/"),
    "registrar": ("check-certificates", "/certificates/checks/"),
    "editor": ("open-cms", "/cms/"),
    "auditor": ("open-access-log", "/access-log/"),
    "stranger": ("offer-DY101", "/courses/"),
}


@pytest.fixture
def bureau_at_work(public_site: dict[str, Any]) -> None:
    """The demo's sign-ins; the teacher has begun a course, which the others may still take."""
    users = bureau.build_sign_ins(bureau.build_units(places.SIZES["s"]))
    build_issuer(bureau_officer=users["bureau"])
    run = build_short_course(editor=users["editor"])
    courses.enrol(actor=users["teacher"], run=run)


def enter(page: Page, username: str) -> None:
    """By name and password, and the one-time number where the role demands it."""
    page.goto("/sign-in/?next=/home/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(bureau.password())
    page.get_by_test_id("sign-in").click()
    page.wait_for_url(lambda address: not address.endswith("/sign-in/?next=/home/"))
    if "/sign-in/code/" in page.url:
        page.locator("[name=code]").fill("000000")
        page.get_by_test_id("send-code").click()
    page.wait_for_url("**/home/")


@pytest.mark.parametrize("width", [390, 1366])
def test_a_home_shows_its_sections_in_the_order_of_urgency(
    width: int,
    bureau_at_work: None,
    browser_page: OpenPage,
    axe: Callable[[Page], None],
):
    for username, sections in HOMES.items():
        page = browser_page(width)
        enter(page, username)
        shown = page.locator("[data-testid=home] > section")
        assert [one.get_attribute("data-testid") for one in shown.all()] == [
            f"home-{code}" for code in sections
        ], username
        axe(page)
        assert page.evaluate(OVERFLOW) <= 0, username
        page.context.close()


@pytest.mark.parametrize("username", WAY)
def test_the_button_of_a_home_leads_to_the_work(
    username: str, bureau_at_work: None, browser_page: OpenPage
):
    button, target = WAY[username]
    page = browser_page(390)
    enter(page, username)
    page.get_by_test_id(button).click()
    page.wait_for_url(f"**{target}**")
    expect(page.locator("h1").first).to_be_visible()
