"""The demo bureau, built once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.conftest import field_keys


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The small bureau, taken back after the last test of the file."""
    from demo.services import build

    keys = field_keys(tmp_path_factory)
    with override_settings(FIELD_KEYS_FILE=keys), django_db_blocker.unblock(), transaction.atomic():
        build(size="s", seed=2026)
        yield
        transaction.set_rollback(True)
