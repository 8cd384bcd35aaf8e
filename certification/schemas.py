"""What the API says about credits, certificates and verification."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class PostingOut(Schema):
    id: UUID
    kind: str
    reason: str
    reason_text: str
    category: str
    course: str
    title: str
    raw_hours: str
    counted_hours: str
    occurred_on: date
    posted_at: datetime
    rule_version: str
    reverses: UUID | None


class CategoryOut(Schema):
    category: str
    counted_hours: str
    uncounted_hours: str


class CreditsOut(Schema):
    total: str
    categories: list[CategoryOut]
    postings: list[PostingOut]


class CertificateOut(Schema):
    id: UUID
    number: str
    code: str
    state: str
    name: str
    course: str
    credit_hours: str
    issued_on: date
    expires_on: date | None
    pdf: str | None
    sha256: str | None


class CertificatePage(Schema):
    count: int
    next: str | None
    results: list[CertificateOut]


class RevocationIn(Schema):
    reason: str
    reason_class: str = "other"


class RevocationOut(Schema):
    id: UUID
    state: str
    revoked_at: datetime


class VerificationOut(Schema):
    verdict: str
    masked_name: str
    course: str
    credit_hours: str
    issued_on: date | None
    expires_on: date | None
