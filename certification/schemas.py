"""What the API says about credits, certificates and verification."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from certification.models import PostingKind, PostingReason
from certification.rules.verdicts import State, Verdict

Hours = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]


class PostingOut(Schema):
    id: UUID
    kind: PostingKind
    reason: PostingReason
    reason_text: str
    category: str
    course: str
    title: str
    raw_hours: Hours
    counted_hours: Hours
    occurred_on: date
    posted_at: datetime
    rule_version: str
    reverses: UUID | None


class CategoryOut(Schema):
    category: str
    counted_hours: Hours
    uncounted_hours: Hours


class CreditsOut(Schema):
    total: Hours
    categories: list[CategoryOut]
    postings: list[PostingOut]


class CertificateOut(Schema):
    id: UUID
    number: str
    code: str
    state: State
    name: str
    course: str
    credit_hours: Hours
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
    state: Literal["revoked"]
    revoked_at: datetime


class VerificationOut(Schema):
    verdict: Verdict
    masked_name: str
    course: str
    credit_hours: str
    issued_on: date | None
    expires_on: date | None
