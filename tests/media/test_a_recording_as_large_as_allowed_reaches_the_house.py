"""The server in front lets through whatever the rule of uploads lets in."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from media.services.receiving import MOST_BYTES

MEGABYTE = 1024 * 1024


def test_nginx_takes_the_largest_recording_with_its_form():
    text = Path(settings.BASE_DIR, "deploy", "nginx.conf").read_text(encoding="utf-8")
    content_admin = text.split("location /cms/ {", 1)[1].split("}", 1)[0]
    limit = re.search(r"client_max_body_size (\d+)m;", content_admin)
    assert limit is not None
    assert MOST_BYTES + MEGABYTE <= int(limit[1]) * MEGABYTE <= MOST_BYTES + 16 * MEGABYTE
