"""The real ways out: a mail server and an error collector, each a server of the test's own."""

from __future__ import annotations

import email
import gzip
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.faults.house import house

pytestmark = [pytest.mark.own_house, pytest.mark.timeout(300)]
BREAK = """
import threading
from django.test import Client

def broken(request):
    pupil = request.POST["name"]
    raise ValueError(pupil)

import lms.urls
lms.urls.urlpatterns[0].callback = broken
client = Client(raise_request_exception=False, headers={"X-Name": "CANARY-header"})
print(client.post("/healthz?who=CANARY-query", {"name": "CANARY-form"}).status_code)
for thread in threading.enumerate():
    if thread.name == "operator-mail":
        thread.join(20)
"""


@contextmanager
def serving(server: Any) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_fault_arrives_at_the_collector_without_a_word_of_the_form(tmp_path, furnished):
    got: list[str] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            got.append(body.decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: Any) -> None:
            pass

    with serving(HTTPServer(("127.0.0.1", 0), Collector)) as port:
        dsn = f"http://public@127.0.0.1:{port}/1"
        with house(furnished(tmp_path), SENTRY_DSN=dsn) as place:
            assert place.shell(BREAK + "import sentry_sdk; sentry_sdk.flush(20)") == "500"
    events = [
        json.loads(line) for text in got for line in text.splitlines() if '"exception"' in line
    ]
    fault = events[0]["exception"]["values"][-1]
    assert fault["type"] == "ValueError"
    assert fault["stacktrace"]["frames"][-1]["function"] == "broken"
    assert "CANARY" not in "".join(got)


def test_a_fault_arrives_by_mail_without_a_word_of_the_form(tmp_path, furnished):
    letters: list[str] = []

    class Postbox(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 postbox\r\n")
            lines: list[str] | None = None
            for raw in self.rfile:
                line = raw.decode().rstrip("\r\n")
                if lines is not None and line != ".":
                    lines.append(line)
                    continue
                if lines is not None:
                    letters.append("\n".join(lines))
                    lines = None
                elif line.upper() == "DATA":
                    lines = []
                    self.wfile.write(b"354 go on\r\n")
                    continue
                self.wfile.write(b"250 ok\r\n")

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postbox)) as port:
        url = f"smtp://127.0.0.1:{port}/?from=lms@example.cn&operators=it@example.cn,b@example.cn"
        with house(furnished(tmp_path), EMAIL_URL=url) as place:
            ended = place.manage("shell", "--no-imports", "-c", BREAK)
    assert ended.stdout.strip() == "500"
    (letter,) = [email.message_from_bytes(text.encode()) for text in letters]
    assert letter["To"] == "it@example.cn, b@example.cn"
    text = letter.get_payload(decode=True).decode()
    assert "异常：ValueError" in text
    assert "CANARY" not in text + str(letter)
