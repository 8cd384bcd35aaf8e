"""The screens of enrolling an authenticator: the key as picture and text, codes shown once."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote, urlencode

import segno
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Authenticator, User
from core import crypto

CODES = "fresh_recovery_codes"


def enrolment_context(user: User, pending: Authenticator | None) -> dict[str, Any]:
    """What the enrolment page shows: the QR picture as a data address, and the key to type."""
    if pending is None:
        return {"pending": False}
    key = str(pending.key)
    picture = segno.make(key_address(user, key), error="m")
    return {
        "pending": True,
        "picture": picture.svg_data_uri(scale=5, border=4, light="#fff"),
        "typed_key": " ".join(key[start : start + 4] for start in range(0, len(key), 4)),
    }


def key_address(user: User, key: str) -> str:
    """The otpauth address that authenticator programs read. Source: Key URI Format (Google)."""
    issuer = _("信阳教师平台")
    values = {
        "secret": key,
        "issuer": issuer,
        "algorithm": "SHA1",
        "digits": rules.TOTP_DIGITS,
        "period": rules.TOTP_STEP_SECONDS,
    }
    return (
        f"otpauth://totp/{quote(f'{issuer}:{user.username}')}?{urlencode(values, quote_via=quote)}"
    )


def show_codes_once(request: HttpRequest, user: User, codes: list[str], target: str) -> None:
    """Keep fresh recovery codes, encrypted, in this session until the person has saved them."""
    text = json.dumps({"codes": codes, "next": target})
    sealed = crypto.encrypt(text, _bound(user))
    request.session[CODES] = base64.b64encode(sealed).decode()


def codes_to_show(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """The fresh codes of this session and where the person goes next, or None."""
    sealed = request.session.get(CODES)
    if sealed is None:
        return None
    content: dict[str, Any] = json.loads(crypto.decrypt(base64.b64decode(sealed), _bound(user)))
    return content


def forget_codes(request: HttpRequest) -> None:
    """Drop the codes from the session; harmless when there are none."""
    request.session.pop(CODES, None)


def _bound(user: User) -> str:
    return f"recovery_codes:{user.pk}"
