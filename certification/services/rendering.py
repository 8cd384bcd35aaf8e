"""Making the paper: outside any transaction, stored together with the event that issues it."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.services import notify
from certification.events import CertificateIssued
from certification.models import Certificate, CertificateDocument, CertificateEvent, EventKind
from certification.printing import typesetter
from certification.printing.sheet import Sheet
from core import audit, events, jobs


def sheet_of(certificate: Certificate) -> Sheet:
    """The paper's facts, all from the snapshot: a new template or name changes nothing."""
    return Sheet(
        issuer=certificate.template.issuer_name,
        title=certificate.template.title,
        name=certificate.holder_name,
        course_title=certificate.course_title,
        category_name=certificate.category_name,
        credit_hours=certificate.credit_hours,
        completed_on=certificate.completed_on,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        number=certificate.number,
        code=certificate.code,
        address=certificate.address,
        seal=bytes(certificate.template.seal),
    )


def render_certificate(*, run: jobs.JobRun) -> None:
    """Typeset and issue the certificate of a job; repeating, or dying half-way, issues it once.

    A character that no font has leaves it 待签发 with the character named.
    """
    certificate = Certificate.objects.select_related("template").get(
        pk=UUID(run.payload["certificate"])
    )
    if not _waits(certificate):
        return
    try:
        content = typesetter.typeset(sheet_of(certificate))
    except typesetter.GlyphMissing as missing:
        reason = _missing_text(missing.characters)
        with run.holding():
            _hold(certificate, run, reason)
        raise jobs.Failed("glyph_missing", reason) from missing
    with run.holding():
        _issue(certificate, run, content)


def _waits(certificate: Certificate) -> bool:
    kinds = set(certificate.events.values_list("kind", flat=True))
    return not kinds & {EventKind.ISSUED, EventKind.REVOKED, EventKind.SUPERSEDED}


def _missing_text(characters: str) -> str:
    named = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in characters)
    return _("服务器字库中没有%(characters)s，证书暂缓签发；请管理员安装字库后重新生成。") % {
        "characters": named
    }


def _hold(certificate: Certificate, run: jobs.JobRun, reason: str) -> None:
    _note(certificate, EventKind.HELD, certificate, reason[:500])
    audit.record(None, "certificate.hold", certificate, job=str(run.job_id))


def _issue(certificate: Certificate, run: jobs.JobRun, content: bytes) -> None:
    """Bytes, event, succession and notice in one transaction. A withdrawn one stays as it is."""
    locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if not _waits(locked):
        return
    CertificateDocument.objects.create(
        certificate=certificate,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
    )
    _note(certificate, EventKind.ISSUED, certificate)
    if certificate.supersedes is not None:
        _note(certificate.supersedes, EventKind.SUPERSEDED, certificate, certificate.number)
    audit.record(None, "certificate.issue", certificate, job=str(run.job_id))
    events.publish(
        CertificateIssued(
            certificate_id=certificate.pk,
            teacher_id=certificate.teacher_id,
            completion_id=certificate.completion_id,
        )
    )
    _tell_holder(certificate)


def _note(
    certificate: Certificate, kind: EventKind, asked_for: Certificate, reason: str = ""
) -> None:
    """An event in the name of whoever last asked for the paper of `asked_for`."""
    asked = asked_for.events.filter(kind__in=[EventKind.REQUESTED, EventKind.RETRIED])
    by = asked.order_by("at", "created_at").last()
    CertificateEvent.objects.create(
        certificate=certificate,
        kind=kind,
        actor_id=by.actor_id if by else None,
        actor_name=by.actor_name if by else "",
        reason=reason,
    )


def _tell_holder(certificate: Certificate) -> None:
    user = certificate.teacher.user
    if user is None:
        return
    notify(
        user=user,
        kind="certificate_issued",
        text=gettext_noop("您的“%(course)s”结业证书已签发。"),
        values={"course": certificate.course_title},
        url=f"/certificates/{certificate.pk}/",
    )
