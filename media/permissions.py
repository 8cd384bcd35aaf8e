"""Who may work on recordings. The answer comes from posts, which live in a sibling room."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from core.errors import Missing
from media.models import Recording, RecordingVersion

Predicate = Callable[[Any], bool]
_editor_predicates: list[Predicate] = []


def editors_are(predicate: Predicate) -> None:
    """Register who counts as an editor; until then nobody does. Repeating is harmless."""
    if predicate not in _editor_predicates:
        _editor_predicates.append(predicate)


def can_edit_recordings(user: Any) -> bool:
    """Whether this user uploads, captions and publishes recordings."""
    if not getattr(user, "is_active", False):
        return False
    return any(predicate(user) for predicate in _editor_predicates)


def editable_recordings(user: Any) -> QuerySet[Recording]:
    """All recordings for an editor, none for everybody else."""
    recordings = Recording.objects.all()
    return recordings if can_edit_recordings(user) else recordings.none()


def can_edit_recording(user: Any, recording: Recording) -> bool:
    """Whether this user may work on this recording."""
    return can_edit_recordings(user) and recording.pk is not None


def require_editor(user: Any) -> None:
    """Raises Missing for who may not work on recordings."""
    if not can_edit_recordings(user):
        raise Missing


def require_editable(user: Any, version: RecordingVersion) -> None:
    """Raises Missing where the cut's recording is not the user's to edit."""
    if not can_edit_recording(user, version.recording):
        raise Missing
