"""The control of every journey: what hinders a person is found, also beside much that does not."""

import pytest

PAGE = """<!doctype html><html lang="zh-CN"><head><title>样页</title></head><body><main>
<h1>样页</h1><p style="color:#aaa;background:#fff">太淡的字</p><button></button>%s
</main></body></html>"""


def test_pale_words_and_a_button_without_a_name_are_found(browser_page, axe):
    page = browser_page()
    page.set_content(PAGE % ("<p>好读的字</p>" * 200))
    with pytest.raises(pytest.fail.Exception) as told:
        axe(page)
    assert "color-contrast (serious)" in str(told.value)
    assert "button-name (critical)" in str(told.value)
