"""Looks that leave a trace: staff reading another person's certificate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from certification.models import Certificate, CertificateDocument
from certification.selectors import document_of, get_certificate_for
from core import audit
from schools.permissions import scope_of


def open_certificate(*, actor: Any, certificate_id: UUID) -> Certificate:
    """The certificate if the actor may see it; another person's leaves an audit row.

    Raises Missing otherwise.
    """
    certificate = get_certificate_for(viewer=actor, certificate_id=certificate_id)
    _trace(actor, "certificate.view", certificate)
    return certificate


def open_document(*, actor: Any, certificate_id: UUID) -> CertificateDocument:
    """The stored paper, byte for byte; another person's leaves an audit row.

    Raises Missing without the right and where no paper is stored yet.
    """
    certificate = get_certificate_for(viewer=actor, certificate_id=certificate_id)
    document = document_of(certificate)
    _trace(actor, "certificate.download", certificate)
    return document


def _trace(actor: Any, verb: str, certificate: Certificate) -> None:
    own = scope_of(actor).teacher
    if own is None or own.pk != certificate.teacher_id:
        audit.record(actor, verb, certificate, unit_path=certificate.unit.path, basis="post")
