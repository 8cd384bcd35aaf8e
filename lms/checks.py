"""What Django's own ``check`` asks besides."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from lms import preparing


def no_demo_accounts(**_: Any) -> list[CheckMessage]:
    """Production holds no demo sign-in; every command asks, ``check`` too."""
    refusal = preparing.demo_refusal()
    return [Error(refusal, id="lms.E001")] if refusal else []


def nothing_is_guessed(**_: Any) -> list[CheckMessage]:
    """What production derives although it should be stated (``check --deploy``)."""
    hints = {
        "BASE_URL": "证书二维码里的网址由它生成；现在由 CSRF_TRUSTED_ORIGINS 推出。",
        "TRUSTED_PROXY_COUNT": "前面有反向代理而不写明时，所有访问者看起来是同一个地址。",
        "MEDIA_LINK_SECRET": "nginx 需要同一个密钥；不写明时录像经由 Python 送出。",
    }
    return [
        Warning(f"{name} 没有写明。", hint=hints[name], id="lms.W001")
        for name in getattr(settings, "NOT_STATED", [])
    ]


def watch() -> None:
    """Let Django ask."""
    register(no_demo_accounts)
    register(nothing_is_guessed, Tags.security, deploy=True)
