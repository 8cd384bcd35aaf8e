"""Decisions about accounts as pure functions: names, codes, ages of sessions, one-time numbers."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
SLIP_GROUPS = 3
RECOVERY_GROUPS = 3
GROUP_LENGTH = 4
SLIP_LIFETIME = timedelta(days=14)
RECOVERY_CODES = 10
TOTP_STEP_SECONDS = 30
TOTP_DIGITS = 6
PENDING_LIFETIME = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=1)
_PHONE = re.compile(r"1[3-9]\d{9}")
_NOT_CODE = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True, slots=True)
class Ages:
    """How long a session may lie idle and how long it may live at all."""

    idle: timedelta
    absolute: timedelta


LEARNER_AGES = Ages(idle=timedelta(hours=3), absolute=timedelta(hours=12))
PUPIL_DATA_AGES = Ages(idle=timedelta(minutes=30), absolute=timedelta(hours=8))


def session_is_over(*, ages: Ages, signed_in: datetime, seen: datetime, now: datetime) -> bool:
    """Whether a session has lain idle too long or lived too long; a clock set back ends it too."""
    if now < signed_in - SEEN_EVERY or now < seen - SEEN_EVERY:
        return True
    return now - seen >= ages.idle or now - signed_in >= ages.absolute


def normal_name(typed: str) -> str:
    """An account name or phone as it is stored: NFKC, no spaces, small letters."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).casefold()


def is_phone(name: str) -> bool:
    """Whether a normal name is a Chinese mobile number."""
    return bool(_PHONE.fullmatch(name))


def masked_phone(phone: str | None) -> str:
    """A phone number of which only the first three and last four digits can be read."""
    if not phone or len(phone) < 7:
        return ""
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"


def readable_code(groups: int) -> str:
    """A random code in groups of four signs that nobody confuses (31 signs: 4.95 bits each)."""
    return "-".join(
        "".join(secrets.choice(READABLE) for _sign in range(GROUP_LENGTH))
        for _group in range(groups)
    )


def normal_code(typed: str) -> str:
    """A typed code without its spaces and hyphens, full-width signs and small letters accepted."""
    return _NOT_CODE.sub("", unicodedata.normalize("NFKC", typed).upper())


class CodeShape(StrEnum):
    """What a normal code at the second factor can be, by its length and signs."""

    NUMBER = "number"
    RECOVERY = "recovery"
    NEITHER = "neither"


def code_shape(code: str) -> CodeShape:
    """Whether a normal code has the shape of a one-time number or of a recovery code."""
    if len(code) == TOTP_DIGITS and code.isdecimal():
        return CodeShape.NUMBER
    if len(code) == RECOVERY_GROUPS * GROUP_LENGTH:
        return CodeShape.RECOVERY
    return CodeShape.NEITHER


def matching_step(
    number_of: Callable[[int], str], code: str, *, at: datetime, after: int
) -> int | None:
    """The time step (the present one or a neighbour) whose number is ``code``.

    Steps up to ``after`` are spent: None for them, and for a wrong code. Source: RFC 6238 5.2.
    """
    present = int(at.timestamp()) // TOTP_STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if step > after and hmac.compare_digest(number_of(step).encode(), code.encode()):
            return step
    return None


_SYSTEMS = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Program and machine as people call them, from a browser's own description."""
    program = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    machine = next((name for mark, name in _MACHINES if mark in user_agent), "")
    return " · ".join(part for part in (program, machine) if part)
