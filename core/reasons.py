"""Reasons: the words that somebody must leave behind for an act that others will ask about."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.errors import Invalid

LONGEST: Final = 500
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[^\S\n]+")


class ReasonMissing(Invalid):
    """Nobody says why, or too briefly, or at too great length."""

    code = "reason_missing"
    message = _("请写明原因，至少 %(least)s 个字，最多 %(most)s 个字。")

    def __init__(self, least: int, most: int = LONGEST) -> None:
        super().__init__(least=least, most=most)
        self.fields = {"reason": str(self)}


def stated(text: str, at_least: int, at_most: int = LONGEST) -> str:
    """The reason as it is stored, or an empty text when none is stated.

    Signs that nobody can see are dropped, spaces of any kind and number become one, so that words
    stay apart; a reason has `at_least` letters, digits or Chinese characters and no more than
    `at_most` signs.
    """
    seen = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    plain = _SPACES.sub(" ", _LINE_ENDS.sub("\n", seen)).strip()
    told = sum(sign.isalnum() for sign in plain) >= at_least and len(plain) <= at_most
    return plain if told else ""


def required(text: str, at_least: int, at_most: int = LONGEST) -> str:
    """The reason as it is stored. Raises ReasonMissing when none is stated."""
    why = stated(text, at_least, at_most)
    if not why:
        raise ReasonMissing(at_least, at_most)
    return why
