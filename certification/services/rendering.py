"""Making the paper: outside any transaction, stored together with the event that issues it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.services import notify
from certification.events import CertificateIssued
from certification.models import Certificate, CertificateDocument, CertificateEvent, EventKind
from certification.printing import typesetter
from certification.printing.sheet import Sheet
from certification.services.telling import course_values
from core import audit, clock, events, jobs


def sheet_of(certificate: Certificate) -> Sheet:
    """The paper's facts, all from the snapshot: a new template or name changes nothing.

    Where demo sign-ins exist, it is marked as a sample.
    """
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
        mark=settings.CERTIFICATE_MARK,
    )


def render_certificate(*, run: jobs.JobRun) -> None:
    """Typeset and issue the certificate of a job; repeating, or dying half-way, issues it once.

    A character that no font has leaves it 待签发 with the character named.
    """
    rows = Certificate.objects.with_state(clock.today())
    certificate = rows.select_related("template", "teacher__user", "supersedes").get(
        pk=UUID(run.payload["certificate"])
    )
    if certificate.state != "pending":
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


def _history(certificate: Certificate) -> list[CertificateEvent]:
    return list(certificate.events.order_by("at", "created_at"))


def _waits(history: Iterable[CertificateEvent]) -> bool:
    ended = {EventKind.ISSUED, EventKind.REVOKED, EventKind.SUPERSEDED}
    return not any(event.kind in ended for event in history)


def _missing_text(characters: str) -> str:
    named = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in characters)
    return _(
        "服务器字库中没有%(characters)s，证书暂缓签发；编号、验证码和已计入的学时都不变。"
        "请市教育局的系统管理员安装有这些字的字库，再由学分证书管理员重新生成证书文件。"
    ) % {"characters": named}


def _hold(certificate: Certificate, run: jobs.JobRun, reason: str) -> None:
    asked = _asker(_history(certificate))
    _note(certificate, EventKind.HELD, asked, reason[:500])
    audit.record(None, "certificate.hold", certificate, job=str(run.job_id))


def _issue(certificate: Certificate, run: jobs.JobRun, content: bytes) -> None:
    """Bytes, event, succession and notice in one transaction. A withdrawn one stays as it is.

    The one before is locked too, in the order of a revocation: neither waits for the other's.
    """
    pair = [pk for pk in (certificate.pk, certificate.supersedes_id) if pk is not None]
    rows = Certificate.objects.filter(pk__in=pair).order_by("pk").only("pk")
    list(rows.select_for_update(of=("self",)))
    history = _history(certificate)
    if not _waits(history):
        return
    CertificateDocument.objects.create(
        certificate=certificate,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
    )
    asked = _asker(history)
    _note(certificate, EventKind.ISSUED, asked)
    if certificate.supersedes is not None:
        _note(certificate.supersedes, EventKind.SUPERSEDED, asked, certificate.number)
    audit.record(None, "certificate.issue", certificate, job=str(run.job_id))
    events.publish(
        CertificateIssued(
            certificate_id=certificate.pk,
            teacher_id=certificate.teacher_id,
            completion_id=certificate.completion_id,
        )
    )
    _tell_holder(certificate)


def _asker(history: Iterable[CertificateEvent]) -> CertificateEvent:
    """The event of whoever last asked for the paper; each certificate begins with one."""
    wishes = {EventKind.REQUESTED, EventKind.RETRIED}
    return [event for event in history if event.kind in wishes][-1]


def _note(
    certificate: Certificate, kind: EventKind, asked: CertificateEvent, reason: str = ""
) -> None:
    """An event in the name of whoever asked for the paper."""
    CertificateEvent.objects.create(
        certificate=certificate,
        kind=kind,
        actor_id=asked.actor_id,
        actor_name=asked.actor_name,
        reason=reason,
    )


def _tell_holder(certificate: Certificate) -> None:
    user = certificate.teacher.user
    if user is None:
        return
    notify(
        user=user,
        kind="certificate_issued",
        text=gettext_noop("您的《%(course)s》结业证书已签发。"),
        values=course_values(certificate),
        url=f"/certificates/{certificate.pk}/",
    )
