"""Notices about recordings."""

from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts import services as accounts
from accounts.models import User
from media.models import FailureCode, RecordingVersion

FOR_KEEPERS = (FailureCode.TIMEOUT, FailureCode.STORAGE, FailureCode.OUTPUT)


def tell_of_failure(version: RecordingVersion, *, actor_id: UUID | None) -> None:
    """Tell the uploader that a cut failed, and the platform's keepers where they must act."""
    people = Q(pk=actor_id)
    if version.failure_code in FOR_KEEPERS:
        people |= Q(is_superuser=True)
    for user in User.objects.filter(people, is_active=True).distinct():
        accounts.notify(
            user=user,
            kind="recording_failed",
            text=gettext_noop("录像《%(title)s》转码失败，请查看原因。"),
            values={"title": version.recording.title},
            url=reverse("recordings:detail", args=[version.recording_id]),
        )
