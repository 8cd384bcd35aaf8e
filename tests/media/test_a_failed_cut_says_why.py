"""A cut that cannot be made says why, and is tried again when somebody asks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import jobs
from core.models import Job
from media import selectors, services, storage
from media.ffmpeg.runner import CommandError
from media.models import Recording, VersionState

pytestmark = pytest.mark.django_db


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

    whole = {"title": "课", "language": "zh", "file": upload(clips("small.mp4"))}
    signed_in.post(reverse("recordings:detail", args=[recording.pk]), whole)
    deliver()
    assert [version.state for version in recording.versions.order_by("number")] == [
        "failed",
        "ready",
    ]


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
