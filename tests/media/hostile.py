"""Files as attackers, accidents and strange devices make them; each is made here, none is shipped.

``TEXTS`` point elsewhere: ``{neighbour}`` is another upload's path, ``{port}`` a listening port.
``BYTES`` are no video at all or claim what they do not hold. ``SPOILT`` begins with a real clip.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable

MPD = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
    'mediaPresentationDuration="PT9S"><Period><AdaptationSet mimeType="video/mp4"><Representation '
    'id="1" bandwidth="1"><BaseURL>{where}</BaseURL></Representation></AdaptationSet></Period>'
    "</MPD>"
)
HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n{line}\n#EXT-X-ENDLIST\n"

TEXTS: dict[str, str] = {
    "a playlist of a neighbour": HLS.replace("{line}", "#EXTINF:10,\n{neighbour}"),
    "a playlist of a neighbour beside it": HLS.replace("{line}", "#EXTINF:10,\nneighbour.mp4"),
    "a playlist by file protocol": HLS.replace("{line}", "#EXTINF:10,\nfile://{neighbour}"),
    "a playlist of the network": HLS.replace("{line}", "#EXTINF:10,\nhttp://127.0.0.1:{port}/a.ts"),
    "a playlist with a key elsewhere": HLS.replace(
        "{line}",
        '#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:{port}/k"\n#EXTINF:9,\n{neighbour}',
    ),
    "a playlist with a map elsewhere": HLS.replace(
        "{line}", '#EXT-X-MAP:URI="{neighbour}"\n#EXTINF:9,\n{neighbour}'
    ),
    "a master playlist": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{neighbour}\n",
    "a playlist joined by concat": HLS.replace(
        "{line}", "#EXTINF:9,\nconcat:{neighbour}|http://127.0.0.1:{port}/x"
    ),
    "a playlist with a byte order mark": "\ufeff"
    + HLS.replace("{line}", "#EXTINF:9,\n{neighbour}"),
    "a playlist behind a direction mark": "\u202e"
    + HLS.replace("{line}", "#EXTINF:9,\n/etc/passwd"),
    "a concat script": "ffconcat version 1.0\nfile '{neighbour}'\n",
    "a concat script beside it": "ffconcat version 1.0\nfile neighbour.mp4\n",
    "a concat script of the network": "ffconcat version 1.0\nfile http://127.0.0.1:{port}/a.mp4\n",
    "a concat script without a head": "file '{neighbour}'\nfile '{neighbour}'\n",
    "a manifest of a neighbour": MPD.replace("{where}", "{neighbour}"),
    "a manifest of the network": MPD.replace("{where}", "http://127.0.0.1:{port}/v.mp4"),
    "a smooth manifest": '<?xml version="1.0"?><SmoothStreamingMedia Duration="90000000"/>',
    "a session description": (
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video {port} RTP/AVP 96\n"
        "a=rtpmap:96 H264/90000\n"
    ),
    "a reference of an old player": "[Reference]\nRef1=http://127.0.0.1:{port}/a.asf\n",
    "a wish for a test picture": "testsrc2=size=640x360:duration=9\n",
    "an avisynth script": 'AviSource("{neighbour}")\n',
    "a vapoursynth script": "import vapoursynth\nopen('{neighbour}').read()\n",
    "a drawing that runs": '<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("//127.0.0.1:{port}")</script></svg>',
    "a drawing with entities": '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file://{neighbour}">]><svg>&x;</svg>',
    "a page": "<!DOCTYPE html><title>x</title><video src='http://127.0.0.1:{port}/v'></video>",
    "subtitles": "1\n00:00:01,000 --> 00:00:02,000\n你好\n",
    "plain words": "这只是一段文字。\n" * 200,
}


def box(kind: bytes, body: bytes, *, claims: int | None = None) -> bytes:
    """One box of an MP4; ``claims`` writes another length than the true one."""
    return struct.pack(">I", claims or len(body) + 8) + kind + body


def nested(depth: int) -> bytes:
    """Boxes inside boxes."""
    inner = b""
    for _level in range(depth):
        inner = box(b"trak", inner)
    return box(b"moov", inner)


def zipped() -> bytes:
    """An archive whose one member unpacks to ten megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("video.mp4", b"\0" * 10_000_000)
    return out.getvalue()


FTYP = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60000, 60000, 8, 6, 0, 0, 0)
BYTES: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "empty"),
    "one byte": (b"\0", "not_video"),
    "a megabyte of nothing": (b"\0" * 1_000_000, "not_video"),
    "noise": (bytes((n * n + n // 7) % 251 for n in range(200_000)), "not_video"),
    "an archive that unpacks to much": (zipped(), "not_video"),
    "a compressed stream": (gzip.compress(b"x" * 1_000_000), "not_video"),
    "a picture of 60,000 by 60,000": (PNG + b"\0" * 64, "not_video"),
    "a moving picture": (b"GIF89a\xff\xff\xff\xff\x80\0\0" + b"\0" * 64, "not_video"),
    "a program": (b"\x7fELF\2\1\1" + b"\0" * 400, "not_video"),
    "a printed page": (b"%PDF-1.7\n1 0 obj<<>>endobj\n", "not_video"),
    "a head without a body": (FTYP, "not_video"),
    "a head that promises more": (FTYP + box(b"mdat", b"\0" * 100, claims=9_000_000), "incomplete"),
    "an index that never ends": (FTYP + box(b"moov", b"\0" * 64, claims=2**31), "incomplete"),
    "a box of no length": (FTYP + struct.pack(">I4s", 4, b"moov") + b"\0" * 64, "not_video"),
    "boxes in boxes without end": (FTYP + nested(20_000), "not_video"),
    "a head of Matroska alone": (b"\x1aE\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff", "not_video"),
    "a head of Flash alone": (b"FLV\1\5\0\0\0\t\0\0\0\0", "not_video"),
    "a stream of sync marks": ((b"G" + b"\x1f\xff\x10" + b"\xff" * 184) * 200, "not_video"),
    "an AVI without frames": (b"RIFF\xff\xff\xff\x7fAVI LIST\xff\xff\xff\x7fhdrl", "not_video"),
}


def _cut(percent: int) -> Callable[[bytes], bytes]:
    return lambda clip: clip[: len(clip) * percent // 100]


def _claims_days(clip: bytes) -> bytes:
    """Frames that claim to last for twenty minutes each, under a head that says six seconds."""
    clip = clip.replace(b"edts", b"free")
    place = clip.index(b"stts") + 16
    return clip[:place] + struct.pack(">I", 0x00FF_FFFF) + clip[place + 4 :]


def _counts_too_many(clip: bytes) -> bytes:
    """A table of samples that claims two thousand million entries."""
    place = clip.index(b"stsz") + 12
    return clip[:place] + struct.pack(">I", 2_000_000_000) + clip[place + 4 :]


SPOILT: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "cut off inside its index": ("lesson.mp4", lambda clip: clip[:600], "incomplete"),
    "cut off at a quarter": ("lesson.mp4", _cut(25), "truncated"),
    "cut off at a half": ("lesson.mp4", _cut(50), "truncated"),
    "cut off at three quarters": ("lesson.mp4", _cut(75), "truncated"),
    "cut off before its index": ("wide.mp4", _cut(95), "incomplete"),
    "promising two days": ("lesson.mp4", _claims_days, "too_long"),
    "counting too many frames": ("lesson.mp4", _counts_too_many, "not_video"),
    "with a playlist before it": ("lesson.mp4", lambda clip: b"#EXTM3U\n" + clip, "not_video"),
}
