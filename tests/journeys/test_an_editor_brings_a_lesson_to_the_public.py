"""An editor uploads a video, sees it made, makes it complete and shows it; then the public watches.

Nothing is done behind the browser's back but the jobs of the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from tests.media.conftest import AAC, CAPTIONS, H264, make, picture, sound
from tests.people import a_bureau, a_teacher

pytestmark = pytest.mark.timeout(240)
OpenPage = Callable[..., Page]
TITLE = "青春期：身体和心里一起长大"
WORDS = "大家好，我们开始上课。今天谈谈情绪。画面上是一张彩色的测试图。"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PLAYED = "() => document.querySelector('[data-player]').player?.video?.currentTime > 1"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of picture and sound, as an editor has them on a disk."""
    target = tmp_path_factory.mktemp("film") / "青春期.mp4"
    return make(target, *picture("640x360", 6), *sound(6), *H264, *AAC)


@pytest.fixture
def editor(public_site: dict[str, Any]) -> str:
    """周编辑, who holds the editor's post and the rights that the demo's editor has."""
    user = a_teacher("周编辑", school=a_bureau(), posts=["editor"], number="E1").user
    assert user is not None
    user.groups.add(Group.objects.get(name="审核编辑"))
    return user.username


def bring(page: Page, film: Path) -> None:
    """Upload the film; the page of the recording says how far it is."""
    page.goto("/cms/recordings/")
    page.get_by_test_id("recording-upload").click()
    page.get_by_label("标题").fill(TITLE)
    page.locator("input[name=file]").set_input_files(film)
    page.get_by_test_id("upload-send").click()
    expect(page.get_by_test_id("recording-progress")).to_have_attribute("data-state", "waiting")
    expect(page.get_by_test_id("recording-percent")).to_have_text("0%")


def complete(page: Page, folder: Path) -> None:
    """Give it captions, after a file that is none, and a transcript; before that it cannot be
    published.
    """
    expect(page.get_by_test_id("recording-publish")).to_be_disabled()
    expect(page.get_by_test_id("recording-lacks")).to_have_text("发布前还缺：字幕、文字稿")
    captions = folder / "不是字幕.vtt"
    captions.write_text("没有时间的文字", encoding="utf-8")
    page.locator("input[name=captions]").set_input_files(captions)
    page.get_by_test_id("upload-send").click()
    beside = page.locator("[data-field]", has=page.locator("input[name=captions]"))
    expect(beside.locator(".error-message")).to_contain_text("无法识别字幕")
    expect(page.get_by_test_id("upload-status")).to_have_text("没有保存，请改正标红的地方。")
    captions = folder / "字幕.vtt"
    captions.write_text(CAPTIONS, encoding="utf-8")
    page.locator("input[name=captions]").set_input_files(captions)
    page.get_by_test_id("upload-send").click()
    expect(page.get_by_test_id("recording-lacks")).to_have_text("发布前还缺：文字稿")
    expect(page.locator("textarea[name=transcript]")).to_have_value(
        "大家好，我们开始上课。\n今天谈谈情绪。"
    )
    page.locator("textarea[name=transcript]").fill(WORDS)
    page.get_by_test_id("upload-send").click()
    expect(page.get_by_test_id("recording-lacks")).to_have_count(0)


def attach(page: Page, lesson: Any) -> None:
    """Choose the recording on the page of the guidance lesson, and publish that page."""
    page.goto(f"/cms/pages/{lesson.pk}/edit/")
    page.locator("select[name=recording]").select_option(label=TITLE)
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url(f"**/cms/pages/{lesson.get_parent().pk}/")


@pytest.mark.parametrize("width", [390, 1366])
def test_from_a_file_on_a_disk_to_the_eyes_of_the_public(
    width: int,
    editor: str,
    film: Path,
    public_site: dict[str, Any],
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    deliver: Callable[[], int],
    tmp_path: Path,
):
    visitor = browser_page(width)
    visitor.goto("/guidance/puberty/")
    expect(visitor.get_by_text("录像正在准备")).to_be_visible()

    page = browser_page(width, expect=(422,))
    sign_in(page, editor)
    bring(page, film)
    deliver()
    expect(page.get_by_test_id("recording-state")).to_have_text("待发布")
    complete(page, tmp_path)
    page.get_by_test_id("recording-publish").click()
    expect(page.get_by_test_id("recording")).to_have_attribute("data-published", "true")
    axe(page)
    picture(page, "recording")
    attach(page, public_site["puberty"])

    visitor.reload()
    expect(visitor.get_by_text(WORDS)).to_be_visible()
    axe(visitor)
    assert visitor.evaluate(OVERFLOW) <= 0
    visitor.get_by_test_id("player-start").click()
    visitor.wait_for_function(PLAYED, timeout=30_000)
    picture(visitor, "guidance-lesson")
