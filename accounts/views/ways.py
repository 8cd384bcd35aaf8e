"""Where a person goes next."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.selectors import privacy_notice_due
from accounts.services.kept import kept_form, remember_person


def signed_in(request: HttpRequest) -> User:
    """The person whose session this is; the door has let nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("this view stands behind the door")
    return request.user


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the fields of a POST, else nothing."""
    return request.POST if request.method == "POST" else None


def safe_next(request: HttpRequest, wanted: str) -> str:
    """``wanted`` if it is a path on this site, else the home page."""
    local = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if local else settings.LOGIN_REDIRECT_URL


def with_next(name: str, target: str) -> str:
    """The address of a page that leads on to ``target``."""
    return f"{reverse(name)}?{urlencode({'next': target})}"


def into_the_house(request: HttpRequest, user: User, target: str) -> HttpResponseRedirect:
    """After signing in: the privacy notice if due, kept text if there is some, else ``target``."""
    if privacy_notice_due(user) is not None:
        way = with_next("accounts:privacy", target)
    elif kept_form(request, user) is not None:
        way = reverse("accounts:kept")
    else:
        way = target
    response = HttpResponseRedirect(way)
    remember_person(request, response, user)
    return response
