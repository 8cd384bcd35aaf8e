"""Who has seen which version of the privacy notice."""

from __future__ import annotations

from django.db import transaction

from accounts.models import PrivacyAcknowledgement, PrivacyNotice, User
from accounts.selectors import privacy_notice_due
from core import audit


@transaction.atomic
def acknowledge_privacy(*, actor: User, notice: PrivacyNotice | None = None) -> None:
    """Record that the actor has seen the version in force (or ``notice``), once."""
    seen = notice or privacy_notice_due(actor)
    if seen is None:
        return
    _row, fresh = PrivacyAcknowledgement.objects.get_or_create(user=actor, notice=seen)
    if fresh:
        audit.record(actor, "accounts.privacy_acknowledged", seen, version=seen.version)
