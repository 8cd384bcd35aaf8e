"""Who sees and changes what in certification: one's own, or by a dated post over the unit."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q

from certification.models import Certificate, CertificateCheck
from certification.models.certificates import CertificateQuerySet
from core import clock
from schools.models import Employment, Role, Teacher
from schools.permissions import paths_q, scope_of

READERS: Final = (
    Role.REGISTRAR,
    Role.COUNTY_OFFICER,
    Role.BUREAU_OFFICER,
    Role.PRINCIPAL,
    Role.DEPUTY,
    Role.SCHOOL_ADMIN,
)
"""Who reads the certificates of a unit and below. Source: docs/features/access.md, C1."""
REGISTRARS: Final = (Role.REGISTRAR,)
"""Who revokes, re-issues and checks workbooks."""


def visible_certificates(user: Any) -> CertificateQuerySet:
    """The user's own certificates and those of units under the user's posts, with their state."""
    scope = scope_of(user)
    certificates = Certificate.objects.with_state(clock.today())
    if scope.teacher is None:
        return certificates.none()
    return certificates.filter(
        Q(teacher=scope.teacher) | paths_q("unit__path", scope.paths(*READERS))
    )


def can_view_certificate(user: Any, certificate: Certificate) -> bool:
    """Whether the certificate is among the user's visible ones."""
    scope = scope_of(user)
    if scope.teacher is None:
        return False
    own = certificate.teacher_id == scope.teacher.pk
    return own or scope.covers(certificate.unit.path, *READERS)


def manages_certificate(user: Any, certificate: Certificate) -> bool:
    """Whether the user may revoke or re-issue it: a registrar above it, and never one's own."""
    scope = scope_of(user)
    if scope.teacher is None or certificate.teacher_id == scope.teacher.pk:
        return False
    return scope.covers(certificate.unit.path, *REGISTRARS)


def qualifies_teacher(user: Any, teacher: Teacher) -> bool:
    """Whether the user records the teacher's qualifications: a registrar above, never one's own."""
    scope = scope_of(user)
    if scope.teacher is None or scope.teacher.pk == teacher.pk:
        return False
    units = Employment.objects.on(clock.today()).filter(teacher=teacher)
    paths = units.values_list("unit__path", flat=True)
    return any(scope.covers(path, *REGISTRARS) for path in paths)


def checks_workbooks(user: Any) -> bool:
    """Whether the user may upload workbooks of certificates."""
    return scope_of(user).holds(*REGISTRARS)


def visible_checks(user: Any) -> Any:
    """The user's own bulk checks that have not expired, while the user is a registrar."""
    if not checks_workbooks(user):
        return CertificateCheck.objects.none()
    return CertificateCheck.objects.filter(owner=user, expires_at__gt=clock.now())


def can_view_check(user: Any, check: CertificateCheck) -> bool:
    """Whether the bulk check is among the user's visible ones."""
    return checks_workbooks(user) and check.owner_id == user.pk and check.expires_at > clock.now()
