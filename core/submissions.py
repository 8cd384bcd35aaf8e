"""Keys under which a write is kept, whichever way it comes: page, API, or a draft sent later."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5


def submission_key(person: Any, act: str, key: str) -> UUID:
    """The same person's same act with the same key has the same submission key."""
    return uuid5(NAMESPACE_URL, f"{person}:{act}:{key}")
