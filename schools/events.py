"""Facts about people and posts that higher rooms may react to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.events import Event


@dataclass(frozen=True, slots=True)
class TeacherMoved(Event):
    """A teacher works for another unit from `since` on; None when for none."""

    teacher_id: UUID
    unit_id: UUID | None
    since: date


@dataclass(frozen=True, slots=True)
class PostGiven(Event):
    """A teacher was given a post."""

    post_id: UUID
    teacher_id: UUID
    unit_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class PostEnded(Event):
    """A post ends on `ends_on`, which is the first day without it."""

    post_id: UUID
    teacher_id: UUID
    unit_id: UUID
    role: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class RosterImported(Event):
    """A roster was imported; the counts are of what was really done."""

    roster_id: UUID
    unit_id: UUID
    created: int
    updated: int


@dataclass(frozen=True, slots=True)
class PupilMoved(Event):
    """A pupil who was on record sits in another class from `since` on; None when in none."""

    pupil_id: UUID
    class_id: UUID | None
    unit_id: UUID | None
    since: date
