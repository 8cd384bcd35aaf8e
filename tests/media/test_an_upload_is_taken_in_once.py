"""A file that arrives is stored once, under a name of ours, or leaves nothing behind."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse

from core.errors import Invalid
from core.models import Job
from media import services, storage
from media.models import Recording, RecordingVersion, SourceFile, VersionState
from media.services import receiving

pytestmark = pytest.mark.django_db


def test_a_refused_file_keeps_the_title_that_was_typed(signed_in, upload):
    answer = signed_in.post(
        reverse("recordings:upload"), {"title": "写好的标题", "language": "zh", "file": upload(b"")}
    )

    assert answer.status_code == 422
    assert "文件为空，请重新选择" in answer.content.decode()
    assert "写好的标题" in answer.content.decode()
    assert not Recording.objects.exists()
    assert not list(storage.root().glob("sources/*"))


def test_the_script_that_sends_a_file_gets_its_answers_as_json(signed_in, upload, clips):
    sent = {"title": "课", "language": "zh", "file": upload(clips("small.mp4"))}
    arrived = signed_in.post(reverse("recordings:upload"), sent, HTTP_ACCEPT="application/json")
    empty = signed_in.post(
        reverse("recordings:upload"),
        {"title": "课", "language": "zh", "file": upload(b"")},
        HTTP_ACCEPT="application/json",
    )

    recording = Recording.objects.get()
    assert (arrived.status_code, arrived.json()) == (
        201,
        {"address": reverse("recordings:detail", args=[recording.pk])},
    )
    assert (empty.status_code, empty.json()) == (
        422,
        {"errors": {"file": ["文件为空，请重新选择"]}},
    )


def test_identical_content_is_stored_and_encoded_once(liu_min, upload, clips, deliver, monkeypatch):
    services.receive_upload(actor=liu_min, file=upload(clips("small.mp4")), title="甲")
    deliver()
    monkeypatch.setattr(
        "media.production.produce", lambda *args, **kwargs: pytest.fail("encoded twice")
    )
    services.receive_upload(actor=liu_min, file=upload(clips("small.mp4")), title="乙")
    deliver()

    first, second = RecordingVersion.objects.order_by("created_at")
    assert SourceFile.objects.count() == 1
    assert len(list(storage.root().glob("sources/*"))) == 1
    assert first.directory == second.directory
    assert second.state == VersionState.READY


def test_a_full_disk_is_said_in_words_and_leaves_no_file(signed_in, upload, clips, monkeypatch):
    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    sent = {"title": "课", "language": "zh", "file": upload(clips("small.mp4"))}
    answer = signed_in.post(reverse("recordings:upload"), sent)

    assert "服务器存储空间不足" in answer.content.decode()
    assert not Recording.objects.exists()
    assert not list(storage.root().glob("sources/*"))


def test_what_a_killed_upload_left_is_swept_after_a_day(liu_min, upload, clips, deliver):
    import os

    kept = services.receive_upload(actor=liu_min, file=upload(clips("small.mp4")), title="课")
    orphan = storage.source_path("0" * 32)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"half")
    for folder in storage.root().glob("sources/*"):
        os.utime(folder, (1, 1))

    services.sweep_files()

    assert not orphan.exists()
    assert storage.source_path(kept.source.directory).exists()


def test_a_hostile_file_name_is_only_a_label(liu_min, clips):
    class Upload(BytesIO):
        name = "..\\..\\etc/\u202epasswd\x00.mp4"

    version = services.receive_upload(
        actor=liu_min, file=Upload(clips("small.mp4").read_bytes()), title="课"
    )

    assert version.source_name == "passwd.mp4"
    assert storage.source_path(version.source.directory).name == "source.bin"


def test_an_upload_over_the_limit_is_refused_while_it_is_written(liu_min, upload, monkeypatch):
    monkeypatch.setattr("media.services.receiving.MOST_BYTES", 10)

    with pytest.raises(Invalid) as refusal:
        services.receive_upload(actor=liu_min, file=upload(b"x" * 11), title="课")

    assert refusal.value.code == "too_large"
    assert not list(Path(settings.MEDIA_ROOT).glob("recordings/sources/*"))


def test_the_same_form_sent_twice_is_taken_once(signed_in, upload, clips):
    page = signed_in.get(reverse("recordings:upload"))
    ticket = page.context["form"]["ticket"].value()
    sent = {"title": "课", "language": "zh", "ticket": str(ticket)}

    first = signed_in.post(
        reverse("recordings:upload"), {**sent, "file": upload(clips("small.mp4"))}
    )
    second = signed_in.post(
        reverse("recordings:upload"), {**sent, "file": upload(clips("small.mp4"))}
    )

    assert first.url == second.url
    assert Recording.objects.count() == 1
    assert Job.objects.count() == 1
    assert len(list(storage.root().glob("sources/*"))) == 1


def test_who_looked_too_early_is_still_taken_once(liu_min, upload, clips, monkeypatch):
    """The second of two sendings found nothing when it looked; the row's key decides."""
    ticket = UUID(int=9)
    send = {"actor": liu_min, "title": "课", "ticket": ticket}
    first = services.receive_upload(file=upload(clips("small.mp4")), **send)
    answers = iter([None, first])
    monkeypatch.setattr(receiving, "_taken", lambda ticket: next(answers))

    assert services.receive_upload(file=upload(clips("small.mp4")), **send) == first
    assert Recording.objects.count() == 1
    assert len(list(storage.root().glob("sources/*"))) == 1
