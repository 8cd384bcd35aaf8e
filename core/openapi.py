"""What the description of the API says of every operation beside its own answers.

Problem documents with their stable codes, the key of a write and the token are the same
everywhere; an operation names only what it alone refuses, by `refusals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from http.client import responses
from typing import Any

from core.api import MAX_KEY
from core.errors import DomainError

_OWN = "x-refusals"
WRITES = frozenset({"post", "put", "patch", "delete"})
Code = tuple[int, str]

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "稳定的代码"},
        "detail": {"type": "string", "description": "给人看的说明"},
        "fields": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "additionalProperties": False,
                "properties": {
                    "field": {"type": "string", "description": "以点分隔的路径"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
    "additionalProperties": False,
}
KEY: dict[str, Any] = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "同键同内容返回第一次的结果；内容不同 422",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
}
TOKEN: dict[str, Any] = {
    "in": "header",
    "name": "X-CSRFToken",
    "required": True,
    "description": "登录页设置的 csrftoken",
    "schema": {"type": "string"},
}


def refusals(*errors: type[DomainError], codes: tuple[Code, ...] = ()) -> dict[str, Any]:
    """What an operation refuses beyond what all do, as its `openapi_extra`."""
    return {_OWN: [*((error.status, error.code) for error in errors), *codes]}


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """The description with the problems, key and token of every operation."""
    document["components"]["schemas"]["Problem"] = PROBLEM
    for methods in document["paths"].values():
        for method, operation in methods.items():
            _complete(method, operation)
    return document


def _complete(method: str, operation: dict[str, Any]) -> None:
    by_status: defaultdict[int, set[str]] = defaultdict(set)
    for status, code in (*_common(method, operation), *operation.pop(_OWN, ())):
        by_status[status].add(code)
    for status in sorted(by_status):
        operation["responses"][status] = _problem(status, sorted(by_status[status]))
    if method in WRITES:
        operation["parameters"] += [KEY, TOKEN]


def _common(method: str, operation: dict[str, Any]) -> Iterator[Code]:
    yield 503, "unavailable"
    if operation.get("security"):
        doors = ("sign_in_due", "second_factor_due", "privacy_notice_due")
        yield from ((401, door) for door in doors)
        yield (404, "not_found")
    if any(parameter["in"] == "query" for parameter in operation["parameters"]):
        yield from ((400, "invalid_query"), (400, "unusable_text"))
    if method in WRITES:
        yield from ((400, "idempotency_key_missing"), (400, "idempotency_key_malformed"))
        yield from ((403, "csrf_failed"), (422, "idempotency_key_reused"), (413, "too_large"))
        yield 400, "bad_request"
    if "requestBody" in operation:
        yield from ((400, "unusable_text"), (422, "invalid"))
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        yield from ((400, "not_json"), (415, "unsupported_media_type"))


def _problem(status: int, codes: list[str]) -> dict[str, Any]:
    known = {"properties": {"status": {"const": status}, "code": {"enum": codes}}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}, known]}
    described: dict[str, Any] = {
        "description": f"{responses[status]}: {', '.join(codes)}",
        "content": {"application/problem+json": {"schema": schema}},
    }
    if status == 429:
        described["headers"] = {
            "Retry-After": {"required": True, "schema": {"type": "string", "pattern": "^[0-9]+$"}}
        }
    return described
