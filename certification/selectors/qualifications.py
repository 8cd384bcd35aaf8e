"""Who is qualified for what, on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from certification.models import Qualification


def qualified_mentors(on: date) -> set[UUID]:
    """Teachers who hold any qualification on a civil date."""
    held = Qualification.objects.on(on).order_by("teacher_id")
    return set(held.values_list("teacher_id", flat=True))


def qualifications_that_count() -> list[str]:
    """The kinds of qualification in words; any one of them will do."""
    return [str(label) for label in Qualification.Kind.labels]
