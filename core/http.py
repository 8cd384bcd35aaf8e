"""Small HTTP matters shared by every room."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.defaults import page_not_found

from core.errors import DomainError, Missing
from core.invalid_input import said_of_named

API_PREFIX = "/api/"
PIECE_BYTES = 64 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def client_address(request: HttpRequest) -> str:
    """The visitor's address; forwarded headers count only behind configured proxies."""
    hops = int(getattr(settings, "TRUSTED_PROXY_COUNT", 0))
    if hops:
        forwarded = [
            part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        ]
        if len(forwarded) >= hops and forwarded[-hops]:
            return str(forwarded[-hops])
    return str(request.META.get("REMOTE_ADDR", ""))


def whole_number(text: str, default: int) -> int:
    """The number of at most nine digits that an address asks for; ``default`` for all else."""
    return int(text) if text.isdecimal() and len(text) <= 9 else default


def problem(status: int, code: str, detail: str, **extra: Any) -> HttpResponse:
    """An RFC 9457 problem document with a stable ``code``."""
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, **extra}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str),
        status=status,
        content_type="application/problem+json",
    )


def error_response(request: HttpRequest, error: DomainError) -> HttpResponseBase:
    """The refusal in the form the caller understands: problem document, htmx fragment or page."""
    if request.path.startswith(API_PREFIX):
        fields = getattr(error, "fields", None)
        extra = {"fields": said_of_named(fields)} if fields else {}
        response = problem(error.status, error.code, str(error), **extra)
    elif isinstance(error, Missing):
        return page_not_found(request, Http404(str(error)))
    else:
        fragment = getattr(request, "htmx", False)
        template = "errors/refusal_fragment.html" if fragment else "errors/refusal.html"
        response = render(request, template, {"error": error}, status=error.status)
        patch_vary_headers(response, ["HX-Request"])
    retry_after = getattr(error, "retry_after", None)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def ranged_file_response(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    """Serve a file, or one byte range of it, in small pieces: 200, 206 or 416."""
    size = path.stat().st_size
    span = _single_range(request.headers.get("Range", ""), size)
    if span is None:
        response: HttpResponseBase = FileResponse(path.open("rb"), content_type=content_type)
        response["Accept-Ranges"] = "bytes"
        return response
    first, last = span
    if first > last or first >= size:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    pieces = _pieces(path, first, last - first + 1)
    response = StreamingHttpResponse(pieces, status=206, content_type=content_type)
    response["Content-Length"] = str(last - first + 1)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _pieces(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        while length and (piece := stream.read(min(length, PIECE_BYTES))):
            length -= len(piece)
            yield piece


def _single_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; None where the header asks for no single range that we know."""
    match = _RANGE.fullmatch(header)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size - 1
    return int(match[1]), min(int(match[2]) if match[2] else size - 1, size - 1)
