"""Reading requests never write: a guard around the database, with three named exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections

_allowed: ContextVar[bool] = ContextVar("core.readonly.allowed", default=False)
_WRITE = re.compile(
    r"^\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*"
    r"(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY)\b"
    r"|^\s*WITH\b.*\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b",
    re.IGNORECASE | re.DOTALL,
)


class WriteDuringRead(RuntimeError):
    """A reading request tried to change the database: a fault of the code, never of the visitor."""


def _refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if not _allowed.get() and _WRITE.match(sql):
        raise WriteDuringRead(sql.split("(", 1)[0][:120])
    return execute(sql, params, many, context)


@contextmanager
def guard() -> Iterator[None]:
    """Refuse every write on every database inside the block."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_refuse_writes))
        yield


@contextmanager
def _exception() -> Iterator[None]:
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


def writing_audit() -> Any:
    """Exception 1: the trace that a look leaves."""
    return _exception()


def writing_session() -> Any:
    """Exception 2: the session's own row."""
    return _exception()


def writing_verification_log() -> Any:
    """Exception 3: the log of certificate look-ups."""
    return _exception()
