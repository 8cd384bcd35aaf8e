"""An editor opens the content administration and a public page; the policy of the page holds."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from tests.people import a_user


@pytest.fixture
def editor(public_site: dict[str, Any]) -> str:
    """Somebody who may edit every page."""
    user = a_user("editor", name="周编辑")
    user.is_superuser = True
    user.save()
    UserProfile.get_for_user(user)
    return user.username


def test_an_editor_sees_a_public_page_with_the_editors_bar(
    browser_page: Callable[..., Page],
    sign_in: Callable[..., None],
    editor: str,
    public_site: dict[str, Any],
):
    page = browser_page(1366)
    sign_in(page, editor)
    page.goto("/privacy/")
    expect(page.locator("h1")).to_have_text("隐私说明")
    expect(page.locator("wagtail-userbar")).to_be_attached()
