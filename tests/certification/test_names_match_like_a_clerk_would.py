"""Names: what only machines spell differently is one name; what people write differently is two."""

from __future__ import annotations

import pytest

from certification.rules import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王小明", "王 小 明"),
        ("王小明", "王小明\u200b"),
        ("阿卜杜拉·买买提", "阿卜杜拉•买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉・买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉･买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉‧买买提"),
        ("阿卜杜拉·买买提", "阿卜杜拉．买买提"),
        ("李䶮", "李\ue863"),
        ("Ａｎｎａ Smith", "anna smith"),
        ("王明（大）", "王明(大)"),
        ("葛\U000e0100洪", "葛洪"),
        ("𠮷田", "𠮷田 "),
    ],
)
def test_one_name_in_two_spellings_matches(one: str, other: str):
    assert names.matches(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("吕布", "呂布"),
        ("户田", "戶田"),
        ("王小明", "王晓明"),
        ("", ""),
        ("", "王小明"),
        ("𠮷", "吉"),
    ],
)
def test_two_names_do_not_match(one: str, other: str):
    assert not names.matches(one, other)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王*"),
        ("王明", "王*"),
        ("欧阳娜娜", "欧阳*"),
        ("司马光", "司马*"),
        ("东方", "东*"),
        ("阿卜杜拉·买买提", "阿*"),
        ("𠮷田太郎", "𠮷*"),
        ("Anna Smith", "A*"),
        (" 李 ", "李*"),
        ("", "*"),
    ],
)
def test_the_public_sees_the_surname_and_one_star(name: str, shown: str):
    assert names.masked(name) == shown


def test_private_use_characters_are_noticed():
    assert names.has_private_use("李\ue863")
    assert not names.has_private_use("李䶮")
