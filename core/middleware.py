"""What every request passes through."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import UUIDField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from core import actors, readonly
from core.errors import DomainError, Missing
from core.http import API_PREFIX, client_address, error_response, problem
from core.language import PAGE_VIEW, language_of_path

_log = logging.getLogger(__name__)
_NO_UUID = UUIDField.default_error_messages["invalid"]
GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
UNGUARDED_PREFIXES = ("/cms/",)


class ReadOnlyMiddleware:
    """Refuse writes while a reading request is handled; Wagtail's own admin is outside."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS or request.path.startswith(UNGUARDED_PREFIXES):
            return self.get_response(request)
        with readonly.guard():
            return self.get_response(request)


class HeadMiddleware:
    """HEAD is GET without the content: the same view, status and headers, the same trace."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        try:
            return _without_content(self.get_response(request))
        finally:
            request.method = "HEAD"


def _without_content(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    else:
        assert isinstance(response, HttpResponse)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    return response


class NulMiddleware:
    """Nothing has a NUL in its name: such an address leads nowhere, and no query holds one.

    Databases refuse the sign; nobody can type it. The API refuses it in words of its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            return error_response(request, Missing())
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query and not request.path_info.startswith(API_PREFIX):
            while "%00" in query:
                query = query.replace("%00", "")
            request.META["QUERY_STRING"] = query
        return self.get_response(request)


class ActorMiddleware:
    """Remember where the request comes from, for the audit."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        origin = actors.Origin(request_id=uuid.uuid4().hex, address=client_address(request))
        token = actors.origin.set(origin)
        try:
            return self.get_response(request)
        finally:
            actors.origin.reset(token)


class DomainErrorMiddleware:
    """Turn a refusal into its page, fragment or problem document."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        if request.path.startswith(API_PREFIX):
            return _no_such_method(response)
        if request.method == "GET" and not request.path.startswith(UNGUARDED_PREFIXES):
            return HttpResponseRedirect(page_above(request.path_info))
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, DomainError):
            return error_response(request, exception)
        if _is_no_possible_id(request, exception):
            _log.warning("no possible id: %s", request.path)
            return error_response(request, Missing())
        return None


def page_above(path: str) -> str:
    """The nearest address above one that only takes forms: where its reader came from.

    So it goes when a page that a form has answered is reloaded, or read in the other language.
    """
    language = language_of_path(path)
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    above = path
    while len(above) > len(home):
        above = above.rstrip("/").rpartition("/")[0] + "/"
        if above != home and _belongs_to_a_room(above):
            return above
    return home


def _belongs_to_a_room(path: str) -> bool:
    try:
        return resolve(path).url_name != PAGE_VIEW
    except Resolver404:
        return False


def _no_such_method(refused: HttpResponse) -> HttpResponse:
    """The API's framework refuses a method in words of its own; callers get a problem document."""
    response = problem(405, "method_not_allowed", _("这个地址不接受这种请求方法。"))
    response["Allow"] = refused["Allow"]
    return response


def _is_no_possible_id(request: HttpRequest, exception: Exception) -> bool:
    """Wagtail's choosers ask for whatever id the address holds: what cannot be one is not there."""
    return (
        isinstance(exception, ValidationError)
        and not hasattr(exception, "error_dict")
        and [error.message for error in exception.error_list] == [_NO_UUID]
        and request.method in SAFE_METHODS
        and request.path.startswith(UNGUARDED_PREFIXES)
    )
