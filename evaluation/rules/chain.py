"""Frozen sheets: their canonical form, and the digest that names the one frozen before.

Digest of a freeze = SHA-256(digest of the freeze before it ‖ canonical JSON of its document); a
term's chain begins with 64 zeros.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

GENESIS: Final = "0" * 64


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one way in which a document is written before it is digested."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def content_sha256(document: Mapping[str, Any]) -> str:
    """The digest of a document by itself."""
    return hashlib.sha256(canonical(document)).hexdigest()


def link(previous: str, document: Mapping[str, Any]) -> str:
    """The digest of a document that follows another one."""
    return hashlib.sha256(previous.encode() + canonical(document)).hexdigest()
