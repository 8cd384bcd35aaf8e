"""Addresses, states, page numbers and plain text, by themselves."""

import pytest

from website import rules


@pytest.mark.parametrize(
    ("state", "icon", "tone"),
    [
        ("done", "circle-check", "good"),
        ("late", "triangle-alert", "bad"),
        ("revoked", "circle-x", "bad"),
        ("never heard of", "circle", "mute"),
    ],
)
def test_a_state_has_an_icon_and_a_tone(state: str, icon: str, tone: str):
    assert (rules.icon_of_state(state), rules.tone_of_state(state)) == (icon, tone)


def test_every_icon_of_a_state_is_in_the_sprite(settings):
    sprite = (settings.BASE_DIR / "static/icons/sprite.svg").read_text(encoding="utf-8")
    icons = {rules.icon_of_state(state) for state in rules._LOOKS} | {"circle"}
    assert {icon for icon in icons if f'id="{icon}"' not in sprite} == set()


@pytest.mark.parametrize(
    ("path", "language", "target"),
    [
        ("/", "en", "/en/"),
        ("/en/", "zh-hans", "/"),
        ("/en", "zh-hans", "/"),
        ("/courses/xl101/?page=2", "en", "/en/courses/xl101/?page=2"),
        ("/en/courses/xl101/", "en", "/en/courses/xl101/"),
        ("/verify/AB12/", "en", "/verify/AB12/"),
        ("/home/", "zh-hans", "/home/"),
        ("/en//evil.example/", "zh-hans", "/evil.example/"),
        ("/en/\\evil.example/", "zh-hans", "/evil.example/"),
    ],
)
def test_the_switch_knows_the_other_address(path: str, language: str, target: str):
    assert rules.address_after_switch(path, language) == target


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]),
        (9, 9, [1, 0, 7, 8, 9]),
    ],
)
def test_page_numbers_show_the_neighbours_and_the_ends(number: int, last: int, shown: list[int]):
    assert rules.numbers_around(number, last) == shown


def test_plain_text_becomes_blocks_and_no_html():
    blocks = rules.body_of_text("开头。\n\n## 标题\n一 < 二\n三 & 四\n\n尾")
    assert blocks == [
        {"type": "text", "value": "<p>开头。</p>"},
        {"type": "heading", "value": "标题"},
        {"type": "text", "value": "<p>一 &lt; 二</p><p>三 &amp; 四</p><p>尾</p>"},
    ]


def test_an_empty_text_has_no_blocks():
    assert rules.body_of_text("  \n\n ") == []


@pytest.mark.parametrize(
    ("milliseconds", "read"), [(95_400, "1:35"), (600_000, "10:00"), (3_723_000, "1:02:03")]
)
def test_a_duration_is_read_like_a_clock(milliseconds: int, read: str):
    assert rules.clock_of(milliseconds) == read
