"""The demo bureau, built once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The small bureau, taken back after the last test of the file."""
    from demo.services import build

    with django_db_blocker.unblock(), transaction.atomic():
        build(size="s", seed=2026)
        yield
        transaction.set_rollback(True)
