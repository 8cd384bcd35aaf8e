"""Third-party files in the repository are the pinned ones."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
MANIFEST = json.loads((ROOT / "static/vendor/manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_a_vendored_file_is_the_one_that_was_copied(name: str):
    digest = hashlib.sha384((ROOT / name).read_bytes()).digest()
    assert MANIFEST[name] == "sha384-" + base64.b64encode(digest).decode()
