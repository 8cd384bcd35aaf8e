"""Which language a request speaks: the address decides, elsewhere the reader's choice.

Who has not chosen yet and comes from an English page of this site reads on in English.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

GetResponse = Callable[[HttpRequest], HttpResponse]
PAGE_VIEW = "wagtail_serve"
PAGE_LANGUAGE = "X-Page-Language"


def language_of_path(path: str) -> str:
    """The language that an address names: its prefix, or the default language."""
    head = path[1:].split("/", 1)[0]
    others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return head if head in others else settings.LANGUAGE_CODE


def chosen_language(request: HttpRequest) -> str:
    """The language the reader chose with the switch, else that of the page that led here.

    A part of a page speaks the language of the page that asks for it.
    """
    around = request.headers.get(PAGE_LANGUAGE, "").lower()
    code = around or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or _language_before(request)
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _language_before(request: HttpRequest) -> str:
    """The language of the page of this site whose link was followed; else the default."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    return language_of_path(urlsplit(before).path) if ours else settings.LANGUAGE_CODE


def comes_by_an_english_link(request: HttpRequest) -> bool:
    """Whether a reader without a choice goes from an English page to a whole page whose address
    leaves the language open. What a page fetches for itself is no step of its reader.
    """
    return (
        settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
        and PAGE_LANGUAGE not in request.headers
        and "text/html" in request.headers.get("Accept", "")
        and language_of_path(request.path_info) == settings.LANGUAGE_CODE
        and _language_before(request) != settings.LANGUAGE_CODE
    )


def speak_to_reader(request: HttpRequest) -> None:
    """The answer is in the language that the address names, else in the reader's choice."""
    code = language_of_path(request.path_info)
    _speak(request, chosen_language(request) if code == settings.LANGUAGE_CODE else code)


class LanguageMiddleware:
    """Pages of the site speak the language of their address, every other view the reader's.

    A page without a prefix is Chinese whatever the reader chose, so one address is one text and
    can be cached for everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _speak(request, language_of_path(request.path_info))
        response = self.get_response(request)
        spoken = getattr(request, "LANGUAGE_CODE", "")
        if comes_by_an_english_link(request) and spoken != settings.LANGUAGE_CODE:
            _remember_until_closed(request, response)
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Takes the reader's choice where the address leaves the language open."""
        match = request.resolver_match
        if match is not None and match.url_name == PAGE_VIEW:
            return
        speak_to_reader(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Says that the answer depends on the choice."""
        patch_vary_headers(response, ["Cookie"])
        return response


def _remember_until_closed(request: HttpRequest, response: HttpResponse) -> None:
    """The next pages go on in this language until the browser closes, or the switch is used."""
    if settings.LANGUAGE_COOKIE_NAME not in response.cookies:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            str(request.LANGUAGE_CODE),
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )


def _speak(request: HttpRequest, code: str) -> None:
    translation.activate(code)
    request.LANGUAGE_CODE = code
