"""What was published under older rules is found after an upgrade, without anybody asking for it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from core import clock, housekeeping
from core.models import Job, JobState
from core.search import upkeep
from website.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(
    deliver: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    at: Callable[[str], object],
) -> Callable[[str], bool]:
    """A release with these rules starts; whether it made the index anew."""
    minutes = count()
    page = Page.objects.get(depth=1).add_child(instance=StandardPage(title="心理", slug="mind"))
    deliver()

    def started(rules: str) -> bool:
        at(f"2035-11-23T08:{next(minutes):02}:00+08:00")
        monkeypatch.setattr(upkeep, "digest", lambda: rules)
        IndexEntry.objects.all().delete()
        upkeep.rebuild_when_needed()
        deliver()
        return IndexEntry.objects.filter(object_id=str(page.pk)).exists()

    return started


def test_an_index_by_other_rules_is_made_anew_once(start: Callable[[str], bool]):
    assert start("rules of spring")
    assert not start("rules of spring"), "the same rules ask for nothing"
    assert start("rules of autumn")
    assert not start("rules of autumn")


def test_a_return_to_the_release_before_makes_it_anew_each_way(start: Callable[[str], bool]):
    assert start("rules of spring")
    assert start("rules of autumn")
    assert start("rules of spring")
    assert not start("rules of spring")
    assert start("rules of autumn")
    assert Job.objects.filter(kind=upkeep.KIND, state=JobState.DONE).count() == 4


@pytest.mark.parametrize("ended", [JobState.FAILED, JobState.CANCELLED])
def test_a_rebuild_that_came_to_nothing_is_tried_again_at_the_next_start(
    start: Callable[[str], bool], ended: JobState
):
    assert start("rules of spring")
    Job.objects.filter(kind=upkeep.KIND).update(state=ended)
    assert start("rules of spring")
    assert not start("rules of spring")


def test_a_start_while_the_rebuild_still_waits_queues_no_other():
    waiting = upkeep.rebuild_when_needed()
    assert waiting.state == JobState.QUEUED
    assert upkeep.rebuild_when_needed() == waiting


def test_a_rebuild_that_an_older_release_recorded_counts(start: Callable[[str], bool]):
    Job.objects.create(kind=upkeep.KIND, key=f"{upkeep.KIND}:rules of spring", state=JobState.DONE)
    assert not start("rules of spring")
    assert start("rules of autumn")


def test_a_rebuild_is_not_repeated_after_its_jobs_time_is_over(start: Callable[[str], bool]):
    assert start("rules of spring")
    assert start("rules of autumn")
    years_ago = clock.now() - timedelta(days=800)
    Job.objects.filter(kind=upkeep.KIND).update(finished_at=years_ago)
    assert housekeeping.forget_old()["jobs"] == 1, "the one of spring"
    assert not start("rules of autumn")
    assert start("rules of spring")


def test_the_digest_follows_the_fields_that_are_indexed(monkeypatch: pytest.MonkeyPatch):
    before = upkeep.digest()
    assert upkeep.digest() == before
    monkeypatch.setattr(StandardPage, "search_fields", StandardPage.search_fields[:-1])
    assert upkeep.digest() != before
