"""Every answer of the API that any test sees is held against what the API says of itself."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from jsonschema import Draft202012Validator, FormatChecker

PREFIX = "/api/v1/"
INSTANT_WITHOUT_Z = re.compile(rb'"\d{4}-\d\d-\d\dT[\d:.]+(?:[+-][\d:]+)?"')
UNDESCRIBED = frozenset({405, 500})
"""A method that an address does not know, and a fault of ours."""
asked: set[tuple[str, str, int]] = set()
"""Method, path and status of the answers seen so far in this process."""


@cache
def document() -> dict[str, Any]:
    """The description as callers read it."""
    from lms.api import api

    text = json.dumps(api.get_openapi_schema(), default=str)
    described: dict[str, Any] = json.loads(text)
    return described


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation by method and path."""
    return {
        (method, path): operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def hold_against_description(response: HttpResponse) -> None:
    """Fails where status, headers or body of an API answer are not described."""
    request: Any = response.wsgi_request  # type: ignore[attr-defined]
    method, status = request.method.lower(), response.status_code
    if not request.path.startswith(PREFIX) or status in UNDESCRIBED:
        return
    path = _described_path(request.path_info)
    operation = operations().get((method, path))
    if operation is None:
        return
    asked.add((method, path, status))
    described = operation["responses"].get(str(status))
    assert described, f"{method} {path}: {status} is not described: {response.content!r}"
    kind = response["Content-Type"].partition(";")[0]
    assert kind in described["content"], f"{method} {path}: {status} as {kind}"
    for name in described.get("headers", {}):
        assert name in response.headers, f"{method} {path}: {status} without {name}"
    otherwise = INSTANT_WITHOUT_Z.findall(response.content)
    assert not otherwise, f"{method} {path}: instants end in Z, not as in {otherwise}"
    _validator(method, path, str(status), kind).validate(json.loads(response.content))


def _described_path(path: str) -> str:
    """The path as the description writes it; nothing where no room has the address."""
    try:
        route = resolve(path).route
    except Resolver404:
        return ""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


@cache
def _validator(method: str, path: str, status: str, kind: str) -> Draft202012Validator:
    schema = operations()[method, path]["responses"][status]["content"][kind]["schema"]
    whole = {**schema, "components": document()["components"]}
    return Draft202012Validator(whole, format_checker=FormatChecker())
