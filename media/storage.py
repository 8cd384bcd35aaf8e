"""Where the files of recordings lie: sources, unfinished work, published directories.

recordings/sources/<random>/source.bin   as uploaded, never served
recordings/staging/<version>/<random>/   work in progress
recordings/published/<address>/          immutable, served by signed address
"""

import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

SOURCE_NAME = "source.bin"
TEXTS = "texts"
FULL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FORGOTTEN_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class StoredUpload:
    """A received file: its folder below the sources, SHA-256 and size in bytes."""

    directory: str
    sha256: str
    size_bytes: int


def root() -> Path:
    """The folder that holds everything of this room."""
    return Path(settings.MEDIA_ROOT) / "recordings"


def pictures() -> Path:
    """Where Wagtail keeps the pictures of the site in the sizes that pages ask for."""
    return Path(settings.MEDIA_ROOT) / "images"


def published(address: str = "") -> Path:
    """The published directories, or one of them."""
    return root() / "published" / address


def source_path(directory: str) -> Path:
    """The uploaded file in a source folder."""
    return root() / "sources" / directory / SOURCE_NAME


def store_upload(chunks: Iterable[bytes]) -> StoredUpload:
    """Write an upload into its own random folder, hashing on the way; leaves nothing on failure."""
    directory = secrets.token_hex(16)
    path = source_path(directory)
    path.parent.mkdir(parents=True, mode=0o700)
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        drop_source(directory)
        raise
    return StoredUpload(directory, digest.hexdigest(), size)


def drop_source(directory: str) -> None:
    """Remove a source folder; harmless when it is gone."""
    shutil.rmtree(source_path(directory).parent, ignore_errors=True)


def fresh_staging(version_id: UUID) -> Path:
    """A new staging path for a cut; what an earlier, killed attempt left is removed."""
    parent = root() / "staging" / version_id.hex
    shutil.rmtree(parent, ignore_errors=True)
    return parent / secrets.token_hex(8)


def clear_staging(version_id: UUID) -> None:
    """Remove all unfinished work of a cut."""
    shutil.rmtree(root() / "staging" / version_id.hex, ignore_errors=True)


def publish_text(name: str, text: str) -> str:
    """Publish one small text file under the address of its content; repeating is harmless."""
    content = text.encode()
    address = hashlib.sha256(name.encode() + b"\0" + content).hexdigest()[:32]
    target = published(address)
    if target.is_dir():
        return address
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = root() / "staging" / TEXTS / secrets.token_hex(8)
    unfinished.mkdir(parents=True)
    (unfinished / name).write_bytes(content)
    try:
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not target.is_dir():
            raise
    return address


def forgotten_sources() -> Iterator[str]:
    """Source folders that nothing has touched for a day."""
    yield from (path.name for path in _forgotten(root() / "sources"))


def drop_forgotten_texts() -> None:
    """Remove what a killed process left of small texts."""
    for path in _forgotten(root() / "staging" / TEXTS):
        shutil.rmtree(path, ignore_errors=True)


def _forgotten(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    oldest = time.time() - FORGOTTEN_SECONDS
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                yield path
        except FileNotFoundError:
            continue
