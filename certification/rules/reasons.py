"""Reasons: the words that somebody must leave behind for an act that others will ask about."""

import re
from typing import Final

LONGEST: Final = 500
REVOKING: Final = 4
REISSUING: Final = 2
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"[^\S\n]+")


def stated(text: str, at_least: int) -> str:
    """The reason as it is stored, or an empty text when none is stated.

    Signs that nobody can see are dropped, spaces of any kind and number become one, so that words
    stay apart; a reason has `at_least` letters, digits or Chinese characters and no more than 500
    signs.
    """
    seen = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    plain = _SPACES.sub(" ", _LINE_ENDS.sub("\n", seen)).strip()
    told = sum(sign.isalnum() for sign in plain) >= at_least and len(plain) <= LONGEST
    return plain if told else ""
