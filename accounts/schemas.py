"""What the API says about an account."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema


class PostOut(Schema):
    role: str
    role_name: str
    unit_code: str
    unit_name: str


class MeOut(Schema):
    id: UUID
    username: str
    name: str
    phone: str
    language: str
    unread_notices: int
    second_factor: bool
    posts: list[PostOut]
