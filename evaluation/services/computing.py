"""Computing a school's term: sheets are recomputed from facts, never incremented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from core import audit, clock, jobs
from core.errors import DomainError, Missing
from core.models import Job, JobState
from evaluation.models import Freeze, Scheme, Sheet, SheetLine, TermEvaluation
from evaluation.permissions import reads_in
from evaluation.rules.chain import content_sha256
from evaluation.selectors.reconcile import differences
from evaluation.selectors.sheets import (
    Computed,
    Judged,
    document_of,
    mentor_key,
    scheme_for,
    sheets_of_term,
)
from schools.models import Term, Unit

KIND = "evaluation.compute"
PAUSE = timedelta(minutes=10)
"""So long after a fact the sheets are computed anew, together with what else has come in."""
STILL_OPEN = timedelta(days=30)
"""So long after its end, facts of a term still come in."""
LINES_AT_ONCE = 500
STEPS = 3
"""What a job tells of itself: it has begun, has counted, has written."""


class Frozen(DomainError):
    """The sheets of this term are frozen."""

    code = "frozen"
    message = _("这个学期的评价已经冻结，不再重新计算。")


class NoScheme(DomainError):
    """No version of the scheme is in force when the term begins."""

    code = "no_scheme"
    message = _("这个学期还没有评价方案，请联系市局。")


def compute_sheets(*, actor: Any, unit: Unit, term: Term) -> TermEvaluation:
    """Have the sheets of the school's term computed now, in the background.

    Asking again while they wait starts nothing more. Raises Missing without the right, NoScheme,
    Frozen.
    """
    if not reads_in(actor, unit):
        raise Missing
    with transaction.atomic():
        row = _locked(unit, term, _scheme(term))
        if term_is_frozen(unit, term):
            raise Frozen
        job = Job.objects.filter(pk=row.job_id).first() if row.job_id else None
        due = job is not None and job.state == JobState.QUEUED and job.due_at <= clock.now()
        if due or (job is not None and job.state == JobState.RUNNING):
            return row
        order_computation(row, actor, at_once=True)
        audit.record(actor, "evaluation.compute", row, unit=unit)
    return row


@transaction.atomic
def mark_stale(*, unit_id: UUID) -> int:
    """Facts of a school have changed: its open terms are computed anew a little later.

    Returns how many; one that is frozen stays.
    """
    unit = Unit.objects.get(pk=unit_id)
    marked = 0
    for term in _open_terms():
        try:
            row = _locked(unit, term, scheme_for(term))
        except Scheme.DoesNotExist:
            continue
        if not is_frozen(row):
            order_computation(row, None)
            marked += 1
    return marked


def refresh_open_terms() -> int:
    """Another day has passed: sheets of open terms that lack it are computed anew; how many."""
    marked = 0
    today = clock.today()
    for term in _open_terms():
        until = min(today, term.ends_on)
        late = TermEvaluation.objects.filter(term=term, as_of__lt=until, freeze__isnull=True)
        for row in late.filter(asked=F("answered")).select_related("unit", "term", "scheme"):
            with transaction.atomic():
                order_computation(_locked(row.unit, row.term, row.scheme), None, at_once=True)
            marked += 1
    return marked


def recompute(*, run: jobs.JobRun) -> None:
    """Compute one school's term and keep its sheets, unless nothing is left to do."""
    row = TermEvaluation.objects.select_related("unit", "term", "scheme").get(
        pk=UUID(run.payload["evaluation"])
    )
    if is_frozen(row) or not _is_due(row):
        return
    run.progress(1, total=STEPS)
    asked = _begin(row)
    computed = sheets_of_term(row.unit, row.term, row.scheme)
    run.progress(2)
    with run.holding():
        _keep(row, asked, computed)


def evaluate_now(*, unit: Unit, term: Term, scheme: Scheme) -> tuple[TermEvaluation, Computed]:
    """Compute and keep the sheets of a school's term at once, as the operator. Raises Frozen."""
    with transaction.atomic():
        row = _locked(unit, term, scheme)
        if is_frozen(row):
            raise Frozen
    asked = _begin(row)
    computed = sheets_of_term(unit, term, scheme)
    with transaction.atomic():
        _keep(row, asked, computed)
        audit.record(None, "evaluation.compute", row, unit=unit)
    row.refresh_from_db()
    return row, computed


def recompute_differing() -> int:
    """Compute anew what does not follow from its facts and is not frozen; how many."""
    wrong = {row.thing_id for row in differences()}
    rows = TermEvaluation.objects.filter(pk__in=wrong, freeze__isnull=True)
    for row in rows.select_related("unit", "term", "scheme"):
        TermEvaluation.objects.filter(pk=row.pk).update(sha256="", computed_at=None, as_of=None)
        evaluate_now(unit=row.unit, term=row.term, scheme=row.scheme)
    return len(rows)


def is_frozen(row: TermEvaluation) -> bool:
    """Whether the sheets are frozen."""
    return hasattr(row, "freeze")


def term_is_frozen(unit: Unit, term: Term) -> bool:
    """Whether the school's term is frozen, be it under a scheme that was in force for it before
    its dates were corrected."""
    return Freeze.objects.filter(unit=unit, term=term).exists()


def _scheme(term: Term) -> Scheme:
    try:
        return scheme_for(term)
    except Scheme.DoesNotExist as error:
        raise NoScheme from error


def _open_terms() -> QuerySet[Term]:
    today = clock.today()
    return Term.objects.filter(starts_on__lte=today, ends_on__gt=today - STILL_OPEN)


def _locked(unit: Unit, term: Term, scheme: Scheme) -> TermEvaluation:
    """The row of a school's term, made when it is the first time, and locked."""
    TermEvaluation.objects.get_or_create(unit=unit, term=term, scheme=scheme)
    rows = TermEvaluation.objects.select_for_update(of=("self",))
    row: TermEvaluation = rows.get(unit=unit, term=term, scheme=scheme)
    return row


def order_computation(row: TermEvaluation, actor: Any, *, at_once: bool = False) -> None:
    """One job for all that has changed since a computation last began; the caller holds the row,
    which is saved.
    """
    if row.asked == row.begun:
        row.asked += 1
    job = jobs.enqueue(
        KIND,
        actor=actor,
        key=f"{KIND}:{row.pk}:{row.asked}" + (":now" if at_once else ""),
        payload={"evaluation": str(row.pk)},
        due_in=timedelta() if at_once else PAUSE,
    )
    jobs.restart(job.pk)
    row.job_id = job.pk
    row.save(update_fields=["asked", "job_id"])


def _begin(row: TermEvaluation) -> int:
    """Note that what has changed up to now will be in the sheets; facts are read after this."""
    TermEvaluation.objects.filter(pk=row.pk).update(begun=F("asked"))
    return TermEvaluation.objects.values_list("begun", flat=True).get(pk=row.pk)


def _is_due(row: TermEvaluation) -> bool:
    until = min(max(clock.today(), row.term.starts_on), row.term.ends_on)
    return row.is_stale or row.as_of != until


def _keep(row: TermEvaluation, asked: int, computed: Computed) -> None:
    """Write the sheets in the caller's transaction; what is the same already stays untouched."""
    rows = TermEvaluation.objects.select_for_update(of=("self",))
    held = rows.select_related("unit", "term", "scheme").get(pk=row.pk)
    if is_frozen(held) or held.answered > asked:
        return
    sha256 = content_sha256(document_of(computed, held.unit, held.term, held.scheme))
    if sha256 != held.sha256:
        _rewrite(held, computed.sheets)
    held.answered, held.as_of, held.sha256 = asked, computed.as_of, sha256
    held.computed_at = clock.now()
    held.save(update_fields=["answered", "as_of", "sha256", "computed_at"])
    if held.asked > held.begun:
        order_computation(held, None)


def _rewrite(row: TermEvaluation, sheets: list[Judged]) -> None:
    """Replace the lines of every sheet; a mentor's sheet keeps its identity."""
    SheetLine.objects.filter(sheet__evaluation=row).delete()
    known = {sheet.mentor_id: sheet for sheet in Sheet.objects.filter(evaluation=row)}
    lines: list[SheetLine] = []
    for judged in sheets:
        mentor = mentor_key(judged)
        sheet = known.pop(mentor, None) or Sheet(evaluation=row, mentor_id=mentor)
        sheet.quality, sheet.band = judged.verdict.quality, judged.document["band"]
        sheet.qualified, sheet.preferred = judged.verdict.qualified, judged.verdict.preferred
        sheet.save()
        lines += [
            SheetLine(
                sheet=sheet,
                code=line.code,
                version=line.version,
                numerator=line.numerator,
                denominator=line.denominator,
                pupils=line.pupils,
                rows=line.rows,
                excluded=line.excluded,
            )
            for line in judged.page.lines
        ]
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in known.values()]).delete()
    SheetLine.objects.bulk_create(lines, batch_size=LINES_AT_ONCE)
