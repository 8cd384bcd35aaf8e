"""Facts this room publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.events import Event


@dataclass(frozen=True, slots=True)
class CourseCompleted(Event):
    """A teacher completed a run of a course; published once per completion."""

    completion_id: UUID
    enrolment_id: UUID
    teacher_id: UUID
    run_id: UUID
    completed_on: date


@dataclass(frozen=True, slots=True)
class CourseEditorsChanged(Event):
    """A course is shared with an account now, or no longer."""

    course_id: UUID
    user_id: UUID
