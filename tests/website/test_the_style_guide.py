"""The style guide shows every component of the product."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

COMPONENTS = Path(settings.BASE_DIR) / "templates/components"


def test_every_component_is_shown_in_the_style_guide(site: dict[str, Any]):
    answer = Client().get("/styleguide/")
    shown = {template.name for template in answer.templates}
    every = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert every - shown == set()
    assert len(every) >= 21
