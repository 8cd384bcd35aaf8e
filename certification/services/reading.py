"""Looks that leave a trace: staff reading another person's certificate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from certification.models import Certificate, CertificateDocument
from certification.models.certificates import CertificateQuerySet
from certification.permissions import READERS, visible_certificates
from certification.selectors import document_of, get_certificate_for, registry
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


def open_registry(*, actor: Any, q: str = "", state: str = "") -> CertificateQuerySet:
    """The register under the actor's posts (see `selectors.registry`); the look is traced."""
    found = registry(viewer=actor, q=q, state=state)
    audit.record(actor, "certificate.list", basis="post", rows=found.count(), searched=bool(q))
    return found


def open_visible(*, actor: Any) -> CertificateQuerySet:
    """The actor's own certificates and those under the actor's posts; the latter are traced."""
    found = visible_certificates(actor)
    if scope_of(actor).holds(*READERS):
        audit.record(actor, "certificate.list", basis="post", rows=found.count(), searched=False)
    return found


def _trace(actor: Any, verb: str, certificate: Certificate) -> None:
    own = scope_of(actor).teacher
    if own is None or own.pk != certificate.teacher_id:
        audit.record(actor, verb, certificate, unit_path=certificate.unit.path, basis="post")
