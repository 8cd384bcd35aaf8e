"""The shipped nginx files, with a real nginx: recordings never pass through Python."""

from __future__ import annotations

import http.client
import http.server
import shutil
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from media.rules import links
from tests.faults.house import ROOT, free_port, wait_for

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
pytestmark = [
    pytest.mark.own_house,
    pytest.mark.timeout(120),
    pytest.mark.skipif(NGINX is None, reason="needs nginx (Debian: apt install nginx-light)"),
]

ASSET = "0123456789abcdef0123456789abcdef"
SECRET = "a-secret-of-this-test-only"
SEGMENT = bytes(range(256)) * 4
SHIPPED = ("nginx.conf", "nginx-proxy.conf", "nginx-media.conf")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """A browser before the site's TLS address."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        trusting = ssl._create_unverified_context()
        line = http.client.HTTPSConnection("127.0.0.1", self.port, context=trusting, timeout=10)
        line.request(method, path, headers={"Host": "lms.example.cn", **headers})
        got = line.getresponse()
        answer = Answer(got.status, dict(got.headers), got.read())
        line.close()
        return answer

    def media(self, name: str, *, expires: int | None = None, **headers: str) -> Answer:
        until = int(time.time()) + 600 if expires is None else expires
        return self.get(links.prefix(SECRET, until, ASSET) + name, **headers)


class Site:
    """The visitor's side, the paths that reached Python, and a way to stop Python."""

    def __init__(self, visitor: Visitor, python: http.server.HTTPServer, seen: list[str]) -> None:
        self.visitor = visitor
        self.python = python
        self.seen = seen

    def stop_python(self) -> None:
        self.python.shutdown()
        self.python.server_close()


def _python(seen: list[str]) -> http.server.HTTPServer:
    """Stands where gunicorn stands, and notes each path that comes through."""

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(f"{self.path} {self.headers['X-Forwarded-Proto']}")
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.HTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _placed(place: Path, python: int, plain: int, secure: int) -> Path:
    """The three shipped files with the places that docs/deployment.md says to change."""
    changes = {
        "127.0.0.1:8000": f"127.0.0.1:{python}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "listen [::]:443 ssl;": "",
        "/etc/lms/tls/fullchain.pem": str(place / "cert.pem"),
        "/etc/lms/tls/privkey.pem": str(place / "key.pem"),
        "/etc/nginx/lms-proxy.conf": str(place / "nginx-proxy.conf"),
        "/etc/nginx/lms-media.conf": str(place / "nginx-media.conf"),
        "/opt/lms/deploy": str(ROOT / "deploy"),
        " MEDIA_LINK_SECRET": f" {SECRET}",
        "/srv/lms/var/uploads/recordings/published": str(place / "published"),
    }
    shipped = {name: (ROOT / "deploy" / name).read_text() for name in SHIPPED}
    for old, new in changes.items():
        assert any(old in text for text in shipped.values()), old
        shipped = {name: text.replace(old, new) for name, text in shipped.items()}
    for name, text in shipped.items():
        (place / name).write_text(text)
    places = "".join(
        f"{kind}_temp_path {place}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = place / "whole.conf"
    whole.write_text(
        f"pid {place}/nginx.pid; error_log {place}/error.log; daemon off; worker_processes 1;\n"
        "events {}\n"
        f"http {{ access_log off;\n{places}include {place}/nginx.conf; }}\n"
    )
    return whole


@pytest.fixture
def site(tmp_path):
    tmp_path.chmod(0o755)
    folder = tmp_path / "published" / ASSET
    folder.mkdir(parents=True)
    (folder / "720p_00001.m4s").write_bytes(SEGMENT)
    (folder / "master.m3u8").write_text("#EXTM3U\n")
    (folder / "captions.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n开始\n")
    (folder / "manifest.json").write_text("{}")
    (tmp_path / "published" / "secret.mp4").write_bytes(b"another's upload")
    _certificate(tmp_path)
    seen: list[str] = []
    python, plain, secure = _python(seen), free_port(), free_port()
    whole = _placed(tmp_path, python.server_address[1], plain, secure)
    user = ["-g", "user root;"] if Path("/proc/self").stat().st_uid == 0 else []
    nginx = subprocess.Popen([str(NGINX), "-c", str(whole), *user])
    site = Site(Visitor(secure), python, seen)
    try:
        wait_for(lambda: _listens(site.visitor), 20)
        seen.clear()
        yield site
    finally:
        nginx.terminate()
        nginx.wait(20)
        site.stop_python()


def _certificate(place: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=lms.example.cn",
         "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=place, check=True, capture_output=True,
    )  # fmt: skip


def _listens(visitor: Visitor) -> bool:
    try:
        return visitor.get("/").status == 200
    except OSError:
        return False


def test_segments_captions_and_playlists_are_served_while_python_is_down(site):
    site.stop_python()

    segment = site.visitor.media("720p_00001.m4s")
    playlist = site.visitor.media("master.m3u8")
    captions = site.visitor.media("captions.vtt")
    page = site.visitor.get("/courses/")

    assert (segment.status, segment.body) == (200, SEGMENT)
    assert segment.headers["Content-Type"] == "video/iso.segment"
    assert segment.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert segment.headers["X-Content-Type-Options"] == "nosniff"
    assert (playlist.status, playlist.body) == (200, b"#EXTM3U\n")
    assert playlist.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert playlist.headers["Cache-Control"] == "private, max-age=60"
    assert captions.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert page.status == 503
    assert page.headers["Retry-After"] == "10"
    assert "稍后" in page.body.decode()


def test_a_range_of_a_segment_is_answered_with_just_that_range(site):
    part = site.visitor.media("720p_00001.m4s", Range="bytes=100-199")
    beyond = site.visitor.media("720p_00001.m4s", Range="bytes=1024-")

    assert (part.status, part.body) == (206, SEGMENT[100:200])
    assert part.headers["Content-Range"] == "bytes 100-199/1024"
    assert beyond.status == 416
    assert site.seen == []


def test_wrong_old_and_foreign_addresses_are_refused_by_nginx_itself(site):
    soon = int(time.time()) + 600
    good = links.prefix(SECRET, soon, ASSET) + "720p_00001.m4s"
    forged = links.prefix("another-secret", soon, ASSET) + "720p_00001.m4s"

    assert site.visitor.get(good).status == 200
    assert site.visitor.get(forged).status == 403
    assert site.visitor.get(good.replace(str(soon), str(soon + 9999))).status == 403
    assert site.visitor.get(good.replace(ASSET, "f" * 32)).status == 403
    assert site.visitor.media("720p_00001.m4s", expires=int(time.time()) - 1).status == 410
    assert site.visitor.get(good, method="DELETE").status == 403
    assert site.visitor.media("missing.mp4").status == 404
    assert site.seen == []


@pytest.mark.parametrize(
    "name", ["../secret.mp4", "..%2fsecret.mp4", "%2e%2e/secret.mp4", "manifest.json"]
)
def test_nothing_beside_the_published_media_is_served(site, name):
    answer = site.visitor.media(name)

    assert answer.body == b""  # what nginx does not know goes to Python, which says 404
    assert len(site.seen) == 1


def test_pages_reach_python_with_the_visitors_scheme(site):
    assert site.visitor.get("/courses/?q=%E5%BF%83%E7%90%86").status == 200
    assert site.seen == ["/courses/?q=%E5%BF%83%E7%90%86 https"]
