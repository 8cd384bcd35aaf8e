"""What a browser gets in production: hashed names, also inside style sheets and modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

IMPORTED = re.compile(r"""(?:from\s*|import\(|@import url\()["']([^"']+)["']""")


@pytest.mark.timeout(300)
def test_every_import_of_our_modules_and_sheets_names_a_hashed_file(settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "core.storage.ModuleManifestStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)

    for name in ("js/player.js", "js/site.js", "css/site.css"):
        hashed = tmp_path / staticfiles_storage.stored_name(name)
        targets = IMPORTED.findall(hashed.read_text(encoding="utf-8"))
        assert targets
        for target in targets:
            file = (hashed.parent / target).resolve()
            assert re.search(r"\.[0-9a-f]{12}\.(mjs|js|css)$", file.name), target
            assert file.is_file()
