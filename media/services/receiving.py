"""Taking in an uploaded file."""

from collections.abc import Iterator
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, jobs
from core.errors import Invalid
from media import storage
from media.models import FailureCode, Language, Recording, RecordingVersion, SourceFile

MOST_BYTES = 8 * 1024**3
CHUNK_BYTES = 1 << 20
TRANSCODE = "media.transcode"


class EmptyUpload(Invalid):
    """Nothing was sent."""

    code = "empty"
    message = FailureCode.EMPTY.label


class StorageFull(Invalid):
    """The file could not be written; nothing of it is left."""

    code = "storage"
    status = 507
    message = _("服务器存储空间不足，文件未能保存，请联系管理员后重试")


class TooLargeUpload(Invalid):
    """The file is larger than is ever taken."""

    code = "too_large"
    message = _("文件超过 8 GB，请压缩或分段上传")


def receive_upload(
    *,
    actor: Any,
    file: "File[bytes] | BinaryIO",
    title: str,
    language: str = Language.CHINESE,
    recording: Recording | None = None,
    publish_when_ready: bool = False,
    ticket: UUID | None = None,
) -> RecordingVersion:
    """Store a video, as a new recording or a new cut of one, and queue its transcoding.

    Identical content is stored once; the same `ticket` gives the same cut, so that a form sent
    twice is taken once. Raises EmptyUpload, TooLargeUpload, or Invalid without title.
    """
    if recording is None and not title.strip():
        raise Invalid(fields={"title": _("请填写标题")})
    if taken := _taken(ticket):
        return taken
    stored = _stored(file)
    try:
        if not stored.size_bytes:
            raise EmptyUpload(fields={"file": FailureCode.EMPTY.label})
        with transaction.atomic():
            source = _source_for(stored)
            target = recording or _new_recording(title.strip(), language)
            version = _new_version(actor, target, source, file, publish_when_ready, ticket)
    except IntegrityError:
        storage.drop_source(stored.directory)
        if taken := _taken(ticket):
            return taken
        raise
    except BaseException:
        storage.drop_source(stored.directory)
        raise
    if source.directory != stored.directory:
        storage.drop_source(stored.directory)
    return version


@transaction.atomic
def announce_recording(*, actor: Any, title: str, language: str = Language.CHINESE) -> Recording:
    """A recording whose film is still to come, so that lessons can already name it.

    Raises Invalid without title.
    """
    if not title.strip():
        raise Invalid(fields={"title": _("请填写标题")})
    recording = _new_recording(title.strip(), language)
    audit.record(actor, "media.recording.announced", recording)
    return recording


@transaction.atomic
def rename_recording(*, actor: Any, recording: Recording, title: str) -> None:
    """Give a recording another title. Raises Invalid when it is blank."""
    if not title.strip():
        raise Invalid(fields={"title": _("请填写标题")})
    Recording.objects.filter(pk=recording.pk).update(title=title.strip()[:200])
    audit.record(actor, "media.recording.renamed", recording)


def queue_transcode(actor: Any, version_id: UUID) -> UUID:
    """Queue one more attempt at a cut; returns the job's id."""
    return jobs.enqueue(TRANSCODE, actor=actor, payload={"version": str(version_id)}, total=100).pk


def _taken(ticket: UUID | None) -> RecordingVersion | None:
    return RecordingVersion.objects.filter(pk=ticket).first() if ticket else None


def _stored(file: "File[bytes] | BinaryIO") -> storage.StoredUpload:
    try:
        return storage.store_upload(_chunks(file))
    except OSError as error:
        if error.errno not in storage.FULL_DISK:
            raise
        raise StorageFull(fields={"file": StorageFull.message}) from error


def _chunks(file: "File[bytes] | BinaryIO") -> Iterator[bytes]:
    size = 0
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        size += len(chunk)
        if size > MOST_BYTES:
            raise TooLargeUpload(fields={"file": TooLargeUpload.message})
        yield chunk


def _source_for(stored: storage.StoredUpload) -> SourceFile:
    source, _created = SourceFile.objects.get_or_create(
        sha256=stored.sha256,
        defaults={"directory": stored.directory, "size_bytes": stored.size_bytes},
    )
    return source


def _new_recording(title: str, language: str) -> Recording:
    return Recording.objects.create(title=title[:200], language=language)


def _new_version(
    actor: Any,
    recording: Recording,
    source: SourceFile,
    file: Any,
    publish_when_ready: bool,
    ticket: UUID | None,
) -> RecordingVersion:
    Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)
    last = recording.versions.order_by("-number").values_list("number", flat=True).first()
    version = RecordingVersion.objects.create(
        id=ticket or uuid4(),
        recording=recording,
        number=(last or 0) + 1,
        source=source,
        source_name=_label(getattr(file, "name", "") or ""),
        publish_when_ready=publish_when_ready,
    )
    version.job_id = queue_transcode(actor, version.pk)
    version.save(update_fields=["job_id"])
    audit.record(actor, "media.recording.uploaded", recording, version=version.number)
    return version


def _label(name: str) -> str:
    """The user's file name as a mere label: no folders, no invisible or control signs."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[-200:]
