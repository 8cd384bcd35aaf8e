"""The player's third-party files are the ones that were built, and stay within the budget."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "static" / "vendor" / "player"
MANIFEST = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
OWN = [
    Path(settings.BASE_DIR) / "static" / "js" / name for name in ("player.js", "player_ranges.js")
]


@pytest.mark.parametrize("entry", MANIFEST["files"], ids=lambda entry: entry["name"])
def test_a_vendored_file_has_the_recorded_hash_and_a_licence(entry):
    digest = hashlib.sha384((FOLDER / entry["file"]).read_bytes()).digest()

    assert entry["sha384"] == "sha384-" + base64.b64encode(digest).decode()
    assert (entry["name"], entry["licence"]) in {
        ("hls.js", "Apache-2.0"),
        ("media-chrome", "MIT"),
    }
    assert list(FOLDER.glob(f"LICENSE.{entry['name'].split('.')[0]}*"))


def test_nothing_else_lies_in_the_folder():
    named = {entry["file"] for entry in MANIFEST["files"]}

    assert {path.name for path in FOLDER.glob("*.mjs")} == named


def test_the_versions_are_the_ones_pinned_for_the_build():
    pins = json.loads(
        (Path(settings.BASE_DIR) / "dev" / "player" / "package.json").read_text(encoding="utf-8")
    )["devDependencies"]

    assert {entry["name"]: entry["version"] for entry in MANIFEST["files"]} == {
        "hls.js": pins["hls.js"],
        "media-chrome": pins["media-chrome"],
    }


def test_the_whole_player_weighs_less_than_250_kilobytes_compressed():
    files = [FOLDER / entry["file"] for entry in MANIFEST["files"]] + OWN

    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) < 250_000


def test_no_module_names_another_host_or_writes_a_style_element():
    chrome = (FOLDER / "media-chrome.min.mjs").read_text(encoding="utf-8")

    assert "fonts.googleapis" not in chrome
    assert "replaceSync" in chrome
    for path in OWN:
        assert "http" not in path.read_text(encoding="utf-8")
