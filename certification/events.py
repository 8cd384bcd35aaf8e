"""Facts that certification publishes."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from core.events import Event


@dataclass(frozen=True, slots=True)
class CreditPosted(Event):
    """A line was added to a teacher's ledger; `completion_id` is empty for adjustments."""

    posting_id: UUID
    teacher_id: UUID
    kind: str
    completion_id: UUID | None
    counted_hours: Decimal


@dataclass(frozen=True, slots=True)
class CertificateIssued(Event):
    """A certificate became valid: its paper is stored."""

    certificate_id: UUID
    teacher_id: UUID
    completion_id: UUID


@dataclass(frozen=True, slots=True)
class CertificateRevoked(Event):
    """A certificate was withdrawn for good."""

    certificate_id: UUID
    teacher_id: UUID
    completion_id: UUID


@dataclass(frozen=True, slots=True)
class QualificationChanged(Event):
    """A teacher gained a qualification, or it was given an end."""

    qualification_id: UUID
    teacher_id: UUID
