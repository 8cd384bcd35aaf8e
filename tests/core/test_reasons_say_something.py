"""Reasons: what was typed stays readable, and what says nothing is no reason."""

from __future__ import annotations

import pytest

from core import reasons


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("抽查发现\u3000由他人代学", "抽查发现 由他人代学"),
        ("李老师\u3000\u3000 名单有误", "李老师 名单有误"),
        ("see\u00a0the\u2003minutes\tof 3 May", "see the minutes of 3 May"),
        ("第一行\r\n第二行\u2028第三行", "第一行\n第二行\n第三行"),
        ("\u3000更\0名\u200b申请\ufeff ", "更名申请"),
    ],
)
def test_spaces_of_every_kind_keep_words_apart_and_invisible_signs_go(typed, kept):
    assert reasons.stated(typed, 4) == kept


@pytest.mark.parametrize("typed", ["", "\u3000\u3000", "。。。。", "错了", "错" * 501])
def test_what_says_nothing_or_too_much_is_no_reason(typed):
    assert reasons.stated(typed, 4) == ""


def test_many_spaces_do_not_make_a_reason_too_long():
    assert reasons.stated("名单" + "\u3000" * 600 + "有误", 4) == "名单 有误"
