"""Text that would be lost: a form sent after the session had ended is kept for its owner.

The fields lie encrypted in the visitor's session, bound to the person who was last signed in
in this browser; only that person gets them back, after signing in again.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from core import clock, crypto

KEPT = "kept_form"
LAST_PERSON_SALT = "accounts.last_person"
LAST_PERSON_SECONDS = 12 * 3600
MAX_CHARACTERS = 200_000
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "code"})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was sent: where to, from which page, and its fields in order."""

    action: str
    page: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def remember_person(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Name in a signed cookie, which outlives the session, whose text this browser may keep."""
    response.set_cookie(
        settings.LAST_PERSON_COOKIE_NAME,
        signing.dumps([str(user.pk), clock.now().timestamp()], salt=LAST_PERSON_SALT),
        max_age=LAST_PERSON_SECONDS,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def last_person(request: HttpRequest) -> str | None:
    """The key of the person last signed in in this browser within twelve hours."""
    cookie = request.COOKIES.get(settings.LAST_PERSON_COOKIE_NAME, "")
    try:
        person, since = signing.loads(cookie, salt=LAST_PERSON_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return person if clock.now().timestamp() - since < LAST_PERSON_SECONDS else None


def keep_form(request: HttpRequest) -> bool:
    """Keep the fields of a form that arrived signed out; False if there is nobody to keep it for.

    Passwords, codes and files are never kept, nor more than 200,000 characters.
    """
    person = last_person(request)
    form = form_as_sent(request) if person is not None else None
    if person is None or form is None:
        return False
    text = json.dumps(asdict(form), ensure_ascii=False)
    sealed = base64.b64encode(crypto.encrypt(text, _bound(person))).decode()
    request.session[KEPT] = {"person": person, "sealed": sealed}
    return True


def form_as_sent(request: HttpRequest) -> KeptForm | None:
    """The fields of this request worth keeping; None if there are none, or too much of them.

    A form of a button alone has none and is kept all the same: whoever pressed it learns that
    nothing was done.
    """
    fields = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NEVER_KEPT and "password" not in name
    )
    is_bare = set(request.POST) == {"csrfmiddlewaretoken"}
    if not (fields or is_bare):
        return None
    if sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS:
        return None
    return KeptForm(
        action=request.get_full_path(),
        page=page_of_form(request),
        fields=fields,
        had_files=bool(request.FILES),
    )


def page_of_form(request: HttpRequest) -> str:
    """The address of the page on which the form stood, as a path on this site."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return settings.LOGIN_REDIRECT_URL
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def kept_form(request: HttpRequest, user: User) -> KeptForm | None:
    """What this session has kept for this person; another person's text is not returned."""
    kept = request.session.get(KEPT)
    if kept is None or kept["person"] != str(user.pk):
        return None
    content = json.loads(crypto.decrypt(base64.b64decode(kept["sealed"]), _bound(str(user.pk))))
    return KeptForm(
        action=content["action"],
        page=content["page"],
        fields=tuple((name, value) for name, value in content["fields"]),
        had_files=content["had_files"],
    )


def forget_kept_form(request: HttpRequest) -> None:
    """Drop what is kept; harmless when there is nothing."""
    request.session.pop(KEPT, None)


def _bound(person: str) -> str:
    return f"kept_form:{person}"
