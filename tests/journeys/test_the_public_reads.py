"""Somebody without an account looks around, on a phone and on a desk."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
WIDTHS = (390, 1366)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ADDRESSES = {
    "home": "/",
    "guidance": "/guidance/",
    "lesson": "/guidance/puberty/",
    "help": "/help/",
    "news": "/news/",
    "privacy": "/privacy/",
    "search": "/search/?q=情绪",
    "styleguide": "/styleguide/",
}


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages_hinder_nobody(
    width: int,
    browser_page: OpenPage,
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    public_site: dict[str, Any],
):
    page = browser_page(width)
    for name, address in ADDRESSES.items():
        page.goto(address)
        expect(page.get_by_test_id("to-sign-in")).to_be_attached()
        axe(page)
        picture(page, name)
        assert page.evaluate(OVERFLOW) <= 0, name


def test_dark_colours_can_be_read(
    browser_page: OpenPage, axe: Callable[[Page], None], public_site: dict[str, Any]
):
    page = browser_page(390, scheme="dark")
    for name in ("home", "help", "styleguide"):
        page.goto(ADDRESSES[name])
        axe(page)


def test_a_parent_finds_a_lesson_and_the_next_one(
    browser_page: OpenPage, public_site: dict[str, Any]
):
    page = browser_page(390)
    page.goto("/")
    page.get_by_test_id("to-guidance").click()
    page.get_by_test_id("lesson-1").click()
    expect(page.locator("h1")).to_have_text("青春期：身体和心里一起长大")
    page.get_by_test_id("next-lesson").click()
    expect(page.locator("h1")).to_have_text("生命教育：每一个日子都值得")


def test_the_menu_of_a_phone_opens_with_the_keyboard(
    browser_page: OpenPage, public_site: dict[str, Any]
):
    page = browser_page(390)
    page.goto("/")
    help_link = page.get_by_role("navigation", name="主导航").get_by_text("求助热线")
    expect(help_link).to_be_hidden()
    page.get_by_test_id("nav-toggle").press("Enter")
    expect(help_link).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_link).to_be_hidden()
    expect(page.get_by_test_id("nav-toggle")).to_be_focused()


def test_the_first_press_of_tab_leads_to_the_text(
    browser_page: OpenPage, public_site: dict[str, Any]
):
    page = browser_page(1366)
    page.goto("/help/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_english_is_one_press_away_and_stays(browser_page: OpenPage, public_site: dict[str, Any]):
    page = browser_page(1366)
    page.goto("/guidance/")
    page.get_by_test_id("language-en").click()
    expect(page).to_have_url(f"{page.url.split('/en/')[0]}/en/guidance/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_who_opens_an_english_page_reads_on_in_english(
    browser_page: OpenPage, public_site: dict[str, Any]
):
    page = browser_page(1366)
    for _load in range(3):
        page.goto("/en/help/")
        expect(page.get_by_test_id("to-sign-in")).to_have_text("Sign in")
    page.get_by_role("navigation", name="Main").get_by_text("Verify a certificate").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_test_id("to-sign-in").click()
    expect(page).to_have_title(re.compile("^Sign in"))


def test_without_scripts_everything_is_there(browser_page: OpenPage, public_site: dict[str, Any]):
    page = browser_page(390, scripts=False)
    page.goto("/")
    page.get_by_role("navigation", name="主导航").get_by_text("求助热线").click()
    expect(page.get_by_text("12356").first).to_be_visible()


def test_a_visitor_chooses_dark_colours_and_keeps_them(
    browser_page: OpenPage, public_site: dict[str, Any]
):
    page = browser_page(1366)
    page.goto("/")
    page.locator("[data-theme-toggle]").click()
    page.goto("/help/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_page_is_light(browser_page: OpenPage, public_site: dict[str, Any]):
    page = browser_page(390)
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert 10_000 < sum(sizes) < 200_000
