"""What every API router shares: problem documents, idempotent writes, pages of lists."""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from ninja import Router as Router
from ninja import Schema, Status
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel, Field

from core.actors import actor_id
from core.errors import DomainError
from core.http import problem as problem
from core.models import IdempotencyRecord

MAX_LIMIT = 200
MAX_KEY = 200
_DIGEST = "core.api.body"


class KeyMissing(DomainError):
    code = "idempotency_key_missing"
    status = 400
    message = _("写入接口需要 Idempotency-Key 请求头。")


class KeyMalformed(DomainError):
    code = "idempotency_key_malformed"
    status = 400
    message = _("Idempotency-Key 请求头最长 %(most)s 个字符，且只能用可见字符。")


class KeyReused(DomainError):
    code = "idempotency_key_reused"
    status = 422
    message = _("同一个 Idempotency-Key 不能用于不同的请求内容。")


def idempotent(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer a repeated write with the first answer.

    Same key and body give the stored answer; another body 422; no key or an unusable one
    400. The key, what the view writes and its answer stand in one transaction: a worker killed in
    between leaves nothing, a second request with the same key waits for the first. An attempt
    that was refused leaves no record either, so it may be repeated.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = key_of(request)
        digest = _digest(request)
        place = {
            "actor_id": actor_id(request.user),
            "route": hashlib.sha256(f"{request.method} {request.path}".encode()).hexdigest(),
            "key": key,
        }
        with transaction.atomic():
            record, fresh = IdempotencyRecord.objects.get_or_create(
                **place, defaults={"body_digest": digest}
            )
            if not fresh:
                return _first_answer(record, digest)
            response = _as_response(view(request, *args, **kwargs))
            if response.status_code >= 400:
                transaction.set_rollback(True)
                return response
            record.status, record.response = response.status_code, response.content.decode()
            record.save(update_fields=["status", "response"])
        return response

    # Ninja resolves annotations in the module of the function that it is given: ours.
    wrapped.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return wrapped


def key_of(request: HttpRequest) -> str:
    """The write's idempotency key. Raises KeyMissing, KeyMalformed."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        raise KeyMissing
    if len(key) > MAX_KEY or not key.isprintable():
        raise KeyMalformed(most=MAX_KEY)
    return key


def _digest(request: HttpRequest) -> str:
    """What a request asks for, in 64 signs that nobody can try out who has the rows only; files
    count by name and content.
    """
    if not (request.content_type or "").startswith("multipart/"):
        return salted_hmac(_DIGEST, request.body, algorithm="sha256").hexdigest()
    fields = json.dumps(sorted(request.POST.lists()))
    digest = salted_hmac(_DIGEST, fields, algorithm="sha256")
    uploads: Any = request.FILES
    for name, file in (
        (field, file) for field in sorted(uploads) for file in uploads.getlist(field)
    ):
        digest.update(f"\0{name}\0{file.name}\0".encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()


def _first_answer(record: IdempotencyRecord, digest: str) -> HttpResponse:
    if record.body_digest != digest:
        raise KeyReused
    return HttpResponse(record.response, status=record.status, content_type="application/json")


def _as_response(answer: Any) -> HttpResponse:
    if isinstance(answer, HttpResponse):
        return answer
    status, body = 200, answer
    if isinstance(answer, Status):
        status, body = answer.status_code, answer.value
    elif isinstance(answer, tuple):
        status, body = answer
    text = json.dumps(_plain(body), cls=NinjaJSONEncoder, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json")


def _plain(body: Any) -> Any:
    if isinstance(body, BaseModel):
        return body.model_dump(mode="json")
    if isinstance(body, dict):
        return {name: _plain(value) for name, value in body.items()}
    if isinstance(body, list | tuple):
        return [_plain(value) for value in body]
    return body


class AskedPage(Schema):
    """Which part of a list is asked for, and by which filters."""

    limit: int = Field(50, ge=1, le=MAX_LIMIT, description="每页行数")
    offset: int = Field(0, ge=0, le=10**8, description="跳过的行数；`next` 已带好")


def page_of(
    rows: Any, request: HttpRequest, asked: AskedPage, present: Callable[[Any], Any]
) -> dict[str, Any]:
    """``{count, next, results}`` of an ordered query or list, by ``limit`` and ``offset``."""
    count = len(rows) if isinstance(rows, list) else rows.count()
    end = asked.offset + asked.limit
    following = None
    if end < count:
        query = request.GET.copy()
        query["limit"], query["offset"] = str(asked.limit), str(end)
        following = f"{request.path}?{urlencode(list(query.items()))}"
    results: Iterable[Any] = rows[asked.offset : end]
    return {"count": count, "next": following, "results": [present(row) for row in results]}
