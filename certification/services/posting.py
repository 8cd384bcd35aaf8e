"""The ledger's only doors: award, reverse, release."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from certification.events import CreditPosted
from certification.models import CreditPosting, PostingKind, PostingReason
from certification.rules import ledger
from core import audit, events
from core.actors import actor_id
from core.unavailable import database_is_away
from courses.selectors import completion_facts
from schools.models import Teacher

logger = logging.getLogger(__name__)

COURSE: Final = "completion__enrolment__run__course"
"""From a posting to its course: nothing on this way ever changes, as a course's code may."""


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
        facts.course_id, facts.credit_hours, _counted_courses(facts.teacher_id)
    )
    posting = CreditPosting.objects.create(
        key=key,
        kind=PostingKind.AWARD,
        reason=reason,
        teacher_id=facts.teacher_id,
        unit_id=facts.unit_id,
        category_id=facts.category_id,
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


def post_each(completion_ids: Iterable[UUID]) -> list[UUID]:
    """Post each completion in a transaction of its own, so that no ledger waits for the others.

    Returns those that could not be posted; the others are.
    """
    failed: list[UUID] = []
    for completion_id in completion_ids:
        with going_on(completion_id, failed):
            post_course_credit(completion_id=completion_id)
    return failed


@contextmanager
def going_on(completion_id: UUID, failed: list[UUID]) -> Iterator[None]:
    """Log what goes wrong with one completion and note it in `failed`, for the sake of the others.

    A database that is away is no fault of a completion and ends the work.
    """
    try:
        yield
    except Exception as fault:
        if database_is_away(fault):
            raise
        logger.exception("completion %s is not settled", completion_id)
        failed.append(completion_id)


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


def _counted_courses(teacher_id: UUID) -> set[UUID]:
    """Courses whose hours stand in the ledger after all reversals."""
    sums = (
        CreditPosting.objects.filter(teacher_id=teacher_id)
        .values(COURSE)
        .annotate(hours=Sum("counted_hours"))
        .filter(hours__gt=0)
    )
    return set(sums.values_list(COURSE, flat=True))


def _course_of(posting: CreditPosting) -> UUID:
    return CreditPosting.objects.values_list(COURSE, flat=True).get(pk=posting.pk)


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
    course_id = _course_of(award)
    if course_id in _counted_courses(award.teacher_id):
        return
    waiting = (
        CreditPosting.objects.filter(
            teacher_id=award.teacher_id,
            **{COURSE: course_id},
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
