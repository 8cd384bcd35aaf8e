"""The ledger's only doors: award, reverse, release."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from certification.events import CreditPosted
from certification.models import CreditPosting, PostingKind, PostingReason
from certification.rules import ledger
from core import audit, events
from core.actors import actor_id
from courses.models import CreditCategory
from courses.selectors import completion_facts
from schools.models import Teacher


@transaction.atomic
def post_course_credit(*, completion_id: UUID) -> CreditPosting:
    """Post a completion's hours to the teacher's ledger, once for ever.

    Repeating gives the first posting. A course that was counted before is posted with zero
    counted hours and the reason. Raises courses' Missing for an unknown completion.
    """
    facts = completion_facts(completion_id)
    _lock_ledger(facts.teacher_id)
    key = f"completion:{completion_id}"
    existing = CreditPosting.objects.filter(key=key).first()
    if existing is not None:
        return existing
    hours, reason = ledger.counted(
        facts.course_code, facts.credit_hours, _counted_courses(facts.teacher_id)
    )
    posting = CreditPosting.objects.create(
        key=key,
        kind=PostingKind.AWARD,
        reason=reason,
        teacher_id=facts.teacher_id,
        unit_id=facts.unit_id,
        category=CreditCategory.objects.get(code=facts.category_code),
        raw_hours=facts.credit_hours,
        counted_hours=hours,
        course_code=facts.course_code,
        title=facts.course_title,
        occurred_on=facts.completed_on,
        rule_version=f"{ledger.RULE_VERSION}/{facts.rule_version}",
        completion_id=completion_id,
    )
    _announce(None, posting)
    return posting


@transaction.atomic
def reverse_course_credit(*, actor: Any, completion_id: UUID) -> CreditPosting | None:
    """Take a completion's hours back, exactly once; None when nothing was ever posted.

    If the same course had been completed again and was not counted then, its hours count now.
    """
    award = CreditPosting.objects.filter(completion_id=completion_id, kind="award").first()
    if award is None:
        return None
    _lock_ledger(award.teacher_id)
    existing = CreditPosting.objects.filter(reverses=award).first()
    if existing is not None:
        return existing
    reversal = _opposite(actor, award)
    _announce(actor, reversal)
    _release_next(actor, award)
    return reversal


def _lock_ledger(teacher_id: UUID) -> None:
    """One writer per ledger: two completions of one course must not both count.

    The lock lets rows be written that only name the teacher, an enrolment for one.
    """
    Teacher.objects.select_for_update(of=("self",), no_key=True).get(pk=teacher_id)


def _counted_courses(teacher_id: UUID) -> set[str]:
    """Courses whose hours stand in the ledger after all reversals."""
    sums = (
        CreditPosting.objects.filter(teacher_id=teacher_id)
        .values("course_code")
        .annotate(hours=Sum("counted_hours"))
        .filter(hours__gt=0)
    )
    return set(sums.values_list("course_code", flat=True))


def _opposite(actor: Any, award: CreditPosting) -> CreditPosting:
    released = CreditPosting.objects.filter(
        completion_id=award.completion_id, kind=PostingKind.ADJUST
    ).first()
    counted = award.counted_hours + (released.counted_hours if released else 0)
    return CreditPosting.objects.create(
        key=f"reverse:{award.pk}",
        kind=PostingKind.REVERSE,
        reason=PostingReason.CERTIFICATE_REVOKED,
        teacher_id=award.teacher_id,
        unit_id=award.unit_id,
        category_id=award.category_id,
        raw_hours=-award.raw_hours,
        counted_hours=-counted,
        course_code=award.course_code,
        title=award.title,
        occurred_on=award.occurred_on,
        rule_version=award.rule_version,
        completion_id=award.completion_id,
        reverses=award,
        actor_id=actor_id(actor),
    )


def _release_next(actor: Any, award: CreditPosting) -> None:
    """Let the oldest uncounted award of the same course count instead."""
    if award.course_code in _counted_courses(award.teacher_id):
        return
    waiting = (
        CreditPosting.objects.filter(
            teacher_id=award.teacher_id,
            course_code=award.course_code,
            kind=PostingKind.AWARD,
            counted_hours=0,
            reversal__isnull=True,
        )
        .order_by("occurred_on", "posted_at", "pk")
        .first()
    )
    if waiting is None:
        return
    released = CreditPosting.objects.create(
        key=f"release:{waiting.pk}",
        kind=PostingKind.ADJUST,
        reason=PostingReason.RELEASED,
        teacher_id=waiting.teacher_id,
        unit_id=waiting.unit_id,
        category_id=waiting.category_id,
        raw_hours=0,
        counted_hours=waiting.raw_hours,
        course_code=waiting.course_code,
        title=waiting.title,
        occurred_on=waiting.occurred_on,
        rule_version=waiting.rule_version,
        completion_id=waiting.completion_id,
        actor_id=actor_id(actor),
    )
    _announce(actor, released)


def _announce(actor: Any, posting: CreditPosting) -> None:
    audit.record(
        actor,
        f"credit.{posting.kind}",
        posting,
        teacher=str(posting.teacher_id),
        counted_hours=str(posting.counted_hours),
    )
    events.publish(
        CreditPosted(
            posting_id=posting.pk,
            teacher_id=posting.teacher_id,
            kind=posting.kind,
            completion_id=posting.completion_id,
            counted_hours=posting.counted_hours,
        )
    )
