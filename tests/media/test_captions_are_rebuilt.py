"""Captions as people bring them become plain WebVTT, whatever the encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.rules.captions import Cue, UnreadableCaptionsError, cues_of, text_of, vtt_of

SRT = (
    "1\r\n00:00:01,000 --> 00:00:03,500\r\n<b>你好</b> &amp; <script>x</script>\r\n\r\n"
    "2\r\n00:00:09,000 --> 00:00:04,000\r\n倒着的\r\n\r\n"
    "4\r\n00:00:04,000 --> 00:00:12,000\r\n再见\r\n2026\r\n\r\n"
    "3\r\n00:00:03,500 --> 00:00:04,000\r\n中间\r\n\r\n"
    "5\r\n00:00:11,000 --> 00:00:12,000\r\n结束以后\r\n"
)
REBUILT = (
    Cue(1000, 3500, "你好 & x"),
    Cue(3500, 4000, "中间"),
    Cue(4000, 10_000, "再见\n2026"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_srt_is_read_in_every_usual_encoding(encoding):
    assert cues_of(SRT.encode(encoding), 10_000) == REBUILT


def test_rare_characters_survive_gb18030():
    text = "1\n00:00:01,000 --> 00:00:02,000\n𠮷野家 㛃 〇\n"

    assert cues_of(text.encode("gb18030"), 10_000) == (Cue(1000, 2000, "𠮷野家 㛃 〇"),)


def test_webvtt_loses_styles_notes_positions_and_voices():
    text = (
        "WEBVTT\n\nSTYLE\n::cue { background: url(http://example.org/x) }\n\nNOTE 内部备注\n\n"
        "a\n00:01.000 --> 00:02.000 align:left\n<v 王老师>你好<00:01.500>同学\n"
    )

    assert vtt_of(cues_of(text.encode(), 10_000)) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n你好同学\n"
    )


def test_markup_is_escaped_when_written():
    assert vtt_of((Cue(0, 1000, "a < b & c\n→"),)) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\na &lt; b &amp; c\n→\n"
    )


def test_the_words_alone_make_a_first_transcript():
    assert text_of(REBUILT) == "你好 & x\n中间\n再见 2026"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00",
        "没有时间的文字".encode(),
        b"\x89PNG\r\n\x1a\n",
        b"WEBVTT\n\n",
        b"\xff\xfe\x00",
        b"1\n99:99:99,000 --> 99:99:99,999\nx\n",
        b"WEBVTT" + b"x" * (3 * 1024 * 1024),
    ],
)
def test_what_holds_no_usable_line_is_refused(content):
    with pytest.raises(UnreadableCaptionsError):
        cues_of(content, 10_000)


@given(
    st.lists(
        st.tuples(st.integers(0, 12_000), st.integers(0, 12_000), st.text(max_size=20)),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_comes_in_what_goes_out_reads_back_the_same(rows):
    source = vtt_of(tuple(Cue(start, end, text) for start, end, text in rows))
    try:
        cues = cues_of(source.encode("utf-8", "ignore"), 10_000)
    except UnreadableCaptionsError:
        return
    assert all(0 <= cue.start_ms < cue.end_ms <= 10_000 and cue.text for cue in cues)
    assert cues_of(vtt_of(cues).encode(), 10_000) == cues
