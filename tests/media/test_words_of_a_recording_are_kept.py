"""What an editor writes on the page of a recording is kept, whichever button sends it."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse

from media import selectors, services, storage
from media.models import VersionState
from media.views.presenting import form_of
from tests.media.conftest import published

pytestmark = pytest.mark.django_db


def page_form(recording, **changes):
    """What the page of a recording sends, whichever of its buttons is pressed."""
    form = form_of(recording, selectors.latest_version(recording))
    facts = {"title": recording.title, "language": "zh", "seen": form.initial["seen"]}
    return facts | {"transcript": form.initial["transcript"]} | changes


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
    place = reverse("recordings:detail", args=[encoded.pk])
    answer = signed_in.post(place, page_form(encoded, captions=bad, transcript="写了很久的文字稿"))

    assert answer.status_code == 422
    assert answer.content.decode().count("无法识别字幕") == 1
    assert answer.context["form"]["transcript"].value() == "写了很久的文字稿"
    assert encoded.versions.get().caption_tracks.get().cues == 2


def test_a_blank_transcript_is_refused(signed_in, encoded, liu_min):
    services.set_transcript(actor=liu_min, recording=encoded, text="已有的文字稿")
    place = reverse("recordings:detail", args=[encoded.pk])
    answer = signed_in.post(place, page_form(encoded, transcript=" \n "))

    assert answer.status_code == 422
    assert "请填写文字稿" in answer.content.decode()
    assert selectors.transcript_text(encoded.versions.get()) == "已有的文字稿"


@pytest.mark.parametrize("button", ["detail", "publish", "retry"])
def test_whichever_button_is_pressed_the_words_just_typed_are_kept(signed_in, encoded, button):
    sent = page_form(encoded, title="情绪第一课", transcript="刚写好的文字稿。")
    signed_in.post(reverse(f"recordings:{button}", args=[encoded.pk]), sent)

    encoded.refresh_from_db()
    assert encoded.title == "情绪第一课"
    assert selectors.transcript_text(encoded.versions.get()) == "刚写好的文字稿。"


def test_taking_a_recording_away_asks_first_and_keeps_the_words_just_typed(
    signed_in, encoded, liu_min, captions_file
):
    published(encoded, liu_min, captions_file)
    sent = page_form(encoded, transcript="改好的文字稿。")
    place = reverse("recordings:withdraw", args=[encoded.pk])
    asked = signed_in.post(place, sent).content.decode()
    assert "页面马上不能再播放" in asked
    encoded.refresh_from_db()
    assert encoded.state == "published"
    signed_in.post(place, {"sure": "1"})

    encoded.refresh_from_db()
    assert encoded.state == "withdrawn"
    assert selectors.transcript_text(encoded.versions.get()) == "改好的文字稿。"


def test_a_new_cut_sent_with_new_words_keeps_both_and_offers_the_words_again(
    signed_in, encoded, upload, clips
):
    sent = page_form(encoded, transcript="第一版的文字稿。", file=upload(clips("small.mp4")))
    signed_in.post(reverse("recordings:detail", args=[encoded.pk]), sent)

    first, second = encoded.versions.order_by("number")
    assert selectors.transcript_text(first) == "第一版的文字稿。"
    assert selectors.transcript_text(second) == ""
    shown = signed_in.get(reverse("recordings:detail", args=[encoded.pk]))
    assert shown.context["form"]["transcript"].value() == "第一版的文字稿。"


def test_words_that_somebody_else_saved_meanwhile_are_not_overwritten_unseen(
    signed_in, encoded, liu_min
):
    services.set_transcript(actor=liu_min, recording=encoded, text="第一稿")
    place = reverse("recordings:detail", args=[encoded.pk])
    opened = page_form(encoded)
    services.set_transcript(actor=liu_min, recording=encoded, text="别人的第二稿")

    signed_in.post(place, opened | {"title": "只改标题"})
    encoded.refresh_from_db()
    assert encoded.title == "只改标题"
    assert selectors.transcript_text(encoded.versions.get()) == "别人的第二稿"

    mine = opened | {"title": "只改标题", "transcript": "我的第二稿"}
    refused = signed_in.post(place, mine)
    assert refused.status_code == 422
    assert "别人保存了新的文字稿" in refused.content.decode()
    assert refused.context["form"]["transcript"].value() == "我的第二稿"
    assert selectors.transcript_text(encoded.versions.get()) == "别人的第二稿"

    again = mine | {"seen": refused.context["form"]["seen"].value()}
    assert signed_in.post(place, again).status_code == 302
    assert selectors.transcript_text(encoded.versions.get()) == "我的第二稿"


def test_a_draft_from_the_captions_counts_once_somebody_has_checked_it(
    signed_in, encoded, captions_file
):
    captions_file.name = "字幕.vtt"
    place = reverse("recordings:detail", args=[encoded.pk])
    signed_in.post(place, page_form(encoded, captions=captions_file, checked="on"))
    draft = page_form(encoded)
    assert draft["transcript"] == "大家好，我们开始上课。\n今天谈谈情绪。"
    signed_in.post(place, draft | {"title": "只改标题"})
    signed_in.post(reverse("recordings:publish", args=[encoded.pk]), draft)
    assert selectors.transcript_text(encoded.versions.get()) == ""
    assert "文字稿已从头到尾核对" in signed_in.get(place).content.decode()
    signed_in.post(place, draft | {"checked": "on"})
    assert selectors.transcript_text(encoded.versions.get()) == draft["transcript"]
    assert "文字稿已从头到尾核对" not in signed_in.get(place).content.decode()


def test_captions_that_change_after_the_transcript_ask_to_check_it_again(
    signed_in, encoded, liu_min, captions_file
):
    published(encoded, liu_min, captions_file)
    place = reverse("recordings:detail", args=[encoded.pk])
    warning = 'data-testid="recording-outdated"'
    assert warning not in signed_in.get(place).content.decode()
    other = BytesIO("WEBVTT\n\n00:01.000 --> 00:03.000\n同学们好\n".encode())
    other.name = "新字幕.vtt"
    signed_in.post(place, page_form(encoded, captions=other, checked="on"))
    assert warning in signed_in.get(place).content.decode()
    signed_in.post(place, page_form(encoded))
    assert warning in signed_in.get(place).content.decode()
    signed_in.post(place, page_form(encoded, checked="on"))
    assert warning not in signed_in.get(place).content.decode()
    assert selectors.transcript_text(encoded.versions.get()) == "大家好，我们开始上课。"


def test_captions_beyond_the_end_of_the_recording_are_told(signed_in, encoded):
    text = (
        "WEBVTT\n\n00:01.000 --> 00:06.900\n一直在说\n"
        "\n00:05.000 --> 00:20.000\n说得太久\n\n01:00.000 --> 01:02.000\n结束以后\n"
    )
    file = BytesIO(text.encode())
    file.name = "字幕.vtt"
    place = reverse("recordings:detail", args=[encoded.pk])
    answer = signed_in.post(place, page_form(encoded, captions=file), follow=True)
    assert "有 2 条字幕超出录像的结尾" in answer.content.decode()
    assert encoded.versions.get().caption_tracks.get().cues == 2


def test_a_failed_cut_tells_that_captions_are_missing_too(encoded):
    version = encoded.versions.get()
    version.state, version.has_sound = VersionState.FAILED, False
    assert selectors.missing_for_publication(version) == ("转码完成", "字幕", "文字稿")
