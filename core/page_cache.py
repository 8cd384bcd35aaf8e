"""Public pages for visitors who are not signed in: rendered once, then served from memory.

Every process keeps the bodies itself; one version in the shared cache tells all of them that the
pages have changed. It is read at most once a second, so a change shows within a second, and a page
is rendered anew after a minute in any case.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

from core.language import PAGE_VIEW, chosen_language, comes_by_an_english_link

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

VERSION_KEY: Final = "page_cache.version"
VERSION_SECONDS: Final = 1.0
VERSION_LIVES_SECONDS: Final = 30 * 24 * 3600
PAGE_SECONDS: Final = 60.0
MOST_PAGES: Final = 512
LONGEST_BODY: Final = 400_000
MARK: Final = "X-Page-Cache"


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    headers: tuple[tuple[str, str], ...]
    until: float


_pages: OrderedDict[str, _Kept] = OrderedDict()
_lock = threading.Lock()
_version: tuple[str, float] = ("", 0.0)


def for_everybody(view: View) -> View:
    """Marks a view whose answer is the same for every visitor, so that it may be kept."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.same_for_everybody = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return marked


def raise_version() -> None:
    """Makes every kept page stale, in every process within a second; harmless to repeat."""
    global _version
    token = secrets.token_hex(8)
    cache.set(VERSION_KEY, token, VERSION_LIVES_SECONDS)
    _version = (token, time.monotonic())


def forget() -> None:
    """Empties the memory of this process (tests and benchmarks)."""
    global _version
    with _lock:
        _pages.clear()
    _version = ("", 0.0)


def _current_version() -> str | None:
    global _version
    token, read_at = _version
    if token and time.monotonic() - read_at < VERSION_SECONDS:
        return token
    try:
        token = cache.get(VERSION_KEY) or "first"
    except Exception:
        logger.warning("the shared cache does not answer; pages are rendered", exc_info=True)
        return None
    _version = (token, time.monotonic())
    return token


class PageCacheMiddleware:
    """Answers from memory where that is right, and remembers what may be remembered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        version = _current_version() if _may_be_kept(request) else None
        if version is None:
            return self.get_response(request)
        key = _key(request, version)
        kept = _take(key)
        if kept is not None:
            return _answer(request, kept)
        response = self.get_response(request)
        if _is_for_everybody(request, response):
            _keep(key, response)
            response[MARK] = "miss"
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    """Whether no session and no language to be remembered makes the answer this reader's own."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith("/cms/")
        and not comes_by_an_english_link(request)
    )


def _key(request: HttpRequest, version: str) -> str:
    parts = (
        version,
        request.get_host(),
        request.get_full_path(),
        chosen_language(request),
        request.headers.get("HX-Request", ""),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    page = match is not None and match.url_name == PAGE_VIEW
    if not page and not getattr(request, "same_for_everybody", False):
        return False
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        and "private" not in response.get("Cache-Control", "")
        and len(response.content) <= LONGEST_BODY
        and b"csrfmiddlewaretoken" not in response.content
    )


def _take(key: str) -> _Kept | None:
    with _lock:
        kept = _pages.get(key)
        if kept is None or kept.until < time.monotonic():
            return None
        _pages.move_to_end(key)
        return kept


def _keep(key: str, response: HttpResponse) -> None:
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers.setdefault("Cache-Control", "no-cache")
    kept = _Kept(response.content, tuple(response.items()), time.monotonic() + PAGE_SECONDS)
    with _lock:
        _pages[key] = kept
        _pages.move_to_end(key)
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)


def _answer(request: HttpRequest, kept: _Kept) -> HttpResponse:
    response = HttpResponse(kept.body)
    for name, value in kept.headers:
        response[name] = value
    response[MARK] = "hit"
    etag = response["ETag"]
    if request.headers.get("If-None-Match"):
        conditional = get_conditional_response(request, etag=etag, response=response)
        if isinstance(conditional, HttpResponseNotModified):
            conditional[MARK] = "hit"
        return conditional or response
    return response
