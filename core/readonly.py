"""Reading requests never write: a guard around the database, with four named exceptions.

Each exception opens only the tables that ``READING_MAY_WRITE`` names for it. The database's
cache table, where there is one, holds no facts and is always open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connections

_allowed: ContextVar[frozenset[str]] = ContextVar("core.readonly.allowed", default=frozenset())
_COMMENTS = re.compile(r"--[^\n]*(?:\n|$)|/\*.*?\*/", re.DOTALL)
_VERB = re.compile(
    r"^[\s(]*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY)\b"
    r"|^[\s(]*WITH\b.*?\b(INSERT\s+INTO|UPDATE\s+[\"\w]+\s+SET|DELETE\s+FROM)\b",
    re.IGNORECASE | re.DOTALL,
)
_TARGET = re.compile(
    r"^[\s(]*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)\"?",
    re.IGNORECASE,
)


class WriteDuringRead(RuntimeError):
    """A reading request tried to change the database: a fault of the code, never of the visitor."""


def _refuse_writes(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    text = _COMMENTS.sub(" ", str(sql))
    if _VERB.match(text) and _table(text) not in _allowed.get() | _cache_tables():
        raise WriteDuringRead(text.split("(", 1)[0][:120])
    return execute(sql, params, many, context)


def _table(sql: str) -> str:
    target = _TARGET.match(sql)
    return target[1].lower() if target else ""


def _cache_tables() -> frozenset[str]:
    return frozenset(
        cache["LOCATION"]
        for cache in settings.CACHES.values()
        if cache["BACKEND"].endswith(".db.DatabaseCache")
    )


@contextmanager
def guard() -> Iterator[None]:
    """Refuse every write on every database inside the block."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_refuse_writes))
        yield


@contextmanager
def _opening(exception: str) -> Iterator[None]:
    token = _allowed.set(_allowed.get() | frozenset(settings.READING_MAY_WRITE[exception]))
    try:
        yield
    finally:
        _allowed.reset(token)


def writing_audit() -> AbstractContextManager[None]:
    """Exception 1: the trace that a look leaves."""
    return _opening("audit")


def writing_session() -> AbstractContextManager[None]:
    """Exception 2: the session's own row."""
    return _opening("session")


def writing_verification_log() -> AbstractContextManager[None]:
    """Exception 3: the log of certificate look-ups, and the count that limits them."""
    return _opening("verification")


def making_pictures() -> AbstractContextManager[None]:
    """Exception 4: a picture of the site in a size that nobody has asked for yet. The row holds no
    fact: it says where the file is that was made from the picture.
    """
    return _opening("pictures")
