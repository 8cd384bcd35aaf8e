"""What every API router shares: problem documents, idempotent writes, pages of lists."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router as Router

from core.actors import actor_id
from core.errors import DomainError
from core.http import problem as problem
from core.models import IdempotencyRecord

MAX_LIMIT = 200


class KeyMissing(DomainError):
    code = "idempotency_key_missing"
    status = 400
    message = _("写入接口需要 Idempotency-Key 请求头。")


class KeyReused(DomainError):
    code = "idempotency_key_reused"
    status = 422
    message = _("同一个 Idempotency-Key 不能用于不同的请求内容。")


class KeyBusy(DomainError):
    code = "idempotency_key_busy"
    status = 409
    message = _("相同的请求正在处理，请稍后再试。")


def idempotent(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer a repeated write with the first answer.

    Same key and body give the stored answer; another body 422; no key 400. An attempt that
    failed leaves no record, so it may be repeated.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "").strip()
        if not key or len(key) > 200:
            raise KeyMissing
        record, fresh = _claim(request, key)
        if not fresh:
            return _first_answer(record)
        try:
            answer = view(request, *args, **kwargs)
            response = _as_response(request, answer)
        except BaseException:
            record.delete()
            raise
        IdempotencyRecord.objects.filter(pk=record.pk).update(
            status=response.status_code, response=response.content.decode()
        )
        return response

    return wrapped


def _claim(request: HttpRequest, key: str) -> tuple[IdempotencyRecord, bool]:
    route = f"{request.method} {request.path}"
    digest = hashlib.sha256(request.body).hexdigest()
    owner = actor_id(request.user)
    try:
        with transaction.atomic():
            record = IdempotencyRecord.objects.create(
                actor_id=owner, key=key, route=route[:200], body_digest=digest
            )
        return record, True
    except IntegrityError:
        record = IdempotencyRecord.objects.get(actor_id=owner, key=key, route=route[:200])
    if record.body_digest != digest:
        raise KeyReused
    if record.status is None:
        raise KeyBusy
    return record, False


def _first_answer(record: IdempotencyRecord) -> HttpResponse:
    assert record.status is not None
    return HttpResponse(record.response, status=record.status, content_type="application/json")


def _as_response(request: HttpRequest, answer: Any) -> HttpResponse:
    import json

    from ninja.responses import NinjaJSONEncoder

    if isinstance(answer, HttpResponse):
        return answer
    status, body = answer if isinstance(answer, tuple) else (200, answer)
    text = json.dumps(_plain(body), cls=NinjaJSONEncoder, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json")


def _plain(body: Any) -> Any:
    if hasattr(body, "model_dump"):
        return body.model_dump(mode="json")
    if isinstance(body, dict):
        return {name: _plain(value) for name, value in body.items()}
    if isinstance(body, list | tuple):
        return [_plain(value) for value in body]
    return body


def page_of(
    rows: Any, request: HttpRequest, present: Callable[[Any], Any], *, default: int = 50
) -> dict[str, Any]:
    """``{count, next, results}`` of an ordered query, by ``limit`` and ``offset``."""
    limit = min(MAX_LIMIT, _whole(request.GET.get("limit"), default) or default)
    offset = _whole(request.GET.get("offset"), 0)
    count = rows.count()
    results: Iterable[Any] = rows[offset : offset + limit]
    following = None
    if offset + limit < count:
        query = request.GET.copy()
        query["limit"], query["offset"] = str(limit), str(offset + limit)
        following = f"{request.path}?{urlencode(list(query.items()))}"
    return {"count": count, "next": following, "results": [present(row) for row in results]}


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
