"""The session engine: every session is a row of its own table, read from the database.

Ending a session deletes its row; no cache can revive it.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.models import Session
from core import clock, readonly

SIGNED_IN_AT = "signed_in_at"
DEVICE = "device"
ADDRESS = "address"
SECOND_FACTOR = "second_factor"
PRIVACY_DUE = "privacy_due"


class SessionStore(DatabaseStore):
    """Django's database sessions with the person, device and times beside the data."""

    row: Any = None

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def load(self) -> dict[str, Any]:
        own: Any = self
        rows = Session.objects.filter(session_key=self.session_key, expire_date__gt=clock.now())
        self.row = rows.first()
        if self.row is None:
            own._session_key = None
            return {}
        return self.decode(self.row.session_data)

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """When the session ends at the latest, by the clock of the platform."""
        return super().get_expiry_date(**{"modification": clock.now(), **kwargs})

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        signed_in = data.get(SIGNED_IN_AT)
        row: Any = self.get_model_class()
        own: Any = self
        key = own._get_or_create_session_key()
        known = self.row is not None and self.row.session_key == key
        self.row = row(
            session_key=key,
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            public_id=self.row.public_id if known else uuid.uuid4(),
            user_id=data.get(SESSION_KEY),
            device=data.get(DEVICE, ""),
            address=data.get(ADDRESS, ""),
            signed_in_at=datetime.fromtimestamp(signed_in, UTC) if signed_in else None,
            seen_at=clock.now(),
        )
        return self.row

    def save(self, must_create: bool = False) -> None:
        with readonly.writing_session():
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        with readonly.writing_session():
            super().delete(session_key)
