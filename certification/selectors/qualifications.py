"""Who is qualified for what, on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from certification.models import Qualification


def qualified_mentors(on: date) -> set[UUID]:
    """Teachers who hold any qualification on a civil date."""
    return set(Qualification.objects.on(on).values_list("teacher_id", flat=True))
