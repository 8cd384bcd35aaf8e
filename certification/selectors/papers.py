"""The paper of a certificate, and the job that makes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from certification.models import Certificate, CertificateDocument, CertificateEvent, EventKind
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


def holds_of(certificates: Iterable[Certificate]) -> dict[UUID, str]:
    """Certificate → why its paper is not there yet: the last reason, empty where none was given.

    Those whose paper is being made are left out.
    """
    wanted = [certificate.pk for certificate in certificates]
    held: dict[UUID, list[str]] = {pk: [] for pk in wanted}
    events = CertificateEvent.objects.filter(certificate__in=wanted, kind=EventKind.HELD)
    for pk, reason in events.order_by("at", "created_at").values_list("certificate_id", "reason"):
        held[pk].append(reason)
    keys = {f"{RENDER}:{pk}:{len(reasons)}": pk for pk, reasons in held.items()}
    jobs = Job.objects.filter(key__in=keys, state__in=OPEN_STATES)
    made = {keys[str(key)] for key in jobs.values_list("key", flat=True)}
    return {pk: reasons[-1] if reasons else "" for pk, reasons in held.items() if pk not in made}


def rendering_of(certificate: Certificate) -> Job | None:
    """The attempt at the paper since it was last held; None where there was no attempt yet."""
    return Job.objects.filter(key=rendering_key(certificate)).first()


def is_being_made(certificate: Certificate) -> bool:
    """Whether an attempt at the paper is waiting or under way."""
    attempt = rendering_of(certificate)
    return attempt is not None and attempt.state in OPEN_STATES
