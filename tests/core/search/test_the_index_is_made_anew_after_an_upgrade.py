"""What was published under older rules is found after an upgrade, without anybody asking for it."""

from collections.abc import Callable

import pytest
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from core.models import Job, JobState
from core.search import upkeep
from website.models import StandardPage

pytestmark = pytest.mark.django_db


def test_an_index_by_other_rules_is_made_anew_once(
    deliver: Callable[[], int], monkeypatch: pytest.MonkeyPatch
):
    page = Page.objects.get(depth=1).add_child(instance=StandardPage(title="心理", slug="mind"))
    deliver()
    upkeep.rebuild_when_needed()
    deliver()
    IndexEntry.objects.all().delete()
    upkeep.rebuild_when_needed()
    deliver()
    assert not IndexEntry.objects.exists(), "the same rules ask for nothing"
    monkeypatch.setattr(upkeep, "digest", lambda: "other rules")
    upkeep.rebuild_when_needed()
    deliver()
    assert IndexEntry.objects.filter(object_id=str(page.pk)).exists()
    assert [job.state for job in Job.objects.filter(kind=upkeep.KIND)] == [JobState.DONE] * 2


def test_the_digest_follows_the_fields_that_are_indexed(monkeypatch: pytest.MonkeyPatch):
    before = upkeep.digest()
    assert upkeep.digest() == before
    monkeypatch.setattr(StandardPage, "search_fields", StandardPage.search_fields[:-1])
    assert upkeep.digest() != before
