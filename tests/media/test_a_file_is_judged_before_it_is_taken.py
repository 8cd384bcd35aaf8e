"""What is not a safe, whole video is refused with its own message, and nothing else is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.utils import translation

from media import production
from media.models import FailureCode
from media.rules.admission import Facts, Refusal, VideoFacts, refusal_of
from tests.media.conftest import H264, make, picture


def judged(path: Path, *, audio_accepted: bool = False) -> Refusal | None:
    return refusal_of(production.probe(path), audio_accepted=audio_accepted)


def disguised(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "source.bin"
    path.write_bytes(content)
    return path


def test_an_empty_file_is_called_empty(tmp_path):
    assert judged(disguised(tmp_path, b"")) == Refusal("empty")


POINTERS = {
    "a text file": "这只是一段文字。\n" * 200,
    "one byte": "\x00",
    "a playlist": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{neighbour}\n#EXT-X-ENDLIST\n",
    "a playlist with a protocol": "#EXTM3U\n#EXTINF:10,\nfile://{neighbour}\n#EXT-X-ENDLIST\n",
    "a nested playlist": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{neighbour}\n",
    "a playlist over the network": "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n",
    "a concat script": "ffconcat version 1.0\nfile '{neighbour}'\n",
    "a concat script without a head": "file '{neighbour}'\n",
    "a manifest": (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"'
        ' mediaPresentationDuration="PT9S"><Period><AdaptationSet mimeType="video/mp4">'
        '<Representation id="1" bandwidth="1"><BaseURL>{neighbour}</BaseURL></Representation>'
        "</AdaptationSet></Period></MPD>"
    ),
    "a session description": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=video 5000 RTP/AVP 96\n",
    "subtitles": "1\n00:00:01,000 --> 00:00:02,000\n你好\n",
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a page": "<!DOCTYPE html><title>x</title><video src='{neighbour}'></video>",
    "an avisynth script": 'AviSource("{neighbour}")\n',
}


@pytest.mark.parametrize("disguise", POINTERS)
def test_what_points_elsewhere_is_not_a_video(disguise, tmp_path, clips):
    text = POINTERS[disguise].replace("{neighbour}", str(clips("lesson.mp4")))
    started = time.monotonic()

    assert judged(disguised(tmp_path, text.encode())) == Refusal("not_video")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg"])
def test_a_renamed_photo_is_not_a_video(name, tmp_path, clips):
    assert judged(disguised(tmp_path, clips(name).read_bytes())) == Refusal("not_video")


def test_a_video_cut_off_after_its_index_says_how_much_came(tmp_path, clips):
    content = clips("lesson.mp4").read_bytes()

    refusal = judged(disguised(tmp_path, content[: len(content) // 2]))

    assert refusal is not None
    assert (refusal.code, refusal.expected_seconds) == ("truncated", 6)
    assert 1 <= refusal.received_seconds <= 4


def test_a_video_cut_off_before_its_index_is_called_incomplete(tmp_path, clips):
    content = clips("wide.mp4").read_bytes()

    assert judged(disguised(tmp_path, content[: len(content) // 2])) == Refusal("incomplete")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("huge.mp4", "too_large_dims"),
        ("tiny.mp4", "too_small_dims"),
        ("long.mp4", "too_long"),
        ("fast.mp4", "codec"),
        ("voice.m4a", "no_video_track"),
    ],
)
def test_a_video_out_of_bounds_is_refused(name, code, clips):
    assert judged(clips(name)) == Refusal(code)


def test_sound_alone_is_taken_with_the_editors_consent(clips):
    assert judged(clips("voice.m4a"), audio_accepted=True) is None


def test_nine_streams_are_too_many():
    facts = Facts(duration_ms=9000, received_ms=9000, streams=9, audio_stream=0, audio_codec="aac")

    assert refusal_of(facts, audio_accepted=True) == Refusal("codec")


def test_a_picture_without_a_decoder_asks_for_another_export():
    video = VideoFacts(0, "", 640, 360, 25.0, True)

    assert refusal_of(
        Facts(duration_ms=9000, received_ms=9000, streams=1, video=video), audio_accepted=False
    ) == Refusal("codec")


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("lesson.mp4", 640, 360),
        ("portrait.mp4", 360, 640),
        ("odd.mkv", 641, 363),
        ("changing-rate.mp4", 320, 240),
        ("narrow-pixels.mp4", 480, 576),
    ],
)
def test_an_ordinary_video_is_taken_whatever_its_shape(name, width, height, clips):
    facts = production.probe(clips(name))

    assert refusal_of(facts, audio_accepted=False) is None
    assert facts.video is not None
    assert (facts.video.width, facts.video.height) == (width, height)


def test_a_phone_video_held_sideways_is_measured_upright(tmp_path, clips):
    turned = make(
        tmp_path / "turned.mp4",
        "-display_rotation",
        "90",
        "-i",
        str(clips("phone.mp4")),
        "-c",
        "copy",
    )
    video = production.probe(turned).video

    assert video is not None
    assert (video.width, video.height) == (360, 640)


def test_a_browser_recording_without_a_duration_is_measured(tmp_path):
    live = ["-c:v", "libvpx", "-deadline", "realtime", "-live", "1", "-f", "webm"]
    stream = make(tmp_path / "recorded.webm", *picture("320x240", 3), *live)

    assert production.probe(stream).duration_ms == 3000


def test_the_probe_that_dies_counts_as_not_a_video(monkeypatch, clips):
    limits = production.Limits(wall_seconds=0, cpu_seconds=1, file_bytes=0)
    monkeypatch.setattr(production, "PROBE_LIMITS", limits)

    assert judged(clips("lesson.mp4")) == Refusal("not_video")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("empty", "文件为空，请重新选择"),
        ("not_video", "无法识别为视频，请上传 MP4/MOV/MKV"),
        ("too_large_dims", "分辨率过大（上限 4096×4096）"),
        ("too_long", "时长超过 4 小时，请分段上传"),
        ("no_video_track", "没有视频画面，是否按音频课发布？"),
        ("codec", "编码格式不支持，请用 H.264 重新导出"),
        ("image_bomb", "图片像素过大"),
    ],
)
def test_every_refusal_has_its_words(code, text):
    with translation.override("zh-hans"):
        assert str(FailureCode(code).label) == text


def test_a_very_long_h264_export_still_probes_quickly(tmp_path):
    still = make(
        tmp_path / "still.mp4", "-f", "lavfi", "-i", "color=size=64x64:rate=1:duration=3600", *H264
    )
    started = time.monotonic()

    assert judged(still) is None
    assert time.monotonic() - started < 5
