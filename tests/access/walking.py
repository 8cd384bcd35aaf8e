"""One request of the sweep, and what may be said of its answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client

from core.middleware import page_above
from tests.access.town import Town

TRACES = (
    "accounts_session",
    "core_auditevent",
    "core_unsealedevent",
    "core_throttlecount",
    "certification_verification",
)
"""Tables that a reading request may write: the session, the trace, the log of look-ups."""

_WRITE = re.compile(r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+\"?(\w+)", re.I)
_TOKEN = re.compile(r"csrfmiddlewaretoken\"? value=\"[^\"]+\"|nonce=\"[^\"]+\"")


@dataclass(frozen=True)
class Answer:
    """Status and normalised body of one answer, and the tables that were written."""

    status: int
    body: str = field(repr=False)
    location: str = ""
    written: frozenset[str] = frozenset()

    @property
    def looks(self) -> tuple[int, str, str]:
        """What the visitor can tell one answer from another by."""
        return self.status, self.location, self.body


def people_at_the_door(
    town: Town, roles: frozenset[str], *, csrf: bool = False
) -> dict[str, Client]:
    """A browser for each of these roles; ``anonymous`` has not signed in."""
    browsers = {}
    for role in sorted(roles):
        browser = Client(enforce_csrf_checks=csrf, raise_request_exception=False)
        if role != "anonymous":
            browser.force_login(town.user(role))
        browsers[role] = browser
    return browsers


def ask(browser: Client, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
    """Send one request; whatever it writes is undone, and no word of the last one is still due."""
    browser.cookies.pop("messages", None)
    api = path.startswith("/api/")
    headers = {"idempotency-key": "sweep"} if api else {}
    content = {"content_type": "application/json"} if api or method != "POST" else {}
    call: Callable[..., Any] = getattr(browser, method.lower())
    with transaction.atomic(), written_tables() as written:
        if method in {"POST", "PUT", "DELETE"}:
            response = call(path, body or {}, headers=headers, **content)
        else:
            response = call(path, headers=headers)
        text = _body(response)
        transaction.set_rollback(True)
    return Answer(
        status=response.status_code,
        body=_TOKEN.sub("", _without(path, text)),
        location=_way_on(path, response.get("Location", "")),
        written=frozenset(written),
    )


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The tables that are written inside the block."""
    tables: set[str] = set()

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITE.match(sql)
        if found:
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield tables


def _way_on(path: str, location: str) -> str:
    """Where the answer leads; the page above is read off the asked address and tells nothing."""
    return "ABOVE" if location == page_above(path) else _without(path, location)


def _without(path: str, text: str) -> str:
    return text.replace(path, "PATH").replace(quote(path, safe=""), "PATH")


def _body(response: HttpResponseBase) -> str:
    if response.streaming:
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        response.close()
        return f"stream of {len(content)}"
    return response.content.decode(errors="replace")  # type: ignore[attr-defined]
