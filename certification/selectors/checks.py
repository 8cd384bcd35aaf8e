"""Bulk checks of the viewer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from certification.models import CertificateCheck
from certification.permissions import visible_checks
from core.errors import Missing
from core.models import Job


def checks_of(viewer: Any) -> QuerySet[CertificateCheck]:
    """The viewer's checks that have not expired, newest first, without their files; each says
    whether it `has_result`.
    """
    checks: QuerySet[CertificateCheck] = visible_checks(viewer)
    has_result = ExpressionWrapper(Q(result__isnull=False), output_field=BooleanField())
    return (
        checks.annotate(has_result=has_result)
        .defer("source", "result")
        .order_by("-created_at", "pk")
    )


def get_check_for(*, viewer: Any, check_id: UUID) -> CertificateCheck:
    """The check if it is the viewer's and has not expired. Raises Missing otherwise."""
    found: CertificateCheck | None = visible_checks(viewer).filter(pk=check_id).first()
    if found is None:
        raise Missing
    return found


def jobs_of(checks: Iterable[CertificateCheck]) -> dict[UUID, Job]:
    """The jobs that judge these checks, by their id."""
    return Job.objects.in_bulk([check.job_id for check in checks if check.job_id])


def job_of(check: CertificateCheck) -> Job | None:
    """The job that judges the check."""
    return Job.objects.filter(pk=check.job_id).first() if check.job_id else None
