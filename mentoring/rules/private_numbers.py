"""Numbers that must not stand in what is written about a pupil."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from schools.rules.pupils import has_right_check_sign

IDENTITY: Final = "identity"
MOBILE: Final = "mobile"
_IDENTITIES: Final = re.compile(
    r"(?<![0-9])[0-9]{6}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9X](?![0-9A-Z])", re.IGNORECASE
)
_MOBILES: Final = re.compile(
    r"(?<![0-9])(?:86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"
)
_BETWEEN: Final = re.compile("[ -]")


def private_numbers_in(text: str) -> tuple[str, ...]:
    """Which kinds of numbers stand in a text: one of an identity card, of 18 signs with the right
    check sign, and one of a mobile phone, also in their usual groups of digits."""
    plain = unicodedata.normalize("NFKC", text)
    candidates = (_BETWEEN.sub("", found[0]).upper() for found in _IDENTITIES.finditer(plain))
    told = {IDENTITY} if any(has_right_check_sign(one) for one in candidates) else set()
    if _MOBILES.search(plain):
        told.add(MOBILE)
    return tuple(kind for kind in (IDENTITY, MOBILE) if kind in told)
