"""The one Chromium of a test process: a second driver beside it would refuse to start."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

# the browser's driver runs a loop in this thread, and Django would refuse its database there
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


def chromium() -> str:
    """Where the browser is; a test without one fails with the way to get it."""
    for name in (
        os.environ.get("LMS_CHROMIUM", ""),
        "chromium",
        "chromium-browser",
        "google-chrome",
    ):
        found = shutil.which(name) if name else None
        if found:
            return found
    pytest.fail("没有找到 Chromium：请执行 apt-get install chromium fonts-noto-cjk", pytrace=False)


@pytest.fixture(scope="session")
def chromium_browser() -> Iterator[Browser]:
    """Launched once for a process; each test opens a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
