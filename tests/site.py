"""The public site for any test: built once for each module, inside a transaction of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Site


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The rows of the site, inside a transaction that each test nests its own in."""
    from tests.website.building import build_site

    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        pages = build_site()
    yield pages
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
    Site.clear_site_root_paths_cache()


@pytest.fixture
def site(_built: dict[str, Any], db: None) -> dict[str, Any]:
    """The pages of a small public site, as the database holds them."""
    Site.clear_site_root_paths_cache()
    return {name: type(page).objects.get(pk=page.pk) for name, page in _built.items()}
