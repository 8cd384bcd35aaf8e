"""Signed-in clients that write to the API over connections that stay open."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4


@dataclass
class Poster:
    """One signed-in person; `session` is the cookie as the server set it."""

    address: str
    session: str
    csrf: str
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        assert parts.hostname
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What the server answers to a write with a key of its own."""
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"{self.session}; csrftoken={self.csrf}",
            "X-CSRFToken": self.csrf,
            "Idempotency-Key": uuid4().hex,
        }
        try:
            status, content = self._send(path, json.dumps(body), headers)
        except (ConnectionError, http.client.HTTPException):  # the server closed an idle one
            self.connection.close()
            status, content = self._send(path, json.dumps(body), headers)
        assert status in (200, 201), (path, status, content[:300])
        result: dict[str, Any] = json.loads(content)
        return result

    def _send(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
        self.connection.request("POST", path, body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def cookie_of(user: Any) -> str:
    """A session of the user with the second factor shown, as a cookie."""
    from django.conf import settings
    from django.test import Client

    from accounts.sessions import SECOND_FACTOR

    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SECOND_FACTOR] = "totp"
    session.save()
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"
