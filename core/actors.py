"""Who acts, and from where, during one request."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: its id and the client's address."""

    request_id: str = ""
    address: str = ""


NOWHERE = Origin()
origin: ContextVar[Origin] = ContextVar("core.actors.origin", default=NOWHERE)


def actor_id(actor: Any) -> UUID | None:
    """The UUID of an acting user; None for the system or an anonymous visitor."""
    key = getattr(actor, "pk", None)
    return key if isinstance(key, UUID) else None
