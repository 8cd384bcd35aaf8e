"""How the people who run the site are reached: mail and error reports; knows no Django.

``EMAIL_URL`` is ``smtp://user:password@host:port/?from=…&operators=…``: ``smtp`` (25) plain,
``smtp+tls`` (587) with STARTTLS, ``smtps`` (465) encrypted from the start.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from lms.settings import environment as env

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
EXAMPLE = "smtps://账号:密码@smtp.example.cn/?from=lms@example.cn&operators=it@example.cn"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server, who writes, and the operators who are written to."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str
    operators: tuple[str, ...]


def read_mail(url: str) -> Mail | None:
    """The mail server of an ``EMAIL_URL``; None without one. Raises ValueError for half a one."""
    if not url:
        return None
    parts = urlsplit(url)
    words = parse_qs(parts.query)
    sender = words.get("from", [""])[0]
    operators = [word.strip() for word in words.get("operators", [""])[0].split(",")]
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(url)
    if not all("@" in address for address in (sender, *operators)):
        raise ValueError(url)
    return Mail(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
        operators=tuple(operators),
    )


def faults() -> Iterator[str]:
    """What is wrong with the environment here, in whichever mode; one line each."""
    try:
        read_mail(env.text("EMAIL_URL"))
    except ValueError:
        yield f"EMAIL_URL：写法有误，应如 {EXAMPLE}（或 smtp://、smtp+tls://）。"
    if env.text("SENTRY_DSN") and importlib.util.find_spec("sentry_sdk") is None:
        yield (
            "SENTRY_DSN：没有安装上报组件，请先运行 "
            "UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --frozen --inexact --extra sentry。"
        )
    if env.text("STORAGE_URL"):
        yield ("STORAGE_URL：尚不支持对象存储；请去掉这一项，用 MEDIA_ROOT 指定目录。")
