"""Notices about recordings."""

from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import services as accounts
from accounts.models import User
from media.models import FailureCode, RecordingVersion

FOR_KEEPERS = (FailureCode.TIMEOUT, FailureCode.STORAGE, FailureCode.OUTPUT)


def tell_of_failure(version: RecordingVersion, *, actor_id: UUID | None) -> None:
    """Tell the uploader that a cut failed, and the platform's keepers where they must act."""
    people = Q(pk=actor_id)
    if version.failure_code in FOR_KEEPERS:
        people |= Q(is_superuser=True)
    text = _("录像“%(title)s”转码失败：%(reason)s") % {
        "title": version.recording.title[:60],
        "reason": version.failure_text,
    }
    address = reverse("recordings:detail", args=[version.recording_id])
    for user in User.objects.filter(people, is_active=True).distinct():
        accounts.notify(user=user, kind="recording_failed", text=text, url=address)
