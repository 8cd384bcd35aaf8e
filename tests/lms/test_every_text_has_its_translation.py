"""The Chinese interface shows no English, and the English one no Chinese."""

from __future__ import annotations

import re

import polib
import pytest

from lms import translations

PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w*)\}")


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_wagtail_leaves_in_english_is_chinese_here(domain):
    assert translations.missing("zh_Hans", domain) == []
    assert translations.superfluous("zh_Hans", domain) == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_of_ours_is_english_too(domain):
    assert translations.missing("en", domain) == []
    assert translations.superfluous("en", domain) == []


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_no_translation_invents_a_placeholder(language, domain):
    for entry in polib.pofile(str(translations.catalogue(language, domain))):
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        offered = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in texts:
            assert set(PLACEHOLDER.findall(text)) <= offered, entry.msgid


def test_looking_a_certificate_up_has_one_word():
    texts = [entry.msgid for entry in polib.pofile(str(translations.catalogue("en", "django")))]
    assert [text for text in texts if "核验" in text] == []
    assert "批量查验" in texts
