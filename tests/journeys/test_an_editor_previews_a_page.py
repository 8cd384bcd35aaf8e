"""An editor sees a page beside its form before anybody else sees it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from tests.people import a_bureau, a_teacher


def test_the_preview_beside_the_form_shows_the_words_just_typed(
    browser_page: Callable[..., Page],
    sign_in: Callable[..., None],
    public_site: dict[str, Any],
):
    from lms.editors import settle_editors

    zhou = a_teacher("周编辑", school=a_bureau(), posts=["editor"]).user
    assert zhou is not None
    UserProfile.get_for_user(zhou)
    settle_editors()
    page = browser_page(1366)
    sign_in(page, zhou.username)
    page.goto(f"/cms/pages/{public_site['privacy'].pk}/edit/")
    page.locator("#id_title").fill("隐私说明（修订稿）")
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("iframe.w-preview__iframe").last
    expect(preview.locator("h1")).to_have_text("隐私说明（修订稿）")
