"""The search on PostgreSQL: the words lie in tsvectors, which we write ourselves.

No text-search configuration takes part, so neither a stemmer nor a locale changes a word.
"""

from collections.abc import Sequence
from typing import Any

from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.utils import get_content_type_pk

from core.search.compiling import ChineseQueryCompiler
from core.search.documents import Document, document_of
from core.search.text import Term

_ENTRIES = IndexEntry._meta.db_table
_LAST_POSITION = 16_383
_PLACES_OF_A_WORD = 255


def vector(words: Sequence[str], *, first: int = 1, weight: str = "") -> str:
    """Words as the text form of a tsvector, with positions from ``first`` on."""
    places: dict[str, list[str]] = {}
    for at, word in enumerate(words, first):
        known = places.setdefault(word, [])
        if len(known) < _PLACES_OF_A_WORD:
            known.append(f"{min(at, _LAST_POSITION)}{weight}")
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def whole_vector(document: Document) -> str:
    """Title (weight A) and body in one vector, the only one that a search filters on."""
    body = vector(document.body, first=len(document.title) + 2)
    return _merged(vector(document.title, weight="A"), body)


def _merged(title: str, body: str) -> str:
    # the text form may name a word twice; PostgreSQL unites the positions
    return f"{title} {body}".strip()


class _OnPostgreSQL(ChineseQueryCompiler):
    column = "body"

    def term(self, term: Term) -> str:
        words = [f"'{word}'" for word in term.words]
        if term.prefix:
            words[-1] += ":*"
        return f"({' <-> '.join(words)})"

    def join(self, parts: list[str], *, all_of_them: bool) -> str:
        return "(" + (" & " if all_of_them else " | ").join(parts) + ")"

    def parameter(self, condition: str, *, title_only: bool) -> str:
        return condition

    def keys_sql(self, *, title_only: bool) -> str:
        titled = title_only and self.column != "autocomplete"
        return (
            f"SELECT {{column}} FROM {_ENTRIES} AS entry "  # noqa: S608
            f"WHERE entry.{'title' if titled else self.column} @@ %s::tsquery "
            "AND entry.content_type_id IN ({kinds})"
        )

    def cast_sql(self, column: str, kind: str) -> str:
        casts = {"uuid": "::uuid", "integer": "::bigint", "text": ""}
        return column + casts[kind]


class SearchCompiler(_OnPostgreSQL, PostgresSearchQueryCompiler):
    """Finds whole words and parts of Chinese runs."""


class AutocompleteCompiler(_OnPostgreSQL, PostgresAutocompleteQueryCompiler):
    """Finds what begins like the last word."""

    column = "autocomplete"
    last_is_prefix = True


class Index(PostgresIndex):
    """Writes the words of objects; one statement for any number of them."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Does nothing: every save would rewrite the whole table."""

    def add_items(self, model: Any, objs: Sequence[Any]) -> None:
        """Puts objects into the index, replacing what was there."""
        if not model.get_search_fields():
            return
        kind = get_content_type_pk(model)
        entries = []
        for thing in objs:
            words = document_of(thing)
            entry = IndexEntry(
                content_type_id=kind,
                object_id=words.object_id,
                title=vector(words.title),
                body=whole_vector(words),
                autocomplete=vector(words.autocomplete),
            )
            entries.append(entry)
        self.entries.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
        )


class SearchBackend(PostgresSearchBackend):
    """modelsearch on PostgreSQL, with Chinese words."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
