"""Signed addresses of published files, in the form nginx's secure_link checks.

Source: ngx_http_secure_link_module, `secure_link_md5 "$exp/$asset/ $secret"`.
"""

import base64
import hashlib
import hmac
from enum import Enum

PERIOD_SECONDS = 30 * 24 * 60 * 60


class LinkState(Enum):
    """What a signed prefix is worth at one moment."""

    GOOD = "good"
    WRONG = "wrong"
    EXPIRED = "expired"


def signature(secret: str, expires: int, asset: str) -> str:
    """22 characters of URL-safe base64 over expiry (Unix seconds) and asset."""
    text = f"{expires}/{asset}/ {secret}".encode()
    digest = hashlib.md5(text, usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def prefix(secret: str, expires: int, asset: str) -> str:
    """The path, ending in a slash, under which all files of the asset are reachable."""
    return f"/v/{signature(secret, expires, asset)}/{expires}/{asset}/"


def state_of(secret: str, sig: str, expires: int, asset: str, *, now: int) -> LinkState:
    """Whether a prefix may be served at `now` (Unix seconds)."""
    if not hmac.compare_digest(signature(secret, expires, asset), sig):
        return LinkState.WRONG
    return LinkState.EXPIRED if expires < now else LinkState.GOOD


def long_expiry(now: int) -> int:
    """An expiry 30 to 60 days ahead, the same for 30 days: pages that hold it can be cached."""
    return (now // PERIOD_SECONDS + 2) * PERIOD_SECONDS
