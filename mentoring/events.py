"""Facts about who is whose mentor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.events import Event


@dataclass(frozen=True, slots=True)
class MentorsAssigned(Event):
    """A school's assignment for a term holds from `since` on."""

    run_id: UUID
    unit_id: UUID
    term_id: UUID
    since: date


@dataclass(frozen=True, slots=True)
class MentorChanged(Event):
    """A pupil has another mentor from `since` on; None where there is none."""

    pupil_id: UUID
    unit_id: UUID
    mentor_id: UUID | None
    before_id: UUID | None
    since: date


@dataclass(frozen=True, slots=True)
class CheckInLogged(Event):
    """A mentor recorded a contact."""

    contact_id: UUID
    mentor_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class CheckInVoided(Event):
    """A contact was voided and counts no more."""

    contact_id: UUID
    mentor_id: UUID
    unit_id: UUID
