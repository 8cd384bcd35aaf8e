"""A public site for the tests of this room, built once for each module."""

from typing import Any

import pytest

from core import page_cache


@pytest.fixture(autouse=True)
def _nothing_is_kept_from_another_test() -> None:
    page_cache.forget()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """``with committed(execute=True):`` runs what a real commit would start."""
    return django_capture_on_commit_callbacks
