"""Catching up on completions whose credit or certificate never came."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import Exists, OuterRef, Q

from certification.models import Certificate, CreditPosting
from certification.services.issuing import NoIssuer, issue_due_certificates
from certification.services.posting import going_on, post_each
from courses.models import CourseCompletion


def settle_completions() -> int:
    """Post and certify every completion that still waits; returns how many were looked at.

    One transaction each, harmless to repeat. Without an issuer the credit is posted and the
    certificate goes on waiting. What goes wrong with one completion is logged, and the others are
    settled all the same.
    """
    posted = CreditPosting.objects.filter(completion=OuterRef("pk"), kind="award")
    certified = Certificate.objects.filter(completion=OuterRef("pk"))
    waiting = CourseCompletion.objects.filter(~Q(Exists(posted)) | ~Q(Exists(certified)))
    completion_ids = list(waiting.order_by("completed_at").values_list("pk", flat=True))
    failed = post_each(completion_ids)
    for completion_id in completion_ids:
        with going_on(completion_id, failed), suppress(NoIssuer):
            issue_due_certificates(completion_ids=[completion_id])
    return len(completion_ids)
