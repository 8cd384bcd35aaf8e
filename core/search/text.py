"""How text becomes search terms: pure functions, the same for the index and for a query.

A run of Chinese characters becomes its overlapping pairs and its last character, so that every
part of the run is a phrase of the index; Latin words and numbers stay whole.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

FIELD_LIMIT: Final = 20_000
QUERY_LIMIT: Final = 200
WORD_LIMIT: Final = 64

_CHINESE: Final = (
    "\u3005\u3007"  # 々 〇
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002fa1f\U00030000-\U000323af"
)
_RUN: Final = re.compile(f"([{_CHINESE}]+)|([^\\W_{_CHINESE}]+)")
# Characters younger than the tables inside the databases are written as their number.
_YOUNG: Final = re.compile("[\u3007\u4db6-\u4dbf\u9fcd-\u9fff\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a query asks for: words in a row; ``prefix`` when the last may be a beginning."""

    words: tuple[str, ...]
    prefix: bool = False


def _normal(text: str, limit: int) -> str:
    return unicodedata.normalize("NFKC", text[:limit]).lower()


def _plain(word: str) -> str:
    return _YOUNG.sub(lambda found: f"u{ord(found[0]):x}", word)


def _pairs(run: str) -> list[str]:
    return [_plain(run[at : at + 2]) for at in range(len(run) - 1)]


def _runs(text: str, limit: int) -> Iterator[tuple[str, bool]]:
    for found in _RUN.finditer(_normal(text, limit)):
        yield found[0], bool(found[1])


def index_words(text: str) -> list[str]:
    """The words under which a text is found, in order; at most 20,000 characters are read."""
    words: list[str] = []
    for run, chinese in _runs(text, FIELD_LIMIT):
        if chinese:
            words += [*_pairs(run), _plain(run[-1])]
        else:
            words.append(_plain(run[:WORD_LIMIT]))
    return words


def query_terms(text: str, *, last_is_prefix: bool = False) -> list[Term]:
    """What a query asks for, one term for each word or run of Chinese characters.

    A single Chinese character asks for every word that begins with it. With ``last_is_prefix``
    the last Latin word may be a beginning, as when somebody is still typing.
    """
    runs = list(_runs(text, QUERY_LIMIT))
    terms: list[Term] = []
    for at, (run, chinese) in enumerate(runs):
        if not chinese:
            last = last_is_prefix and at == len(runs) - 1
            terms.append(Term((_plain(run[:WORD_LIMIT]),), prefix=last))
        elif len(run) == 1:
            terms.append(Term((_plain(run),), prefix=True))
        else:
            terms.append(Term(tuple(_pairs(run))))
    return terms


def phrase_term(text: str) -> Term | None:
    """A quoted query as one term: all its words in a row; None when it has no word."""
    words: list[str] = []
    runs = list(_runs(text, QUERY_LIMIT))
    prefix = False
    for at, (run, chinese) in enumerate(runs):
        last = at == len(runs) - 1
        if not chinese:
            words.append(_plain(run[:WORD_LIMIT]))
            continue
        words += _pairs(run)
        if not last or len(run) == 1:
            words.append(_plain(run[-1]))
            prefix = last and len(run) == 1
    return Term(tuple(words), prefix=prefix) if words else None
