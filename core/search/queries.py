"""Asking the search for rows that are filtered further."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from modelsearch.backends import get_search_backend

M = TypeVar("M", bound=Model)


def matching(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """Those of ``rows`` that contain the query, as a queryset in the same order.

    A query without a word in it matches nothing.
    """
    compiler = get_search_backend().query_compiler_class(rows, text)
    keys = compiler.keys()
    return rows.none() if keys is None else rows.filter(pk__in=keys)
