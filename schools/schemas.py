"""What the API says about roster imports."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema

from schools.models import RosterImport


class RejectionOut(Schema):
    sheet: str
    row: int
    column: str
    code: str
    message: str


class ImportOut(Schema):
    id: UUID
    job: UUID | None


class ImportStateOut(Schema):
    id: UUID
    job: UUID | None
    unit: str
    state: RosterImport.State
    refusal_code: str
    refusal: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: list[RejectionOut]
    notes: list[str]
