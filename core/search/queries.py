"""Asking the search for rows that are filtered further."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from modelsearch.backends import get_search_backend

M = TypeVar("M", bound=Model)


def matching(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """Those of ``rows`` that contain the query, as a queryset: nothing is loaded, no order set.

    A query without a word in it matches nothing.
    """
    found = get_search_backend().search(text, rows, order_by_relevance=False)
    query = getattr(found, "get_queryset", None)
    matched: QuerySet[M] = rows.none() if query is None else query()
    return matched.order_by()
