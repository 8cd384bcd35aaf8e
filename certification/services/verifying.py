"""Public verification: by code, or by number and full name together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from certification.models import Certificate, CertificateEvent, EventKind, VerificationLog
from certification.models.checks import LookUp
from certification.rules import codes, names, numbers
from certification.selectors import certificate_by_code, certificate_by_number_key
from core import readonly, throttle

LOOK_UPS_PER_MINUTE = 30
WRONG_NAMES_PER_HOUR = 5

PublicVerdict = Literal["pending", "valid", "superseded", "revoked", "expired", "unknown"]


@dataclass(frozen=True)
class Verification:
    """The answer to a look-up; without a certificate there is nothing but the verdict.

    `misread` says that a code's check symbols are wrong: it was mistyped, whatever exists;
    `wrong_length` that it has not as many symbols as a code has.
    """

    verdict: PublicVerdict
    certificate: Certificate | None = None
    ended: CertificateEvent | None = None
    misread: bool = False
    wrong_length: bool = False

    @property
    def masked_name(self) -> str:
        """The holder's surname and a star; empty without a certificate."""
        return names.masked(self.certificate.holder_name) if self.certificate else ""


def verify_by_code(*, code: str, address: str) -> Verification:
    """What a verification code is worth. Raises core's Throttled beyond 30 a minute and address."""
    _count(address)
    plain = codes.read(code)
    if len(plain) != codes.LENGTH:
        return replace(_answer(None, LookUp.CODE), wrong_length=True)
    if not codes.is_code(plain):
        return replace(_answer(None, LookUp.CODE), misread=True)
    return _answer(certificate_by_code(plain), LookUp.CODE)


def verify_by_number(*, number: str, name: str, address: str) -> Verification:
    """What a number is worth to somebody who knows the full name as well.

    A number that does not exist and a name that differs give the same answer. Raises Throttled
    beyond 30 look-ups a minute and address, or 5 wrong names an hour and number.
    """
    _count(address)
    parsed = numbers.parsed(number)
    key = parsed.key if parsed else f"?{number.strip()[:100]}"
    _refuse_guessing(key)
    found = certificate_by_number_key(key) if parsed and "\0" not in key else None
    if not names.matches(name, found.holder_name if found else ""):
        _count_wrong_name(key)
        found = None
    return _answer(found, LookUp.NUMBER)


def confirm_name(*, code: str, name: str, address: str) -> bool:
    """Whether the typed full name stands on the certificate with this code.

    Limits as for `verify_by_number`; an unknown code is answered like a wrong name.
    """
    _count(address)
    plain = codes.read(code)
    _refuse_guessing(plain)
    found = certificate_by_code(plain) if codes.is_code(plain) else None
    right = names.matches(name, found.holder_name if found else "")
    if not right:
        _count_wrong_name(plain)
    return right


def _count(address: str) -> None:
    throttle.hit("certificates.look_up", address, limit=LOOK_UPS_PER_MINUTE, per_seconds=60)


def _refuse_guessing(key: str) -> None:
    throttle.refuse_spent(
        "certificates.wrong_name", key, limit=WRONG_NAMES_PER_HOUR, per_seconds=3600
    )


def _count_wrong_name(key: str) -> None:
    throttle.hit("certificates.wrong_name", key, limit=WRONG_NAMES_PER_HOUR, per_seconds=3600)


def _answer(found: Certificate | None, by: LookUp) -> Verification:
    verdict: PublicVerdict = found.state if found else "unknown"
    with readonly.writing_verification_log():
        VerificationLog.objects.create(certificate=found, by=by, verdict=verdict)
    ended = None
    if verdict in {"revoked", "superseded"}:
        ended = CertificateEvent.objects.filter(
            certificate=found, kind__in=[EventKind.REVOKED, EventKind.SUPERSEDED]
        ).first()
    return Verification(verdict, found, ended)
