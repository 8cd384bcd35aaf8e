"""From the upload in the content administration to a published recording."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Missing
from core.models import AuditEvent, OutboxEvent
from media import permissions, selectors, services
from media.models import Recording, RecordingState, RecordingVersion, SourceFile, VersionState
from tests.media.conftest import published

pytestmark = pytest.mark.django_db


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

    captions_file.name = "字幕.vtt"
    place = reverse("recordings:detail", args=[recording.pk])
    facts = {"title": recording.title, "language": "zh"}
    assert signed_in.post(place, facts | {"captions": captions_file}).status_code == 302
    assert "大家好，我们开始上课。\n今天谈谈情绪。" in signed_in.get(place).content.decode()

    signed_in.post(place, facts | {"transcript": "大家好，我们开始上课。今天谈谈情绪。"})
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
