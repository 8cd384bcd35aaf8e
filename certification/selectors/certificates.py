"""Certificates: one's own, those under one's posts, and the one with this number or code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from certification.models import Certificate, CertificateEvent
from certification.models.certificates import CertificateQuerySet
from certification.permissions import READERS, manages_certificate, visible_certificates
from certification.rules import codes, numbers, verdicts
from core import clock
from core.errors import Missing
from core.trace import Thing, named
from schools.models import Role
from schools.permissions import paths_q, scope_of
from schools.selectors import teacher_of


def my_certificates(viewer: Any, state: str = "") -> CertificateQuerySet:
    """The viewer's own certificates, newest first; those in one state if it is given."""
    certificates = Certificate.objects.with_state(clock.today()).select_related("document")
    if state in verdicts.VERDICTS:
        certificates = certificates.in_state(state, clock.today())
    return certificates.filter(teacher=teacher_of(viewer)).defer("document__content")


def get_certificate_for(*, viewer: Any, certificate_id: UUID) -> Certificate:
    """The certificate if the viewer may see it. Raises Missing otherwise."""
    found = (
        visible_certificates(viewer)
        .select_related("unit", "teacher", "template", "supersedes", "type__issuer")
        .filter(pk=certificate_id)
        .first()
    )
    if found is None:
        raise Missing
    return found


def get_certificate_to_manage(*, viewer: Any, certificate_id: UUID) -> Certificate:
    """The certificate if the viewer may revoke or re-issue it. Raises Missing otherwise."""
    found = get_certificate_for(viewer=viewer, certificate_id=certificate_id)
    if not manages_certificate(viewer, found):
        raise Missing
    return found


def history_of(certificate: Certificate) -> QuerySet[CertificateEvent]:
    """Everything that happened to a certificate, oldest first."""
    return certificate.events.all()


def registry(*, viewer: Any, q: str = "", state: str = "") -> CertificateQuerySet:
    """Certificates of the units that the viewer reads, found by number, code, name or pinyin."""
    certificates = (
        Certificate.objects.with_state(clock.today())
        .filter(paths_q("unit__path", scope_of(viewer).paths(*READERS)))
        .select_related("unit", "teacher")
    )
    words = q.strip()
    if words:
        certificates = certificates.filter(_matches(words))
    if state in verdicts.VERDICTS:
        certificates = certificates.in_state(state, clock.today())
    return certificates


def _matches(words: str) -> Q:
    number = numbers.parsed(words)
    code = codes.normalise(words)
    if number is not None:
        return Q(number_key=number.key)
    if codes.is_code(code):
        return Q(code=code)
    pinyin = words.replace(" ", "").lower()
    return (
        Q(holder_name__startswith=words)
        | Q(teacher__name__startswith=words)
        | Q(teacher__staff_number=words.upper())
        | Q(number__contains=words)
        | (Q(teacher__pinyin__startswith=pinyin) | Q(teacher__initials__startswith=pinyin))
        & Q(pk__isnull=not (pinyin.isascii() and pinyin.isalpha()))
    )


def certificate_names(viewer: Any, wanted: Mapping[str, Collection[str]]) -> dict[Thing, str]:
    """Numbers of certificates for the access log, by kind and id; for auditors only."""
    ways = {"certification.certificate": (Certificate.objects.all, str)}
    return named(ways, wanted) if scope_of(viewer).holds(Role.AUDITOR) else {}


def certificate_by_code(code: str) -> Certificate | None:
    """The certificate with a normalised code, whoever asks."""
    return _published().filter(code=code).first()


def certificate_by_number_key(key: str) -> Certificate | None:
    """The certificate with a normalised number, whoever asks."""
    return _published().filter(number_key=key).first()


def _published() -> CertificateQuerySet:
    return Certificate.objects.with_state(clock.today()).select_related("template")


def waiting_count(viewer: Any) -> int:
    """How many certificates under the viewer's posts wait for their paper."""
    return registry(viewer=viewer, state="pending").count()


def chain_of(viewer: Any, certificate: Certificate) -> CertificateQuerySet:
    """Every certificate of the same completion that the viewer may see, with its state."""
    return visible_certificates(viewer).filter(completion_id=certificate.completion_id)
