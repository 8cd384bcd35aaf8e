"""Row-bound encryption of single values.

A stored value is ``version ‖ algorithm ‖ key id length ‖ key id ‖ nonce (12) ‖ ciphertext+tag``.
The bound data names table, column and row, so a ciphertext moved to another row is refused.
Source: NIST SP 800-38D (AES-GCM).
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = 1
AES_256_GCM = 1
NONCE_BYTES = 12


class KeyFault(RuntimeError):
    """The key file is missing, malformed, or lacks the key that a value names."""


class Tampered(RuntimeError):
    """A stored value does not fit its row or its key: altered, swapped or damaged."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All readable keys and the id of the one that writes."""

    current: str
    keys: dict[str, bytes]


def new_key_file(path: Path) -> None:
    """Make a key file with one fresh key (mode 0400); refuses to overwrite."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, "k1", {"k1": _fresh_key()})


def add_key(path: Path) -> str:
    """Add a fresh key that writes from now on; the old ones stay readable. Returns its id.

    Raises KeyFault for a file that cannot be read.
    """
    read_key_file(path)
    content = json.loads(path.read_text(encoding="ascii"))
    keys: dict[str, str] = content["keys"]
    key_id = next(name for name in (f"k{n}" for n in itertools.count(1)) if name not in keys)
    beside = path.with_name(f"{path.name}.new")
    _write(beside, key_id, {**keys, key_id: _fresh_key()})
    beside.replace(path)
    return key_id


def _write(path: Path, current: str, keys: dict[str, str]) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        json.dump({"current": current, "keys": keys}, stream)


def _fresh_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def key_ring() -> KeyRing:
    """The keys of ``FIELD_KEYS_FILE``; read again when the file changes."""
    return read_key_file(Path(settings.FIELD_KEYS_FILE))


def read_key_file(path: Path) -> KeyRing:
    """The keys of a file. Raises KeyFault for one that is missing, unreadable or malformed."""
    try:
        state = path.stat()
    except OSError as error:
        raise KeyFault(f"field key file {path} cannot be read") from error
    return _read(str(path), (state.st_mtime_ns, state.st_ino, state.st_size))


@lru_cache(maxsize=4)
def _read(path: str, _version: tuple[int, ...]) -> KeyRing:
    try:
        content = json.loads(Path(path).read_text(encoding="ascii"))
        keys = {name: base64.b64decode(value) for name, value in content["keys"].items()}
        ring = KeyRing(current=content["current"], keys=keys)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFault(f"field key file {path} is malformed") from error
    if ring.current not in keys or any(len(key) != 32 for key in keys.values()):
        raise KeyFault(f"field key file {path} lacks a usable current key")
    return ring


def encrypt(text: str, bound: str, ring: KeyRing | None = None) -> bytes:
    """Ciphertext of ``text`` that can be read back only for the same ``bound`` place."""
    ring = ring or key_ring()
    key_id = ring.current.encode()
    header = bytes([VERSION, AES_256_GCM, len(key_id)]) + key_id
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(ring.keys[ring.current]).encrypt(nonce, text.encode(), header + bound.encode())
    return header + nonce + sealed


def decrypt(stored: bytes, bound: str, ring: KeyRing | None = None) -> str:
    """The text of a stored value. Raises KeyFault or Tampered; never returns ciphertext."""
    ring = ring or key_ring()
    key_id = key_id_of(stored)
    key = ring.keys.get(key_id)
    if key is None:
        raise KeyFault(f"no field key named {key_id!r}")
    start = 3 + stored[2]
    header, nonce = stored[:start], stored[start : start + NONCE_BYTES]
    try:
        plain = AESGCM(key).decrypt(nonce, stored[start + NONCE_BYTES :], header + bound.encode())
    except (InvalidTag, ValueError) as error:
        raise Tampered(f"the value at {bound} does not fit its place") from error
    return plain.decode()


def key_id_of(stored: bytes) -> str:
    """The id of the key that wrote a value, from its header."""
    if len(stored) < 3 or stored[0] != VERSION or stored[1] != AES_256_GCM:
        raise Tampered("the value has no known header")
    return stored[3 : 3 + stored[2]].decode(errors="replace")
