"""The paper of a certificate, and the job that makes it."""

from __future__ import annotations

from typing import Final

from certification.models import Certificate, CertificateDocument, EventKind
from core.errors import Missing
from core.models import Job, JobState

RENDER: Final = "certification.render"
OPEN_STATES: Final = frozenset({JobState.QUEUED, JobState.RUNNING})


def document_of(certificate: Certificate) -> CertificateDocument:
    """The stored paper. Raises Missing while there is none."""
    document = CertificateDocument.objects.filter(certificate=certificate).first()
    if document is None:
        raise Missing
    return document


def paper_facts(certificate: Certificate) -> CertificateDocument | None:
    """Digest and size of the stored paper without its bytes; None while there is none."""
    papers = CertificateDocument.objects.filter(certificate=certificate)
    return papers.defer("content").first()


def first_key(certificate: Certificate) -> str:
    """The key of the first job that makes the paper."""
    return f"{RENDER}:{certificate.pk}:0"


def rendering_key(certificate: Certificate) -> str:
    """The key of the job that makes the paper: one for each time that it was held."""
    held = certificate.events.filter(kind=EventKind.HELD).count()
    return f"{RENDER}:{certificate.pk}:{held}"


def rendering_of(certificate: Certificate) -> Job | None:
    """The attempt at the paper since it was last held; None where there was no attempt yet."""
    return Job.objects.filter(key=rendering_key(certificate)).first()


def is_being_made(certificate: Certificate) -> bool:
    """Whether an attempt at the paper is waiting or under way."""
    attempt = rendering_of(certificate)
    return attempt is not None and attempt.state in OPEN_STATES
