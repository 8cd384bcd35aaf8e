"""Row-bound encryption of single values, and blind indexes by which they are found.

A stored value is ``version ‖ algorithm ‖ key id length ‖ key id ‖ nonce (12) ‖ ciphertext+tag``.
The bound data names table, column and row, so a ciphertext moved to another row is refused.
Source: NIST SP 800-38D (AES-GCM).
"""

from __future__ import annotations

import base64
import hmac
import itertools
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

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
    """All readable keys, the id of the one that writes, and the key of blind indexes.

    `index` outlives every rotation; it is None in a file of an older release.
    """

    current: str
    keys: dict[str, bytes]
    index: bytes | None = None


def new_key_file(path: Path) -> None:
    """Make a key file with one fresh key and an index key (mode 0400); refuses to overwrite."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, {"current": "k1", "keys": {"k1": _fresh_key()}, "index": _fresh_key()})


def add_key(path: Path) -> str:
    """Add a fresh key that writes from now on; the old ones stay readable. Returns its id.

    Raises KeyFault for a file that cannot be read.
    """
    read_key_file(path)
    content = json.loads(path.read_text(encoding="ascii"))
    keys: dict[str, str] = content["keys"]
    key_id = next(name for name in (f"k{n}" for n in itertools.count(1)) if name not in keys)
    _replace(path, {**content, "current": key_id, "keys": {**keys, key_id: _fresh_key()}})
    return key_id


def ensure_index_key(path: Path) -> bool:
    """Give a key file of an older release its index key; tells whether it lacked one.

    Raises KeyFault for a file that cannot be read.
    """
    if read_key_file(path).index is not None:
        return False
    _replace(path, json.loads(path.read_text(encoding="ascii")) | {"index": _fresh_key()})
    return True


def _replace(path: Path, content: dict[str, Any]) -> None:
    """Put the new file in place whole; what an interrupted attempt left beside it goes."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    _write(beside, content)
    beside.replace(path)
    _through_to_the_disk(path.parent)


def _write(path: Path, content: dict[str, Any]) -> None:
    """Before anything is encrypted with a key, the disk has it."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        json.dump(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    _through_to_the_disk(path.parent)


def _through_to_the_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
        index = base64.b64decode(content["index"]) if "index" in content else None
        ring = KeyRing(current=content["current"], keys=keys, index=index)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFault(f"field key file {path} is malformed") from error
    if ring.current not in keys or any(len(key) != 32 for key in keys.values()):
        raise KeyFault(f"field key file {path} lacks a usable current key")
    if ring.index is not None and len(ring.index) != 32:
        raise KeyFault(f"field key file {path} has an unusable index key")
    return ring


def blind_index(text: str, place: str, ring: KeyRing | None = None) -> str:
    """A keyed digest (64 hex digits) by which an encrypted value is found again.

    `place` names what is compared with what ("schools_guardian:phone"), so that the same text in
    two places has two digests. Fit for values with many possibilities; few-valued facts are told
    by their frequency. Raises KeyFault where the key file has no index key.
    """
    ring = ring or key_ring()
    if ring.index is None:
        raise KeyFault("the field key file has no index key; run manage.py prepare")
    return hmac.new(ring.index, f"{place}\0{text}".encode(), "sha256").hexdigest()


def personal_key(person: str, purpose: str, ring: KeyRing | None = None) -> bytes:
    """A person's own 32 bytes for one purpose, the same as long as the index key is.

    What is encrypted with them outside this system can be read again only by who may ask here as
    that person. Raises KeyFault where the key file has no index key.
    """
    ring = ring or key_ring()
    if ring.index is None:
        raise KeyFault("the field key file has no index key; run manage.py prepare")
    return hmac.digest(ring.index, f"personal key\0{purpose}\0{person}".encode(), "sha256")


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
