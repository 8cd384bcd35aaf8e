"""The search on SQLite: the words lie in an FTS5 table beside the index entries."""

from collections.abc import Sequence
from typing import Any

from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.utils import get_content_type_pk

from core.search.compiling import ChineseQueryCompiler
from core.search.documents import document_of
from core.search.text import Term

_WORDS = SQLiteFTSIndexEntry._meta.db_table
_ENTRIES = IndexEntry._meta.db_table


class _OnSQLite(ChineseQueryCompiler):
    columns = "title body"

    def term(self, term: Term) -> str:
        return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")

    def join(self, parts: list[str], *, all_of_them: bool) -> str:
        return "(" + (" AND " if all_of_them else " OR ").join(parts) + ")"

    def parameter(self, condition: str, *, title_only: bool) -> str:
        titled = title_only and self.columns != "autocomplete"
        return f"{{{'title' if titled else self.columns}}} : ({condition})"

    def keys_sql(self, *, title_only: bool) -> str:
        # CROSS JOIN keeps the order of the tables: match first, whatever the statistics say
        return (
            f"SELECT {{column}} FROM {_WORDS} CROSS JOIN {_ENTRIES} AS entry "  # noqa: S608
            f"ON entry.id = {_WORDS}.rowid WHERE {_WORDS} MATCH %s "
            "AND entry.content_type_id IN ({kinds})"
        )

    def cast_sql(self, column: str, kind: str) -> str:
        if kind == "uuid":
            return f"REPLACE({column}, '-', '')"
        return f"CAST({column} AS INTEGER)" if kind == "integer" else column


class SearchCompiler(_OnSQLite, SQLiteSearchQueryCompiler):
    """Finds whole words and parts of Chinese runs."""


class AutocompleteCompiler(_OnSQLite, SQLiteAutocompleteQueryCompiler):
    """Finds what begins like the last word."""

    columns = "autocomplete"
    last_is_prefix = True


class Index(SQLiteIndex):
    """Writes the words of objects; one statement for any number of them."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Does nothing: the order does not use them, and they rewrite rows on every save."""

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
                title=" ".join(words.title),
                body=" ".join(words.body),
                autocomplete=" ".join(words.autocomplete),
            )
            entries.append(entry)
        self.entries.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete"],
        )


class SearchBackend(SQLiteSearchBackend):
    """modelsearch on SQLite, with Chinese words."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
