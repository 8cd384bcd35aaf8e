"""Certificate numbers such as 信教体培证字〔2026〕000123号: rendering and forgiving reading.

Source: GB/T 9704-2012 7.2.5 (year in full inside 〔〕, the number followed by 号).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_PREFIX: Final = 40
_OPENING: Final = "〔[［【(（「﹝{｛〖"
_CLOSING: Final = "〕]］】)）」﹞}｝〗"
_BRACKETS: Final = str.maketrans({**dict.fromkeys(_OPENING, "〔"), **dict.fromkeys(_CLOSING, "〕")})
_INVISIBLE: Final = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+")
_SHAPE: Final = re.compile(r"(?P<prefix>.+?)〔(?P<year>\d{4})〕(?:第)?(?P<sequence>\d+)号?")


@dataclass(frozen=True)
class ParsedNumber:
    """A number taken apart; `sequence` has lost its leading zeros."""

    prefix: str
    year: int
    sequence: int

    @property
    def key(self) -> str:
        """The one spelling under which the number is stored and compared."""
        return f"{self.prefix}〔{self.year}〕{self.sequence}"


def rendered(prefix: str, year: int, sequence: int, width: int) -> str:
    """The number as printed: `prefix` + 〔year〕 + sequence padded to `width` + 号.

    Raises ValueError when year or sequence is out of range.
    """
    if not 1000 <= year <= 9999 or sequence < 1:
        raise ValueError("year has four digits and the sequence starts at one")
    return f"{prefix}〔{year}〕{sequence:0{width}d}号"


def parsed(text: str) -> ParsedNumber | None:
    """The number that the text can only mean, or None.

    Brackets of any kind, full-width digits, spaces, invisible characters, lost leading zeros and a
    lost 号 are read; anything else is not guessed.
    """
    match = _SHAPE.fullmatch(plain(text))
    if match is None or not match["sequence"].isascii() or not match["year"].isascii():
        return None
    sequence = int(match["sequence"]) if len(match["sequence"]) <= 12 else 0
    if sequence < 1:
        return None
    return ParsedNumber(match["prefix"], int(match["year"]), sequence)


def key_of(prefix: str, year: int, sequence: int) -> str:
    """The stored key of a number that is being allocated: what `parsed` gives for its print."""
    return ParsedNumber(plain(prefix), year, sequence).key


def plain(text: str) -> str:
    """The spelling under which prefixes and numbers are compared: widths as NFKC has them, one kind
    of bracket, nothing invisible.
    """
    visible = _INVISIBLE.sub("", text).translate(_BRACKETS)
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", visible)).translate(_BRACKETS)


def is_prefix(text: str) -> bool:
    """Whether numbers can stand under this prefix: it can be printed, is no longer than 40 in any
    spelling, and each number under it is read back as itself.
    """
    if not text.strip() or not text.isprintable() or max(len(text), len(plain(text))) > MAX_PREFIX:
        return False
    read = parsed(rendered(text, 2026, 1, 6))
    return read is not None and read.key == key_of(text, 2026, 1)
