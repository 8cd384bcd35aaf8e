"""From the upload in the content administration to a published recording."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import jobs
from core.errors import Invalid, Missing
from core.models import AuditEvent, Job, OutboxEvent
from media import permissions, selectors, services, storage
from media.ffmpeg.runner import CommandError
from media.models import Recording, RecordingState, RecordingVersion, SourceFile, VersionState
from media.services import receiving

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, liu_min):
    client.force_login(liu_min)
    return client


@pytest.fixture
def encoded(liu_min, upload, clips, deliver):
    """A recording whose first cut is encoded and not yet shown."""
    version = services.receive_upload(
        actor=liu_min, file=upload(clips("lesson.mp4")), title="认识情绪"
    )
    deliver()
    version.refresh_from_db()
    assert version.state == VersionState.READY, version.failure_text
    return version.recording


def published(recording, actor, captions_file):
    services.attach_captions(actor=actor, recording=recording, file=captions_file)
    services.set_transcript(actor=actor, recording=recording, text="大家好，我们开始上课。")
    return services.publish_recording(actor=actor, recording=recording)


def test_the_whole_way_from_the_upload_page_to_publication(
    signed_in, upload, clips, deliver, captions_file
):
    page = signed_in.get(reverse("recordings:upload"))
    assert page.status_code == 200

    answer = signed_in.post(
        reverse("recordings:upload"),
        {"title": "青春期：情绪从哪里来", "language": "zh", "file": upload(clips("lesson.mp4"))},
    )
    recording = Recording.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("recordings:detail", args=[recording.pk])

    waiting = signed_in.get(reverse("recordings:progress", args=[recording.pk])).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "等待转码" in waiting

    deliver()
    ready = signed_in.get(reverse("recordings:progress", args=[recording.pk])).content.decode()
    assert "待发布" in ready
    assert "hx-trigger" not in ready

    refused = signed_in.post(reverse("recordings:publish", args=[recording.pk]), follow=True)
    assert "还不能发布，缺少：字幕、文字稿。" in refused.content.decode()

    captions = {"language": "zh", "captions": captions_file}
    captions_file.name = "字幕.vtt"
    assert (
        signed_in.post(reverse("recordings:captions", args=[recording.pk]), captions).status_code
        == 302
    )
    detail = signed_in.get(reverse("recordings:detail", args=[recording.pk])).content.decode()
    assert "大家好，我们开始上课。\n今天谈谈情绪。" in detail

    words = {"transcript": "大家好，我们开始上课。今天谈谈情绪。"}
    signed_in.post(reverse("recordings:transcript", args=[recording.pk]), words)
    signed_in.post(reverse("recordings:publish", args=[recording.pk]))
    recording.refresh_from_db()
    assert recording.state == RecordingState.PUBLISHED
    assert selectors.current_version(recording).number == 1
    assert list(selectors.published_recordings()) == [recording]
    assert OutboxEvent.objects.filter(kind="media.events.RecordingPublished").count() == 1


def test_the_list_finds_recordings_and_shows_their_state(signed_in, encoded):
    found = signed_in.get(reverse("recordings:index"), {"q": "情绪"}).content.decode()
    missed = signed_in.get(reverse("recordings:index"), {"q": "数学"}).content.decode()

    assert "认识情绪" in found
    assert "待发布" in found
    assert "没有符合条件的录像。" in missed


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


def test_a_text_file_named_as_video_fails_with_its_reason_and_can_be_replaced(
    signed_in, upload, clips, deliver
):
    sent = {"title": "课", "language": "zh", "file": upload("不是视频".encode(), "课.mp4")}
    signed_in.post(reverse("recordings:upload"), sent)
    deliver()
    recording = Recording.objects.get()

    fragment = signed_in.get(reverse("recordings:progress", args=[recording.pk])).content.decode()
    assert "无法识别为视频，请上传 MP4/MOV/MKV" in fragment
    assert "重新转码" in fragment
    assert Job.objects.get().state == "failed"
    assert Job.objects.get().error_code == "not_video"

    signed_in.post(
        reverse("recordings:cut", args=[recording.pk]), {"file": upload(clips("small.mp4"))}
    )
    deliver()
    assert [version.state for version in recording.versions.order_by("number")] == [
        "failed",
        "ready",
    ]


def test_sound_alone_asks_first_and_becomes_an_audio_lesson(
    signed_in, liu_min, upload, clips, deliver, captions_file
):
    version = services.receive_upload(
        actor=liu_min, file=upload(clips("voice.m4a")), title="睡前放松"
    )
    deliver()
    address = reverse("recordings:progress", args=[version.recording_id])
    asked = signed_in.get(address).content.decode()
    assert "没有视频画面，是否按音频课发布？" in asked
    assert "按音频课发布" in asked

    signed_in.post(reverse("recordings:retry", args=[version.recording_id]), {"as_audio": "1"})
    deliver()
    version.refresh_from_db()
    assert (version.state, version.has_picture, version.has_sound) == ("ready", False, True)
    published(version.recording, liu_min, captions_file)
    playback = selectors.playback_of(version, seconds=60)
    assert (playback.is_audio, playback.poster, playback.storyboard) == (True, "", "")


def test_a_failed_attempt_is_retried_once_however_often_the_button_is_pressed(
    liu_min, upload, deliver
):
    version = services.receive_upload(actor=liu_min, file=upload(b"text"), title="课")
    deliver()
    version.refresh_from_db()

    assert services.retry_transcode(actor=liu_min, version=version)
    assert not services.retry_transcode(actor=liu_min, version=version)
    assert Job.objects.filter(state="queued").count() == 1


def test_a_job_given_up_by_the_sweeper_can_be_retried(liu_min, upload, clips):
    version = services.receive_upload(actor=liu_min, file=upload(clips("small.mp4")), title="课")
    Job.objects.update(state="failed", error="多次尝试后仍未完成", error_code="attempts")

    before = selectors.progress_of(version)
    assert (before.state, before.can_retry, before.reason) == (
        "failed",
        True,
        "多次尝试后仍未完成",
    )
    assert services.retry_transcode(actor=liu_min, version=version)
    version.refresh_from_db()
    assert selectors.progress_of(version).is_moving


def test_the_same_job_delivered_again_changes_nothing(encoded):
    version = encoded.versions.get()
    Job.objects.update(state="queued", attempts=0)

    assert jobs.run(version.job_id) == "done"
    version.refresh_from_db()
    assert version.state == VersionState.READY
    assert len(list(storage.published().iterdir())) == 1


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


def test_a_new_cut_replaces_the_old_one_only_when_it_is_published(
    encoded, liu_min, upload, clips, deliver, captions_file
):
    published(encoded, liu_min, captions_file)
    services.receive_upload(
        actor=liu_min, file=upload(clips("small.mp4")), title="", recording=encoded
    )
    deliver()
    encoded.refresh_from_db()
    assert selectors.current_version(encoded).number == 1

    services.set_transcript(actor=liu_min, recording=encoded, text="新的文字稿")
    services.publish_recording(actor=liu_min, recording=encoded)
    assert selectors.current_version(encoded).number == 2
    assert encoded.versions.get(number=1).state == VersionState.REPLACED


def test_publishing_twice_tells_it_once(encoded, liu_min, captions_file):
    published(encoded, liu_min, captions_file)
    services.publish_recording(actor=liu_min, recording=encoded)

    assert OutboxEvent.objects.filter(kind="media.events.RecordingPublished").count() == 1
    assert AuditEvent.objects.filter(verb="media.recording.published").count() == 1


def test_a_recording_appears_by_itself_when_nothing_is_missing(
    liu_min, upload, clips, deliver, captions_file
):
    version = services.receive_upload(
        actor=liu_min, file=upload(clips("lesson.mp4")), title="课", publish_when_ready=True
    )
    recording = version.recording
    services.attach_captions(actor=liu_min, recording=recording, file=captions_file)
    services.set_transcript(actor=liu_min, recording=recording, text="文字稿")
    deliver()

    recording.refresh_from_db()
    assert selectors.current_version(recording) == version


def test_captions_that_came_early_are_cut_at_the_end_of_the_recording(
    liu_min, upload, clips, deliver
):
    version = services.receive_upload(actor=liu_min, file=upload(clips("lesson.mp4")), title="课")
    text = "WEBVTT\n\n00:01.000 --> 00:59.000\n一直在说\n"
    services.attach_captions(
        actor=liu_min, recording=version.recording, file=BytesIO(text.encode())
    )
    deliver()

    track = version.caption_tracks.get()
    stored = (storage.published(track.directory) / "captions.vtt").read_text()
    assert stored == "WEBVTT\n\n00:00:01.000 --> 00:00:06.000\n一直在说\n"


def test_captions_that_cannot_be_read_change_nothing(signed_in, encoded, liu_min, captions_file):
    services.attach_captions(actor=liu_min, recording=encoded, file=captions_file)
    bad = BytesIO(b"nothing")
    bad.name = "a.srt"
    answer = signed_in.post(
        reverse("recordings:captions", args=[encoded.pk]), {"language": "zh", "captions": bad}
    )

    assert answer.status_code == 422
    assert "无法识别字幕" in answer.content.decode()
    assert encoded.versions.get().caption_tracks.get().cues == 2


def test_a_blank_transcript_is_refused(signed_in, encoded):
    answer = signed_in.post(
        reverse("recordings:transcript", args=[encoded.pk]), {"transcript": " \n "}
    )

    assert answer.status_code == 422
    assert selectors.transcript_text(encoded.versions.get()) == ""


def test_withdrawal_hides_a_recording_and_keeps_everything(encoded, liu_min, captions_file):
    version = published(encoded, liu_min, captions_file)
    services.withdraw_recording(actor=liu_min, recording=encoded)
    encoded.refresh_from_db()

    assert selectors.current_version(encoded) is None
    assert list(selectors.published_recordings()) == []
    assert selectors.playback_of(version, seconds=60).playlist
    services.publish_recording(actor=liu_min, recording=encoded)
    encoded.refresh_from_db()
    assert selectors.current_version(encoded) == version


def test_who_is_no_editor_finds_no_recordings(client, zhang_wei, encoded):
    client.force_login(zhang_wei)
    for name in ("detail", "progress", "publish", "retry"):
        address = reverse(f"recordings:{name}", args=[encoded.pk])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert client.get(reverse("recordings:index")).status_code == 404
    encoded.refresh_from_db()
    assert encoded.state == RecordingState.DRAFT


def test_seeing_in_the_list_and_being_allowed_are_the_same(liu_min, zhang_wei, encoded):
    for user in (liu_min, zhang_wei):
        listed = permissions.editable_recordings(user).filter(pk=encoded.pk).exists()
        assert listed == permissions.can_edit_recording(user, encoded)
    with pytest.raises(Missing):
        selectors.get_recording_for(viewer=zhang_wei, recording_id=encoded.pk)


def test_what_must_never_be_false_is_refused_by_the_database(encoded, liu_min, captions_file):
    published(encoded, liu_min, captions_file)
    source = SourceFile.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordingVersion.objects.create(
            recording=encoded, number=1, source=source, source_name="又一个第一版"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordingVersion.objects.create(
            recording=encoded,
            number=2,
            source=source,
            source_name="两个已发布",
            state="published",
            duration_ms=1,
            directory="x",
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordingVersion.objects.create(
            recording=encoded, number=3, source=source, source_name="空的", state="ready"
        )


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


@pytest.mark.parametrize(
    ("reason", "code", "words", "told"),
    [
        ("timeout", "timeout", "转码超时，已通知管理员（编号 ", {"liu", "keeper"}),
        ("file_limit", "storage", "存储空间不足或输出文件过大", {"liu", "keeper"}),
        ("exit", "codec", "编码格式不支持，请用 H.264 重新导出", {"liu"}),
    ],
)
def test_a_broken_encoding_is_explained_to_who_can_act(
    reason, code, words, told, liu_min, upload, clips, deliver, monkeypatch
):
    from accounts.models import Notice, User

    keeper = User.objects.create_superuser("keeper", "a-long-password", name="值班管理员")

    def broken(*args: object, **kwargs: object) -> None:
        raise CommandError(reason, 1, "file:/srv/another/upload.bin: secret words")

    monkeypatch.setattr("media.production.produce", broken)
    version = services.receive_upload(actor=liu_min, file=upload(clips("small.mp4")), title="课")
    deliver()
    version.refresh_from_db()

    assert (version.state, version.failure_code) == ("failed", code)
    assert words in version.failure_text
    assert "secret" not in Job.objects.get().error + version.failure_text
    names = {liu_min.pk: "liu", keeper.pk: "keeper"}
    assert {names[notice.user_id] for notice in Notice.objects.all()} == told


def test_an_output_that_fails_the_proof_is_never_shown(
    liu_min, upload, clips, deliver, monkeypatch
):
    monkeypatch.setattr("media.production.starts_with_idr", lambda segment: False)
    version = services.receive_upload(actor=liu_min, file=upload(clips("small.mp4")), title="课")
    deliver()
    version.refresh_from_db()

    assert (version.state, version.failure_code) == ("failed", "output")
    assert not storage.published().exists()
    assert [path for path in (storage.root() / "staging").rglob("*") if path.is_file()] == []


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
