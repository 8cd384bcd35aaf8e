"""From a query to rows: the part that both databases share.

The matching keys are selected once, from the index alone, and the model's rows are then looked up
by key: a match inside a join ran once per row on SQLite and missed the index on PostgreSQL.
"""

from abc import abstractmethod
from typing import Any, ClassVar

from django.db.models import (
    BooleanField,
    Case,
    IntegerField,
    Model,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from core.search import text


class ChineseQueryCompiler:
    """Mixed into the two compilers of modelsearch; says how a query is matched and ordered."""

    last_is_prefix: ClassVar[bool] = False
    queryset: QuerySet[Any]
    query: Any
    fields: Any
    order_by_relevance: bool

    @abstractmethod
    def term(self, term: text.Term) -> str:
        """One term in the database's query language; its words are letters and digits only."""

    @abstractmethod
    def join(self, parts: list[str], *, all_of_them: bool) -> str:
        """Several conditions in the database's query language."""

    @abstractmethod
    def keys_sql(self, *, title_only: bool) -> str:
        """SQL that selects object ids of an index query, with one parameter for the query."""

    @abstractmethod
    def cast_sql(self, column: str, kind: str) -> str:
        """SQL that turns the text key of the index into the model's key."""

    def condition(self, query: Any) -> str | None:
        """The query in the database's own language; None when it can match nothing."""
        if isinstance(query, PlainText):
            terms = text.query_terms(query.query_string, last_is_prefix=self.last_is_prefix)
            return self._joined([self.term(term) for term in terms], query.operator == "and")
        if isinstance(query, Phrase):
            phrase = text.phrase_term(query.query_string)
            return None if phrase is None else self.term(phrase)
        if isinstance(query, Not) and isinstance(query.subquery, MatchAll):
            return None
        if isinstance(query, Boost):
            return self.condition(query.subquery)
        if isinstance(query, And | Or):
            parts = [self.condition(subquery) for subquery in query.subqueries]
            if isinstance(query, And) and None in parts:
                return None
            return self._joined([part for part in parts if part], isinstance(query, And))
        raise NotImplementedError(f"{type(query).__name__} is not a query of this search")

    def _joined(self, parts: list[str], all_of_them: bool) -> str | None:
        if len(parts) < 2:
            return parts[0] if parts else None
        return self.join(parts, all_of_them=all_of_them)

    def keys(self) -> RawSQL | None:
        """The keys of the rows that match, to be looked up; None when nothing can match."""
        condition = self.condition(self.query)
        return None if condition is None else self._keys(condition, title_only=False)

    def search(
        self, config: Any, start: Any, stop: Any, score_field: Any = None, backend: Any = None
    ) -> QuerySet[Any]:
        """The matching rows: those with the words in the title first, then the newest key."""
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        condition = self.condition(self.query)
        if condition is None:
            return self.queryset.none()
        title_only = self.fields is not None and list(self.fields) == ["title"]
        found = self.queryset.filter(pk__in=self._keys(condition, title_only=title_only))
        return self._ordered(found, condition, score_field)[start:stop]

    def _ordered(self, found: QuerySet[Any], condition: str, score_field: Any) -> QuerySet[Any]:
        in_title = Case(
            When(pk__in=self._keys(condition, title_only=True), then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        if score_field is not None:
            found = found.annotate(**{score_field: in_title})
        if self.order_by_relevance:
            return found.order_by(in_title.desc(), "-pk")
        return found if found.query.order_by else found.order_by("-pk")

    def _keys(self, condition: str, *, title_only: bool) -> RawSQL:
        model = self.queryset.model
        kinds = ", ".join(str(int(pk)) for pk in get_descendants_content_types_pks(model))
        column = self.cast_sql("entry.object_id", _kind_of_key(model))
        sql = self.keys_sql(title_only=title_only).format(column=column, kinds=kinds)
        return RawSQL(sql, [self.parameter(condition, title_only=title_only)], BooleanField())  # noqa: S611

    @abstractmethod
    def parameter(self, condition: str, *, title_only: bool) -> str:
        """The value of the one parameter of ``keys_sql``."""


def _kind_of_key(model: type[Model]) -> str:
    field: Any = model._meta.pk
    while field.remote_field is not None:
        field = field.target_field
    if isinstance(field, UUIDField):
        return "uuid"
    return "integer" if isinstance(field, IntegerField) else "text"
