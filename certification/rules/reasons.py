"""Reasons: the words that somebody must leave behind for an act that others will ask about."""

from typing import Final

LONGEST: Final = 500
REVOKING: Final = 4
REISSUING: Final = 2


def stated(text: str, at_least: int) -> str:
    """The reason as it is stored, or an empty text when none is stated.

    Signs that nobody can see are dropped; a reason has `at_least` letters, digits or Chinese
    characters and no more than 500 signs.
    """
    seen = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t").strip()
    told = sum(sign.isalnum() for sign in seen) >= at_least and len(seen) <= LONGEST
    return seen if told else ""
