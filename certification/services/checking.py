"""Bulk checks: a registrar's workbook in, the same workbook with verdicts out, for a while."""

from __future__ import annotations

import io
from collections import Counter
from datetime import timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.models import CertificateCheck, CheckPurpose
from certification.permissions import REGISTRARS, checks_workbooks
from certification.rules import verdicts
from certification.selectors.claims import Finding, findings
from certification.services import claim_tables
from core import audit, clock, jobs
from core.errors import DomainError, Invalid, Missing
from schools.permissions import read_scope

CHECK = "certification.check"
DROP = "certification.drop_checks"
EXPIRES_AFTER = timedelta(hours=24)
MAX_BYTES = 10 * 1024 * 1024
PROGRESS_EVERY = 500


class UploadInvalid(Invalid):
    code = "upload_invalid"
    message = gettext_lazy("请选择不超过 10 MB 的工作簿，并选择用途。")


@transaction.atomic
def check_workbook(
    *, actor: Any, file: BinaryIO, file_name: str, purpose: str, token: UUID
) -> CertificateCheck:
    """Take a workbook in and check it in a job; the same `token` gives the same check.

    Raises Missing without a registrar's post, UploadInvalid for an empty, oversized or
    purposeless upload.
    """
    if not checks_workbooks(actor):
        raise Missing
    drop_expired()
    existing = CertificateCheck.objects.filter(pk=token).first()
    if existing is not None:
        return _own(existing, actor)
    content = file.read(MAX_BYTES + 1)
    if not content or len(content) > MAX_BYTES or purpose not in CheckPurpose.values:
        raise UploadInvalid
    check, made = CertificateCheck.objects.get_or_create(
        id=token,
        defaults={
            "owner": actor,
            "purpose": purpose,
            "file_name": file_name[:200],
            "source": content,
            "expires_at": clock.now() + EXPIRES_AFTER,
        },
    )
    if not made:
        return _own(check, actor)
    job = jobs.enqueue(CHECK, actor=actor, key=f"{CHECK}:{token}", payload={"check": str(check.pk)})
    jobs.enqueue(DROP, key=f"{DROP}:{token}", due_in=EXPIRES_AFTER)
    check.job_id = job.pk
    check.save(update_fields=["job_id"])
    audit.record(actor, "certificate.check", check, purpose=purpose, bytes=len(content))
    return check


def _own(check: CertificateCheck, actor: Any) -> CertificateCheck:
    if check.owner_id != actor.pk:
        raise Missing
    return check


def run_check(*, run: jobs.JobRun) -> None:
    """Read, judge and write the workbook of a job, once; repeating changes nothing.

    An unreadable workbook, or a registrar whose post has ended, ends the job with the reason.
    """
    check = CertificateCheck.objects.select_related("owner").get(pk=run.payload["check"])
    if check.result is not None:
        return
    if check.source is None or check.expires_at <= clock.now():
        raise jobs.Failed("expired", _("文件已过保存期，请重新上传。"))
    scope = read_scope(check.owner, clock.today()) if check.owner.is_active else None
    if scope is None or not scope.holds(*REGISTRARS):
        raise jobs.Failed("not_allowed", _("发起人已不再担任学分证书管理员，查验已停止。"))
    try:
        table = claim_tables.read_claims(io.BytesIO(check.source), check.file_name)
    except DomainError as refusal:
        raise jobs.Failed(refusal.code, str(refusal)) from refusal
    found = _judge(run, table, scope.paths(*REGISTRARS))
    footer = _("查验人 %(name)s · %(time)s · %(id)s") % {
        "name": check.owner.name,
        "time": clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        "id": str(check.pk),
    }
    result = claim_tables.result_workbook(table, found, footer=footer)
    with run.holding():
        check.result = result
        check.counts = outcomes(found)
        check.save(update_fields=["result", "counts"])
        audit.record(check.owner, "certificate.check_done", check, rows=len(found))


def counts(found: list[Finding]) -> dict[str, int]:
    """Rows by verdict, every verdict named."""
    by_verdict = Counter(finding.verdict for finding in found)
    return {verdict: by_verdict[verdict] for verdict in verdicts.VERDICTS}


def outcomes(found: list[Finding]) -> dict[str, int]:
    """Rows by what people are told, every verdict named; see `Finding.outcome`."""
    told = Counter(finding.outcome for finding in found)
    return {name: told[name] for name in (*verdicts.VERDICTS, "incomplete")}


def _judge(
    run: jobs.JobRun, table: claim_tables.ClaimTable, paths: tuple[str, ...]
) -> list[Finding]:
    run.progress(0, len(table))
    found: list[Finding] = []
    for finding in findings(table.claims(), paths=paths):
        found.append(finding)
        if len(found) % PROGRESS_EVERY == 0:
            run.progress(len(found))
    run.progress(len(found))
    return found


@transaction.atomic
def open_result(*, actor: Any, check: CertificateCheck) -> bytes:
    """The result workbook, its download traced. Raises Missing while there is none."""
    if check.result is None:
        raise Missing
    audit.record(actor, "certificate.check_download", check, purpose=check.purpose)
    return bytes(check.result)


def drop_expired() -> int:
    """Empty the files of checks whose time is over; returns how many. The row stays as a trace."""
    over = CertificateCheck.objects.filter(expires_at__lte=clock.now())
    return over.exclude(source=None, result=None).update(source=None, result=None)
