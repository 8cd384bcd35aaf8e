"""Showing a cut to people, and taking it away again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, events
from core.errors import DomainError
from media import selectors
from media.events import RecordingPublished
from media.models import Recording, RecordingState, RecordingVersion, VersionState


class NotReady(DomainError):
    """The newest cut still lacks something; the message names it."""

    code = "recording_not_ready"
    message = _("还不能发布，缺少：%(lacks)s。")


@transaction.atomic
def publish_recording(*, actor: Any, recording: Recording) -> RecordingVersion:
    """Make the newest cut the one people see; harmless to repeat.

    Raises NotReady while it is not encoded or has no transcript or captions.
    """
    recording = Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)
    version = recording.versions.order_by("-number").first()
    if version is None:
        raise NotReady(lacks=_("录像文件"))
    lacks = selectors.missing_for_publication(version)
    if lacks:
        raise NotReady(lacks="、".join(lacks))
    _show(actor, recording, version)
    return version


@transaction.atomic
def publish_if_wanted(*, actor: Any, version: RecordingVersion) -> bool:
    """Publish a cut that was to appear by itself, as soon as nothing is missing."""
    recording = Recording.objects.select_for_update(of=("self",)).get(pk=version.recording_id)
    version = RecordingVersion.objects.get(pk=version.pk)
    newest = recording.versions.order_by("-number").first()
    if not version.publish_when_ready or version.state != VersionState.READY or newest != version:
        return False
    if selectors.missing_for_publication(version):
        return False
    _show(actor, recording, version)
    return True


@transaction.atomic
def withdraw_recording(*, actor: Any, recording: Recording) -> None:
    """Take a recording away from people; what was earned with it stays. Harmless to repeat."""
    changed = Recording.objects.filter(pk=recording.pk, state=RecordingState.PUBLISHED).update(
        state=RecordingState.WITHDRAWN
    )
    if changed:
        audit.record(actor, "media.recording.withdrawn", recording)


def _show(actor: Any, recording: Recording, version: RecordingVersion) -> None:
    if version.state == VersionState.PUBLISHED and recording.state == RecordingState.PUBLISHED:
        return
    earlier = recording.versions.filter(state=VersionState.PUBLISHED).exclude(pk=version.pk)
    earlier.update(state=VersionState.REPLACED)
    RecordingVersion.objects.filter(pk=version.pk).update(state=VersionState.PUBLISHED)
    version.state = VersionState.PUBLISHED
    recording.state = RecordingState.PUBLISHED
    recording.published_at = recording.published_at or clock.now()
    recording.save(update_fields=["state", "published_at"])
    audit.record(actor, "media.recording.published", recording, version=version.number)
    events.publish(
        RecordingPublished(
            recording_id=recording.pk,
            version_id=version.pk,
            version_number=version.number,
            duration_ms=version.duration_ms,
        )
    )
