"""The entry for ``WAGTAILSEARCH_BACKENDS``: the backend of the database in use."""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:
    """The search of the default database. Raises NotImplementedError for others than ours."""
    if connection.vendor == "sqlite":
        from core.search import sqlite

        return sqlite.SearchBackend(params)
    if connection.vendor == "postgresql":
        from core.search import postgresql

        return postgresql.SearchBackend(params)
    raise NotImplementedError(f"no search on {connection.vendor}")
