"""What is wrong with the values of a request, field by field, in words for people.

The API's framework reports in English and in its own terms; callers get one shape: a list of
``{field, code, message}``, ``field`` being the dotted path of the value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

SOURCES = frozenset({"body", "query", "form", "file", "path", "header"})
_QUOTED = re.compile(r"'([^']*)'")

_WORDS: dict[str, tuple[str, Any]] = {
    "missing": ("required", _("必须填写。")),
    "enum": ("choice", _("只能是以下之一：%(expected)s。")),
    "literal_error": ("choice", _("只能是以下之一：%(expected)s。")),
    "int_type": ("integer", _("应为整数。")),
    "int_parsing": ("integer", _("应为整数。")),
    "int_from_float": ("integer", _("应为整数。")),
    "int_parsing_size": ("integer", _("应为整数。")),
    "bool_type": ("boolean", _("只能是 true 或 false。")),
    "bool_parsing": ("boolean", _("只能是 true 或 false。")),
    "greater_than_equal": ("too_small", _("不能小于 %(ge)s。")),
    "less_than_equal": ("too_large", _("不能大于 %(le)s。")),
    "string_type": ("text", _("应为文字。")),
    "string_too_long": ("too_long", _("不能超过 %(max_length)s 个字。")),
    "string_too_short": ("too_short", _("至少 %(min_length)s 个字。")),
    "uuid_type": ("uuid", _("应为 UUID 编号。")),
    "uuid_parsing": ("uuid", _("应为 UUID 编号。")),
    "list_type": ("list", _("应为列表。")),
    "tuple_type": ("list", _("应为列表。")),
    "too_long": ("too_long", _("不能超过 %(max_length)s 项。")),
    "too_short": ("too_short", _("至少 %(min_length)s 项。")),
    "model_type": ("object", _("应为 JSON 对象。")),
    "model_attributes_type": ("object", _("应为 JSON 对象。")),
    "dict_type": ("object", _("应为 JSON 对象。")),
}
_OTHER = ("invalid", _("内容不符合要求。"))


def said_of(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The framework's errors as ``{field, code, message}``."""
    return [_said(error) for error in errors]


def said_of_named(fields: Mapping[str, Any]) -> list[dict[str, str]]:
    """A domain refusal's words by field, in the same shape."""
    return [
        {"field": name, "code": "invalid", "message": str(text)} for name, text in fields.items()
    ]


def concern_the_query(errors: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all that is wrong stands in the address's query."""
    return all(error["loc"][:1] == ("query",) for error in errors)


def _said(error: Mapping[str, Any]) -> dict[str, str]:
    code, words = _WORDS.get(error["type"], _OTHER)
    facts = dict(error.get("ctx", {}))
    if "expected" in facts:
        facts["expected"] = " / ".join(_QUOTED.findall(str(facts["expected"])))
    return {"field": _field(error["loc"]), "code": code, "message": str(words) % facts}


def _field(place: Sequence[Any]) -> str:
    """The dotted path without the source, and without the name of our own parameter for it."""
    steps = [str(step) for step in place[1:]]
    if len(steps) > 1 and steps[0] in SOURCES:
        steps = steps[1:]
    return ".".join(steps)
