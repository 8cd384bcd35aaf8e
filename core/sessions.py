"""Sessions in cache and database; saving one is an allowed write of a reading request."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.cached_db import SessionStore as CachedDatabaseStore

from core import readonly


class SessionStore(CachedDatabaseStore):
    """Django's cached store behind the read-only guard."""

    def save(self, must_create: bool = False) -> None:
        with readonly.writing_session():
            super().save(must_create=must_create)

    def delete(self, session_key: Any = None) -> None:
        with readonly.writing_session():
            super().delete(session_key)
