"""When the database is away: how that is told, and what a form held, so that nothing is lost."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest

_SQLITE_WRONG_QUERY = ("no such", "syntax error", "has no column", "misuse")
_NEVER_ECHOED = ("password", "code", "token", "present_password", "new_password")


def database_is_away(fault: BaseException | None) -> bool:
    """Whether a fault says that the database cannot be reached now, rather than a wrong query."""
    if not isinstance(fault, OperationalError | InterfaceError):
        return False
    wrong = connection.vendor == "sqlite" and any(
        sign in str(fault) for sign in _SQLITE_WRONG_QUERY
    )
    return not wrong


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form held, to be sent again; uploads and secrets must be entered anew."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in _NEVER_ECHOED) or name == "csrfmiddlewaretoken"
    ]
