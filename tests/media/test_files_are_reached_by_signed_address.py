"""Published files answer to a signed prefix: like nginx in production, byte for byte."""

from __future__ import annotations

import pytest

from media import storage
from media.rules import links

pytestmark = pytest.mark.django_db

ASSET = "0123456789abcdef0123456789abcdef"
NOW = "2026-03-01T08:00:00+08:00"
NOW_UNIX = 1_772_323_200
CONTENT = bytes(range(256)) * 4


@pytest.fixture(autouse=True)
def asset(settings, at):
    settings.MEDIA_LINK_SECRET = "for-tests-only"
    at(NOW)
    folder = storage.published(ASSET)
    folder.mkdir(parents=True)
    (folder / "720p_00001.m4s").write_bytes(CONTENT)
    (folder / "master.m3u8").write_text("#EXTM3U\n")
    (folder / "captions.vtt").write_text("WEBVTT\n")
    (folder / "manifest.json").write_text("{}")
    (storage.root() / "secret.mp4").write_bytes(b"secret")


def address(name: str, *, expires: int = NOW_UNIX + 60) -> str:
    return links.prefix("for-tests-only", expires, ASSET) + name


@pytest.fixture
def get(client):
    """Ask for an address, read the whole answer and close it."""

    def ask(where: str, wanted: str = "", method: str = "get"):
        headers = {"range": wanted} if wanted else {}
        answer = getattr(client, method)(where, headers=headers)
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        return answer

    return ask


def test_the_signature_is_the_one_nginx_makes():
    # printf '1772323260/0123456789abcdef0123456789abcdef/ for-tests-only' | openssl md5 -binary
    #   | openssl base64 | tr +/ -_ | tr -d =
    assert links.signature("for-tests-only", 1_772_323_260, ASSET) == "gVjq26KV2hGS5A6VWTHOzQ"


def test_a_segment_is_served_with_its_type_and_may_be_kept(get):
    answer = get(address("720p_00001.m4s"))

    assert answer.status_code == 200
    assert answer.body == CONTENT
    assert answer["Content-Type"] == "video/iso.segment"
    assert answer["Cache-Control"] == "private, max-age=86400, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"


def test_a_playlist_is_kept_for_a_minute_only(get):
    answer = get(address("master.m3u8"))

    assert answer["Content-Type"] == "application/vnd.apple.mpegurl"
    assert answer["Cache-Control"] == "private, max-age=60"
    assert get(address("captions.vtt"))["Content-Type"] == "text/vtt; charset=utf-8"


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=1000-", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=100-9999", 100, 1023),
        ("bytes=-9999", 0, 1023),
    ],
)
def test_a_range_is_answered_with_just_that_range(wanted, first, last, get):
    answer = get(address("720p_00001.m4s"), wanted)

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/1024"
    assert answer.body == CONTENT[first : last + 1]


def test_a_range_beyond_the_end_is_not_satisfiable(get):
    answer = get(address("720p_00001.m4s"), "bytes=1024-")

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=1-2", "bytes=x-y"])
def test_a_range_that_is_not_understood_gives_the_whole_file(wanted, get):
    answer = get(address("720p_00001.m4s"), wanted)

    assert (answer.status_code, answer.body) == (200, CONTENT)


def test_head_tells_size_without_body(get):
    answer = get(address("720p_00001.m4s"), method="head")

    assert (answer.status_code, answer["Content-Length"], answer.body) == (200, "1024", b"")


def test_a_wrong_prefix_is_forbidden_and_an_old_one_is_gone(get):
    good = address("720p_00001.m4s")
    foreign = links.prefix("another-secret", NOW_UNIX + 60, ASSET) + "720p_00001.m4s"
    stretched = good.replace(str(NOW_UNIX + 60), str(NOW_UNIX + 9999))

    assert get(foreign).status_code == 403
    assert get(stretched).status_code == 403
    assert get(good.replace(ASSET, "f" * 32)).status_code == 403
    assert get(address("720p_00001.m4s", expires=NOW_UNIX - 1)).status_code == 410


@pytest.mark.parametrize(
    "name",
    [
        "../secret.mp4",
        "..%2fsecret.mp4",
        "%2e%2e/secret.mp4",
        "..\\secret.mp4",
        "/etc/passwd",
        ".hidden.mp4",
        "missing.mp4",
        "manifest.json",
        "720p_00001.m4s%00.mp4",
        "",
    ],
)
def test_nothing_outside_the_published_media_is_reached(name, get):
    assert get(address(name)).status_code == 404


def test_a_file_is_only_read(client):
    assert client.post(address("720p_00001.m4s")).status_code == 405


def test_open_pages_keep_one_address_for_a_month(at):
    first = links.long_expiry(NOW_UNIX)

    assert links.long_expiry(NOW_UNIX + 86_400) in {first, first + links.PERIOD_SECONDS}
    assert links.PERIOD_SECONDS < first - NOW_UNIX <= 2 * links.PERIOD_SECONDS
