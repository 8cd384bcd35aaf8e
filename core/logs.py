"""Logs as JSON lines, with the request's id, and without anything that names a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import structlog

from core import actors

HIDDEN = "[已隐去]"
SECRET_WORDS = (
    "password", "passwd", "secret", "token", "authorization", "cookie", "csrf", "session",
    "otp", "recovery", "slip", "phone", "mobile", "id_number", "identity", "address_line",
    "note", "text", "content", "answer", "body", "guardian",
)  # fmt: skip
_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_PHONE = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?1[0-9]{10}(?![0-9])")


def redact(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """Hide ID numbers, phones and the values of listed keys, at any depth."""
    return {name: _clean(name, value) for name, value in line.items()}


def _clean(name: str, value: Any) -> Any:
    if any(word in name.lower() for word in SECRET_WORDS):
        return HIDDEN
    if isinstance(value, str):
        return _PHONE.sub(HIDDEN, _ID_NUMBER.sub(HIDDEN, value))
    if isinstance(value, dict):
        return {key: _clean(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_clean("", item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        cleaned = _clean("", str(value))
        return value if cleaned == str(value) else cleaned
    return value


def add_request(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    """The request that a line belongs to."""
    origin = actors.origin.get()
    if origin.request_id:
        line["request"] = origin.request_id
    return line


def configuration(level: str, *, sender: str = "", operators: Sequence[str] = ()) -> dict[str, Any]:
    """Django's LOGGING: one JSON object a line on standard error, and mail to the operators."""
    alarm = {"class": "core.alarms.OperatorMail", "sender": sender, "operators": [*operators]}
    mailed = {"operators": alarm} if operators else {}
    before: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_request,
    ]
    after: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
        redact,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=repr),
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": before,
                "processors": after,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}, **mailed},
        "root": {"handlers": ["stderr", *mailed], "level": level},
        "loggers": {
            "django.server": {"handlers": [], "propagate": True},
            "django.db.backends": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
        },
    }
