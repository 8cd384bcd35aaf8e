"""Text becomes words so that a part of a Chinese run is found inside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search import text
from core.search.text import Term


def test_a_chinese_run_becomes_its_pairs_and_its_last_character():
    assert text.index_words("心理健康") == ["心理", "理健", "健康", "康"]


def test_latin_words_and_numbers_stay_whole():
    assert text.index_words("Word 文档 2026-11") == ["word", "文档", "档", "2026", "11"]


def test_wide_letters_are_the_same_as_narrow_ones():
    assert text.index_words("ＡＢＣ１２") == ["abc12"]


@pytest.mark.parametrize("sign", ["𠮷", "𬱖", "〇", "\u9fff"])
def test_a_rare_character_is_a_chinese_character(sign: str):
    code = f"u{ord(sign):x}"
    assert text.index_words(f"李{sign}") == [f"李{code}", code]


def test_a_query_of_several_characters_is_a_phrase_of_pairs():
    assert text.query_terms("心理健康") == [Term(("心理", "理健", "健康"))]


def test_a_single_character_is_a_beginning():
    assert text.query_terms("心") == [Term(("心",), prefix=True)]


def test_words_and_runs_are_asked_for_one_by_one():
    assert text.query_terms("心理 word") == [Term(("心理",)), Term(("word",))]


def test_somebody_still_typing_means_the_beginning_of_the_last_word():
    assert text.query_terms("big serv", last_is_prefix=True) == [
        Term(("big",)),
        Term(("serv",), prefix=True),
    ]


@pytest.mark.parametrize("nothing", ["", "   ", '"', "\x00", "——（）", "*:^-'\\"])
def test_signs_alone_ask_for_nothing(nothing: str):
    assert text.query_terms(nothing) == []
    assert text.phrase_term(nothing) is None


def test_a_query_is_read_up_to_200_characters():
    assert text.query_terms("心" * 500) == [Term(("心心",) * 199)]


def test_a_field_is_read_up_to_20000_characters():
    assert len(text.index_words("心" * 30_000)) == 20_000


def test_a_quoted_query_is_one_run_of_words():
    assert text.phrase_term("Word 文档 心") == Term(("word", "文档", "档", "心"), prefix=True)


CHINESE = st.text(alphabet="心理健康教育师德𠮷〇", min_size=1, max_size=12)


@given(before=CHINESE, middle=CHINESE, after=CHINESE)
def test_every_part_of_a_run_is_a_phrase_of_its_words(before: str, middle: str, after: str):
    words = text.index_words(before + middle + after)
    (asked,) = text.query_terms(middle)
    at = [
        start
        for start in range(len(words))
        if _same(words[start : start + len(asked.words)], asked)
    ]
    assert at


def _same(words: list[str], asked: Term) -> bool:
    if len(words) < len(asked.words):
        return False
    if asked.prefix:
        return words[0].startswith(asked.words[0])
    return tuple(words) == asked.words


def test_a_quoted_query_may_mix_chinese_and_latin():
    asked = Term(("学习", "习", "python", "入门"), prefix=False)
    assert text.phrase_term("学习 Python 入门") == asked
    assert text.phrase_term("学习 python") == Term(("学习", "习", "python"), prefix=False)
