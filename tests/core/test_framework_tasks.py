"""The framework's own work goes through job rows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django_tasks import task
from wagtail.models import Page

from core import clock, task_backend, tasks
from core.models import Job, JobState
from website.models import StandardPage

pytestmark = pytest.mark.django_db
done: list[tuple[Any, ...]] = []


@task()
def note(*words: str, **more: int) -> None:
    done.append((words, more))


@pytest.fixture(autouse=True)
def _by_rows(settings: Any) -> None:
    done.clear()
    settings.TASKS = {"default": {"BACKEND": "core.task_backend.JobBackend", "QUEUES": []}}


def test_a_task_waits_as_a_row_and_runs_once(deliver: Any):
    result = note.enqueue("心理", pages=3)
    assert done == []
    job = Job.objects.get(pk=result.id)
    assert (job.kind, job.queue, job.state) == ("core.framework_task", "search", JobState.QUEUED)
    deliver()
    assert done == [(("心理",), {"pages": 3})]
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_saving_a_page_indexes_it_through_a_row(deliver: Any):
    from wagtail.models import Page

    from website.models import StandardPage

    root = Page.objects.get(depth=1)
    root.add_child(instance=StandardPage(title="青少年心理健康", slug="mind"))
    assert list(StandardPage.objects.all().search("心理")) == []
    deliver()
    assert [page.title for page in StandardPage.objects.all().search("心理")] == ["青少年心理健康"]


def test_a_page_deleted_meanwhile_needs_no_index(deliver: Any):
    from wagtail.models import Page

    from website.models import StandardPage

    root = Page.objects.get(depth=1)
    root.add_child(instance=StandardPage(title="青少年", slug="gone")).delete()
    deliver()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_a_path_that_is_no_task_is_never_called():
    with pytest.raises(TypeError, match="is not a task"):
        task_backend.call("os.getcwd", [], {})


def test_the_minutely_task_publishes_pages_whose_time_has_come():
    page = StandardPage(title="心理健康月", slug="month", live=False)
    Page.objects.get(depth=1).add_child(instance=page)
    page.go_live_at = clock.now() + timedelta(minutes=5)
    page.save_revision().publish()
    tasks.publish_scheduled()
    page.refresh_from_db()
    assert page.live is False
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        tasks.publish_scheduled()
    page.refresh_from_db()
    assert page.live is True
