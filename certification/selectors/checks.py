"""Bulk checks of the viewer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from certification.models import CertificateCheck
from certification.permissions import visible_checks
from core.errors import Missing
from core.models import Job


def checks_of(viewer: Any) -> QuerySet[CertificateCheck]:
    """The viewer's checks that have not expired, newest first, without their files."""
    checks: QuerySet[CertificateCheck] = visible_checks(viewer)
    return checks.defer("source", "result").order_by("-created_at", "pk")


def get_check_for(*, viewer: Any, check_id: UUID) -> CertificateCheck:
    """The check if it is the viewer's and has not expired. Raises Missing otherwise."""
    found: CertificateCheck | None = visible_checks(viewer).filter(pk=check_id).first()
    if found is None:
        raise Missing
    return found


def job_of(check: CertificateCheck) -> Job | None:
    """The job that judges the check."""
    return Job.objects.filter(pk=check.job_id).first() if check.job_id else None
