"""What the API takes in: JSON that is said to be JSON, and text that can be kept."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from core.errors import DomainError


class NotJson(DomainError):
    code = "not_json"
    status = 400
    message = _("请求内容不是有效的 JSON。")


class NotSaidToBeJson(DomainError):
    code = "unsupported_media_type"
    status = 415
    message = _("请求内容应为 JSON，并带 Content-Type: application/json。")


class UnusableText(DomainError):
    code = "unusable_text"
    status = 400
    message = _("请求中有无法保存的字符（空字符或半个代理对）。")


class StrictParser(Parser):
    """Refuses what no room could keep; an empty value of the query counts as not given."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The JSON of a body. Raises NotSaidToBeJson, NotJson, UnusableText."""
        if request.content_type != "application/json":
            raise NotSaidToBeJson
        try:
            value = json.loads(request.body, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise NotJson from error
        _refuse_unusable_text(value)
        return cast(dict[str, Any], value)

    def parse_querydict(
        self, data: Any, list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The values by name. Raises UnusableText."""
        values = super().parse_querydict(data, list_fields, request)
        _refuse_unusable_text(list(values.items()))
        if data is request.GET:
            return {name: value for name, value in values.items() if value != ""}
        return values


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _refuse_unusable_text(value: Any) -> None:
    """Looks at every text inside, without recursion: a body may be nested deeply."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, list | tuple):
            waiting += part
        elif isinstance(part, str) and not _is_usable(part):
            raise UnusableText


def _is_usable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
