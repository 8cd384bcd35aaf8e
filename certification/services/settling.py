"""Catching up on completions whose credit or certificate never came."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from certification.models import Certificate, CreditPosting
from certification.services.issuing import NoIssuer, issue_due_certificates
from certification.services.posting import post_course_credit
from courses.models import CourseCompletion


def settle_completions() -> int:
    """Post and certify every completion that still waits; returns how many were looked at.

    One transaction each, harmless to repeat. Without an issuer the credit is posted and the
    certificate goes on waiting.
    """
    posted = CreditPosting.objects.filter(completion=OuterRef("pk"), kind="award")
    certified = Certificate.objects.filter(completion=OuterRef("pk"))
    waiting = CourseCompletion.objects.filter(~Q(Exists(posted)) | ~Q(Exists(certified)))
    completion_ids = list(waiting.order_by("completed_at").values_list("pk", flat=True))
    for completion_id in completion_ids:
        post_course_credit(completion_id=completion_id)
        try:
            issue_due_certificates(completion_ids=[completion_id])
        except NoIssuer:
            continue
    return len(completion_ids)
