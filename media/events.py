"""Facts this room publishes."""

from dataclasses import dataclass
from uuid import UUID

from core.events import Event


@dataclass(frozen=True, slots=True)
class RecordingPublished(Event):
    """A cut is now the one people see."""

    recording_id: UUID
    version_id: UUID
    version_number: int
    duration_ms: int
