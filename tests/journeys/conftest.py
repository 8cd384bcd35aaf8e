"""A real Chromium before a real server: what a journey needs.

``browser_page(390)`` opens a page of that width on an own context; ``sign_in("teacher")`` lets that
person in; ``axe(page)`` finds nothing or the test fails. Whatever the console says, fails too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

from tests import first_rows

PHONE, DESK = 390, 1366
HEIGHTS = {PHONE: 844, DESK: 768}
AXE = Path(settings.BASE_DIR) / "tests/vendor/axe.min.js"
SCREENSHOTS = Path(settings.BASE_DIR) / "docs/screenshots"
# a loaded machine is slow, not wrong
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)
# colours are judged when they have arrived
AT_REST = """() => Promise.allSettled(document.getAnimations()
  .filter(one => one.effect.getComputedTiming().endTime < Infinity).map(one => one.finished))"""
# what passes is not listed: gathering it takes three times as long as finding what fails
ASKED = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that is walked at both widths is walked at the phone's by ``make test``, and at the
    desk's by ``make sweep``."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if _width_of(item) == DESK:
                item.add_marker(pytest.mark.full_sweep)


def _width_of(item: pytest.Item) -> object:
    called = getattr(item, "callspec", None)
    return called.params.get("width") if called else None


@dataclass
class Watch:
    """What the browser complained about, apart from the answers a test expects."""

    allowed: frozenset[int]
    faults: list[str] = field(default_factory=list)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"} or "Failed to load resource" in message.text:
            return
        # Wagtail's bar reports its own look at an editor's text
        if message.text.startswith("axe.run results"):
            return
        # without an address it comes from the test: axe styles its probes, and the policy refuses
        if not message.location.get("url"):
            return
        self.faults.append(f"{message.type}: {message.text}")

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")


@pytest.fixture
def browser_page(chromium_browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens a page: ``browser_page(390)``; ``expect`` names refusals that belong to the journey.

    Addresses may be relative. ``scheme="dark"`` asks for dark colours, ``scripts=False`` for a
    browser without JavaScript.
    """
    watches: list[Watch] = []
    contexts: list[Any] = []

    def open_page(
        width: int = PHONE,
        *,
        expect: tuple[int, ...] = (),
        scheme: str = "light",
        scripts: bool = True,
    ) -> Page:
        context = chromium_browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(frozenset(expect))
        page = context.new_page()
        page.on("console", watch.on_console)
        page.on("pageerror", lambda error: watch.faults.append(f"page error: {error}"))
        page.on("response", watch.on_response)
        watches.append(watch)
        contexts.append(context)
        return page

    yield open_page
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert faults == []


@pytest.fixture
def sign_in(live_server: Any) -> Callable[..., None]:
    """``sign_in(page, "teacher")``: the page's visitor is that person, second factor shown."""

    def enter(page: Page, username: str) -> None:
        from django.test import Client

        from accounts.models import User

        client = Client()
        client.force_login(
            User.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
        )
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": session,
            "url": live_server.url,
            "httpOnly": True,
            "sameSite": "Lax",
        }
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    return enter


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails on anything that hinders a person: WCAG A and AA up to 2.2, and best practice."""
    source = AXE.read_text(encoding="utf-8")

    def look(page: Page) -> None:
        page.locator("main h1").first.wait_for()
        page.wait_for_load_state("load")
        page.evaluate(AT_REST)
        page.evaluate(source)
        found = page.evaluate("asked => axe.run(document, asked)", ASKED)
        told = [
            f"{one['id']} ({one['impact']}): {one['help']} — "
            + "; ".join(str(node["target"]) + " " + node["failureSummary"] for node in one["nodes"])
            for one in found["violations"]
        ]
        if told:
            pytest.fail("\n".join(told), pytrace=False)

    return look


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """``picture(page, "home")`` keeps a screenshot when LMS_SCREENSHOTS is set."""

    def take(page: Page, name: str) -> None:
        if os.environ.get("LMS_SCREENSHOTS"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            width = (page.viewport_size or {"width": 0})["width"]
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")

    return take


@dataclass
class _Built:
    """The public site as it stood when it was built: its pages by name, and all rows on SQLite."""

    pages: dict[str, Any]
    rows: first_rows.Copy | None


_built: list[_Built] = []


@pytest.fixture
def public_site(
    transactional_db: None, django_db_serialized_rollback: None, live_server: Any
) -> Iterator[dict[str, Any]]:
    """The public site with a page of every kind, help lines included; built once for a process."""
    from django.db import connection
    from wagtail.models import Site

    from core import page_cache
    from tests.website.building import build_site

    page_cache.forget()
    if _built and _built[0].rows:
        _built[0].rows.put_back(connection)
        Site.clear_site_root_paths_cache()
    else:
        _built[:] = [_Built(build_site(), first_rows.copy_of(connection))]
    yield {
        name: type(page)._default_manager.get(pk=page.pk) for name, page in _built[0].pages.items()
    }
    Site.clear_site_root_paths_cache()
    page_cache.forget()
