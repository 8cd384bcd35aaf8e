"""What a migration does to rows stays what it did, whatever the rules in force become."""

import ast
from pathlib import Path

from django.conf import settings

LIVING = {"rules", "selectors", "services", "models"}


def test_no_migration_takes_its_rules_from_the_living_code():
    files = sorted(settings.BASE_DIR.glob("*/migrations/[0-9]*.py"))
    assert len(files) > 50
    assert [taken for file in files for taken in taken_by(file)] == []


def taken_by(file: Path) -> list[str]:
    """What a file imports from modules that change with each release."""
    return [
        f"{file.name}: {node.module}"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        if LIVING & set(node.module.split("."))
        if not node.module.startswith(("django.", "wagtail."))
    ]
