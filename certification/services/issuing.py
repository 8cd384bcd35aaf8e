"""Issuing: numbers without gaps or doubles, one certificate per completion, papers in a job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certification.models import (
    Certificate,
    CertificateEvent,
    CertificateTemplate,
    CreditPosting,
    EventKind,
    NumberSeries,
)
from certification.permissions import manages_certificate
from certification.rules import codes, dates, numbers, reasons
from certification.selectors.papers import (
    OPEN_STATES,
    RENDER,
    first_key,
    rendering_key,
    rendering_of,
)
from certification.services.offices import TRAINING
from certification.services.posting import post_each
from core import audit, clock, jobs
from core.actors import actor_id
from core.errors import DomainError, Missing
from core.models import Job
from core.reasons import required
from courses.models import CourseRun
from courses.selectors import CompletionFacts, completions_of_run, facts_of_completions


class NoIssuer(DomainError):
    code = "no_issuer"
    message = _("还没有设置发证机构，证书会在设置完成后自动签发。请联系市教育体育局。")


class AlreadyEnded(DomainError):
    code = "certificate_ended"
    message = _("这张证书已经撤销或换发，不能再次操作。")


class NameUnchanged(DomainError):
    code = "name_unchanged"
    message = _(
        "名册上的现用姓名“%(name)s”与证书相同，换发不会改变姓名。已更名的，请先由所在学校在名册上"
        "改好再换发；因其他原因换发的，请勾选“姓名不变，因其他原因换发”。"
    )


@dataclass(frozen=True)
class RunIssue:
    """What issuing a run did: completions seen, certificates made now, there before, held, and
    completions whose credit could not be posted.
    """

    completions: int
    issued: int
    already: int
    held: int
    failed: int = 0


@transaction.atomic
def issue_due_certificates(
    *, completion_ids: Sequence[UUID], actor: Any = None
) -> list[Certificate]:
    """Number a certificate for each completion that has its credit but no certificate yet.

    Numbers are taken as one block under the series' row lock; the paper follows in a job after
    commit. Harmless to repeat and safe in parallel. Raises NoIssuer when nobody may issue.
    """
    posted = CreditPosting.objects.filter(completion_id__in=completion_ids, kind="award")
    credited = set(posted.values_list("completion_id", flat=True))
    wanted = [pk for pk in dict.fromkeys(completion_ids) if pk in credited]
    if not _without_certificate(wanted):
        return []
    template = _template_in_force()
    series, today = _locked_series(template)
    due = _without_certificate(wanted)
    facts = facts_of_completions(due)
    block = _take(series, len(facts))
    made = [
        _certificate(template, series.year, sequence, fact, today)
        for sequence, fact in zip(block, facts, strict=True)
    ]
    _store(made, actor)
    return made


def issue_run(*, actor: Any, run: CourseRun) -> RunIssue:
    """Post and issue whatever a run still owes, and try held papers again; harmless to repeat.

    The certificates are numbered all at once. A completion that cannot be posted is logged and
    counted as failed; the others are issued.
    """
    completion_ids = list(completions_of_run(run).values_list("pk", flat=True))
    failed = len(post_each(completion_ids))
    return _issue_posted(actor, completion_ids, failed)


@transaction.atomic
def _issue_posted(actor: Any, completion_ids: Sequence[UUID], failed: int) -> RunIssue:
    made = issue_due_certificates(completion_ids=completion_ids, actor=actor)
    waiting = Certificate.objects.in_state("pending", clock.today()).filter(
        completion_id__in=completion_ids
    )
    held = waiting.filter(events__kind=EventKind.HELD).distinct().count()
    for certificate in waiting:
        enqueue_rendering(certificate, actor)
    return RunIssue(
        completions=len(completion_ids),
        issued=len(made),
        already=len(completion_ids) - len(made) - failed,
        held=held,
        failed=failed,
    )


@transaction.atomic
def reissue_certificate(
    *,
    actor: Any,
    certificate: Certificate,
    reason: str,
    same_name: bool = False,
) -> Certificate:
    """Make the successor under the holder's present name: new number, new code, same facts.

    The old one becomes 已换发 when the new paper is there. Repeating gives the same successor.
    Raises Missing without the right, ReasonMissing, AlreadyEnded for a revoked or superseded
    certificate, NameUnchanged where the name would not differ and `same_name` does not say so.
    """
    if not manages_certificate(actor, certificate):
        raise Missing
    why = required(reason, reasons.REISSUING)
    template = _template_in_force()
    series, today = _locked_series(template)
    old = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    successor = Certificate.objects.filter(supersedes=old).first()
    if successor is not None:
        return successor
    if old.events.filter(kind__in=[EventKind.REVOKED, EventKind.SUPERSEDED]).exists():
        raise AlreadyEnded
    if not same_name and old.holder_name == old.teacher.name:
        raise NameUnchanged(name=old.holder_name)
    sequence = _take(series, 1)[0]
    made = _successor(template, series.year, sequence, old, today)
    _store([made], actor, reason=why)
    audit.record(
        actor,
        "certificate.reissue",
        old,
        unit_path=certificate.unit.path,
        successor=str(made.pk),
        same_name=old.holder_name == made.holder_name,
    )
    return made


@transaction.atomic
def retry_rendering(*, actor: Any, certificate: Certificate) -> Job | None:
    """Try once more to make a paper that was held; None where no paper is waited for.

    While an attempt is under way it is that attempt, and nothing is noted. Raises Missing without
    the right.
    """
    if not manages_certificate(actor, certificate):
        raise Missing
    locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if not Certificate.objects.in_state("pending", clock.today()).filter(pk=locked.pk):
        return None
    waiting = rendering_of(locked)
    if waiting is not None and waiting.state in OPEN_STATES:
        return waiting
    CertificateEvent.objects.create(
        certificate=locked,
        kind=EventKind.RETRIED,
        actor_id=actor_id(actor),
        actor_name=getattr(actor, "name", ""),
    )
    audit.record(actor, "certificate.retry", certificate, unit_path=certificate.unit.path)
    return enqueue_rendering(locked, actor)


def enqueue_rendering(certificate: Certificate, actor: Any) -> Job:
    """One job per attempt: a held or failed one is tried again, a running one is not doubled."""
    payload = {"certificate": str(certificate.pk)}
    job = jobs.enqueue(RENDER, actor=actor, key=rendering_key(certificate), payload=payload)
    jobs.restart(job.pk)
    return job


def _without_certificate(completion_ids: Sequence[UUID]) -> list[UUID]:
    there = Certificate.objects.filter(completion_id__in=completion_ids, supersedes__isnull=True)
    done = set(there.values_list("completion_id", flat=True))
    return [pk for pk in completion_ids if pk not in done]


def _template_in_force() -> CertificateTemplate:
    """The newest template of the office that was set up first."""
    template = (
        CertificateTemplate.objects.filter(type__code=TRAINING)
        .select_related("type__issuer__unit")
        .order_by("type__created_at", "-version")
        .first()
    )
    if template is None:
        raise NoIssuer
    return template


def _locked_series(template: CertificateTemplate) -> tuple[NumberSeries, date]:
    """The locked counter of the year, and the day that it is in Beijing once the lock is held."""
    while True:
        year = clock.today().year
        rows = NumberSeries.objects.select_for_update(of=("self",)).filter(
            type=template.type, year=year
        )
        series = rows.first()
        if series is None:
            fresh = NumberSeries(type=template.type, year=year)
            NumberSeries.objects.bulk_create([fresh], ignore_conflicts=True)
            series = rows.get()
        today = clock.today()
        if today.year == year:
            return series, today


def _take(series: NumberSeries, count: int) -> range:
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return range(first, first + count)


def _numbered(template: CertificateTemplate, year: int, sequence: int) -> dict[str, Any]:
    kind = template.type
    code = codes.new_code()
    path = reverse("certification:verify_code", args=[code])
    return {
        "type": kind,
        "template": template,
        "year": year,
        "sequence": sequence,
        "number": numbers.rendered(kind.number_prefix, year, sequence, kind.number_width),
        "number_key": numbers.key_of(kind.number_prefix, year, sequence),
        "code": code,
        "address": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}",
    }


def _certificate(
    template: CertificateTemplate, year: int, sequence: int, facts: CompletionFacts, today: date
) -> Certificate:
    return Certificate(
        **_numbered(template, year, sequence),
        teacher_id=facts.teacher_id,
        completion_id=facts.completion_id,
        unit_id=facts.unit_id or template.type.issuer.unit_id,
        holder_name=facts.teacher_name,
        unit_name=facts.unit_name,
        course_code=facts.course_code,
        course_title=facts.course_title,
        run_code=facts.run_code,
        category_name=facts.category_name,
        credit_hours=facts.credit_hours,
        completed_on=facts.completed_on,
        rule_version=str(facts.rule_version),
        issued_on=today,
        expires_on=dates.last_valid_day(today, template.type.validity_years),
    )


_KEPT = (
    "teacher_id", "completion_id", "unit_id", "unit_name", "course_code", "course_title",
    "run_code", "category_name", "credit_hours", "completed_on", "rule_version", "expires_on",
)  # fmt: skip


def _successor(
    template: CertificateTemplate, year: int, sequence: int, old: Certificate, today: date
) -> Certificate:
    return Certificate(
        **_numbered(template, year, sequence),
        **{field: getattr(old, field) for field in _KEPT},
        holder_name=old.teacher.name,
        issued_on=today,
        supersedes=old,
    )


def _store(made: Iterable[Certificate], actor: Any, *, reason: str = "") -> None:
    """Insert the rows with their first event, and ask for their papers after commit."""
    certificates = Certificate.objects.bulk_create(made)
    CertificateEvent.objects.bulk_create(
        CertificateEvent(
            certificate=certificate,
            kind=EventKind.REQUESTED,
            actor_id=actor_id(actor),
            actor_name=getattr(actor, "name", ""),
            reason=reason,
        )
        for certificate in certificates
    )
    audit.record_all(actor, map(_numbering, certificates))
    papers = {first_key(row): {"certificate": str(row.pk)} for row in certificates}
    jobs.enqueue_all(RENDER, papers, actor=actor)


def _numbering(certificate: Certificate) -> audit.Act:
    detail = {"completion": str(certificate.completion_id), "sequence": certificate.sequence}
    return audit.Act("certificate.number", certificate, detail=detail)
