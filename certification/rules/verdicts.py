"""What a certificate is worth today, and what a claim about it is worth."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from certification.rules import dates, names

State = Literal["pending", "valid", "superseded", "revoked", "expired"]
Verdict = Literal["pending", "valid", "superseded", "revoked", "expired", "mismatch", "unknown"]

VERDICTS: Final[tuple[Verdict, ...]] = (
    "valid",
    "superseded",
    "revoked",
    "expired",
    "pending",
    "mismatch",
    "unknown",
)


def state(events: Iterable[str], expires_on: dt.date | None, today: dt.date) -> State:
    """The state that follows from the kinds of the certificate's events and the day.

    A withdrawal outweighs everything; only what was issued can expire.
    """
    kinds = frozenset(events)
    if "revoked" in kinds:
        return "revoked"
    if "superseded" in kinds:
        return "superseded"
    if "issued" not in kinds:
        return "pending"
    return "expired" if dates.has_expired(expires_on, today) else "valid"


@dataclass(frozen=True)
class Stated:
    """What certificate or register says: the facts that a claim is compared with."""

    name: str
    course: str
    credit_hours: Decimal
    issued_on: dt.date
    state: State


def _same_hours(text: str, hours: Decimal) -> bool:
    try:
        return Decimal(text.removesuffix("学时").strip()) == hours
    except InvalidOperation:
        return False


def _same_day(text: str, day: dt.date) -> bool:
    digits = re.findall(r"[0-9]+", text.partition("T")[0])
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    return [int(piece) for piece in digits[:3]] == [day.year, day.month, day.day]


def differing_field(claim: Mapping[str, str], stated: Stated) -> str:
    """The first field of the claim that contradicts the certificate, or an empty text.

    Known fields are name, course, credit_hours and issued_on; empty cells claim nothing.
    """
    if not names.matches(claim.get("name", ""), stated.name):
        return "name"
    if claim.get("course") and not names.matches(claim["course"].strip("《》"), stated.course):
        return "course"
    if claim.get("credit_hours") and not _same_hours(claim["credit_hours"], stated.credit_hours):
        return "credit_hours"
    if claim.get("issued_on") and not _same_day(claim["issued_on"], stated.issued_on):
        return "issued_on"
    return ""


def of_claim(claim: Mapping[str, str], stated: Stated | None) -> tuple[Verdict, str]:
    """The verdict on a claim and the field that differs; no certificate is `unknown`."""
    if stated is None:
        return "unknown", "number"
    field = differing_field(claim, stated)
    return ("mismatch", field) if field else (stated.state, "")
