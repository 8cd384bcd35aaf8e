"""The watch session's token: signed facts of the server, which no client can change."""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from uuid import UUID

DIGEST_BYTES = 16
LOOK_AGAIN = 0
"""The policy of a session that only looks again: nothing of it counts."""


@dataclass(frozen=True, slots=True)
class WatchToken:
    """What the server promised itself when a watch session began; times in milliseconds of its
    clock.
    """

    session: UUID
    teacher: UUID
    version: UUID
    lesson: UUID
    enrolment: UUID
    started_ms: int
    expires_ms: int
    duration_ms: int
    policy: int


def sign(token: WatchToken, key: bytes) -> str:
    """Write a token as URL-safe text with its HMAC-SHA256 in front."""
    body = json.dumps(
        [str(value) if isinstance(value, UUID) else value for value in asdict(token).values()]
    )
    payload = body.encode()
    return base64.urlsafe_b64encode(_digest(payload, key) + payload).rstrip(b"=").decode()


def read(text: str, key: bytes) -> WatchToken | None:
    """Give the token of a text that this key signed, or nothing for any other text."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    signature, payload = raw[:DIGEST_BYTES], raw[DIGEST_BYTES:]
    if not hmac.compare_digest(signature, _digest(payload, key)):
        return None
    session, teacher, version, lesson, enrolment, started, expires, duration, policy = json.loads(
        payload
    )
    return WatchToken(
        UUID(session), UUID(teacher), UUID(version), UUID(lesson), UUID(enrolment),
        started, expires, duration, policy,
    )  # fmt: skip


def expires_ms(started_ms: int, duration_ms: int, closes_ms: int | None) -> int:
    """Let a session live for twice the lesson and two hours, but never past the end of learning."""
    lives_until = started_ms + 2 * duration_ms + 2 * 3_600_000
    return lives_until if closes_ms is None else min(lives_until, closes_ms)


def _digest(payload: bytes, key: bytes) -> bytes:
    return hmac.new(key, payload, hashlib.sha256).digest()[:DIGEST_BYTES]
