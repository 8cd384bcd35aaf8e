"""Answers every address with one page while the platform prepares itself; knows no Django."""

from __future__ import annotations

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from lms import starting
from lms.settings import environment as env

REFRESH_SECONDS: Final = 3
PAGE: Final = f"""<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{REFRESH_SECONDS}">
<title>正在准备 · 信阳市教师发展与全员导师平台</title>
<style>
body {{ max-width: 36rem; margin: 18vh auto 0; padding: 0 1.25rem;
  background: #fbf7ee; color: #1f2a2a;
  font: 1.0625rem/1.75 "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; }}
h1 {{ color: #0b5c5b; font-size: 1.6rem; line-height: 1.4; }}
</style>
</head>
<body>
<h1>信阳市教师发展与全员导师平台</h1>
<p role="status">正在准备数据库，第一次启动需要一两分钟。本页会自动刷新，准备好后就显示首页。</p>
<p lang="en">The platform is being prepared; the first start takes a minute or two.
This page reloads by itself.</p>
<p>有人现在就有危险，请立即拨打 110 或 120；想找人说说，可以打 12356。</p>
</body>
</html>
"""


class Handler(BaseHTTPRequestHandler):
    """503 with a page that asks again."""

    def answer(self) -> None:
        """Say that everything is still to come."""
        body = PAGE.encode()
        self.send_response(503)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Retry-After", str(REFRESH_SECONDS))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_: object) -> None:
        """Nobody needs a log of waiting."""


class Server(ThreadingHTTPServer):
    """On either family of addresses; ends without waiting for a browser that lingers."""

    daemon_threads = True


def main() -> None:
    """Answer until somebody ends the process."""
    host = env.text("HOST", "127.0.0.1")
    Server.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
    Server((host, starting.port()), Handler).serve_forever()


if __name__ == "__main__":
    main()
