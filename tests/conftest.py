"""Fixtures of the whole suite: a clock that is set, an outbox that is delivered by hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connections

pytest_plugins = ["tests.browser", "tests.site"]

# a busy machine makes no test fail: examples have no time limit of their own
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


# real processes and browsers wait more than they work: their files begin first
SLOW_ROOMS = ("faults", "journeys", "media", "access")


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than there are cores, to use the time in which a test only waits."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow rooms first; the whole access matrix, and journeys at the second width, only when asked
    for by name: ``make sweep``."""
    items.sort(key=lambda item: Path(item.path).parent.name not in SLOW_ROOMS)
    if "full_sweep" in config.option.markexpr:
        return
    whole = [item for item in items if item.get_closest_marker("full_sweep")]
    config.hook.pytest_deselected(items=whole)
    items[:] = [item for item in items if item not in set(whole)]


def meeting_place(places: pytest.TempPathFactory) -> Path:
    """A folder that only the processes of this run share."""
    own = places.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def field_keys(places: pytest.TempPathFactory) -> Path:
    """The key file of this run's tests."""
    from core import crypto
    from tests.databases import alone

    path = meeting_place(places) / "field-keys.json"
    with alone(meeting_place(places)):
        if not path.exists():
            crypto.new_key_file(path)
    return path


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of encrypted fields lie."""
    return field_keys(tmp_path_factory)


@pytest.fixture(autouse=True)
def _field_keys(settings: Any, key_file: Path) -> None:
    settings.FIELD_KEYS_FILE = key_file


@pytest.fixture(autouse=True)
def _own_places(settings: Any, tmp_path: Path) -> None:
    """Uploads and the outside copy of the audit chain lie in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.AUDIT_SEAL_FILE = tmp_path / "seals.log"


@pytest.fixture(autouse=True)
def _nothing_left_by_another_test() -> None:
    """Cached pages, remembered site roots and the last reader's language end with their test."""
    from django.conf import settings
    from django.utils import translation
    from wagtail.models import Site

    from core import page_cache

    page_cache.forget()
    Site.clear_site_root_paths_cache()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _silent_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test talks to a broker unless it starts one; rows wait for ``deliver``."""
    from core import waking

    monkeypatch.setattr(waking, "_send", lambda task, argument, queue: True)
    monkeypatch.setattr(waking, "depth", lambda queue: 0)


@pytest.fixture(autouse=True)
def _a_person_signed_in_by_a_test_has_shown_the_second_factor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``client.force_login`` opens a session such as password and one-time number open."""
    from django.test import Client

    from accounts.sessions import SECOND_FACTOR

    sign_in = Client.force_login

    def force_login(client: Client, user: Any, backend: str | None = None) -> None:
        sign_in(client, user, backend)
        session = client.session
        session[SECOND_FACTOR] = "totp"
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture(autouse=True)
def _the_api_answers_as_it_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test asks of the API, the answer is one that the served description names."""
    from django.test import Client

    from tests.described import hold_against_description

    ask = Client.request

    def request(client: Client, **environ: Any) -> Any:
        response = ask(client, **environ)
        hold_against_description(response)
        return response

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture
def at() -> Iterator[Callable[[str], None]]:
    """Set the clock: ``at("2026-03-01T08:00:00+08:00")``."""
    from core import clock

    with ExitStack() as stack:
        yield lambda instant: stack.enter_context(clock.frozen(instant)) and None


@pytest.fixture(autouse=True)
def _a_list_in_pages_has_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever list a test opens in pages, no row is on two of them and none is on no page."""
    from django.db.models import QuerySet

    from tests.one_order import has_one_order, is_of_a_page, is_ours

    take = QuerySet.__getitem__

    def taken(rows: QuerySet[Any], part: Any) -> Any:
        if is_of_a_page(part) and is_ours(rows.model):
            assert has_one_order(rows), f"pages of {rows.model.__name__} without one order"
        return take(rows, part)

    monkeypatch.setattr(QuerySet, "__getitem__", taken)


@pytest.fixture
def deliver() -> Callable[[], int]:
    """Deliver every due fact and run every due job until nothing is left; returns how many."""
    from core import events, jobs

    def settle() -> int:
        count = 0
        while True:
            work = [*events.due_events()]
            due = jobs.due_jobs()
            if not work and not due:
                return count
            for event_id in work:
                assert events.deliver(event_id), "a reaction failed"
            for job_id, _queue in due:
                jobs.run(job_id)
            count += len(work) + len(due)

    return settle


@pytest.fixture(autouse=True, scope="session")
def _flush_passes_append_only_tables() -> Iterator[None]:
    """Emptying the database takes the triggers away and lays them anew."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from core import triggers

    original = BaseDatabaseOperations.execute_sql_flush

    def flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        connection = connections[self.connection.alias]
        triggers.remove_all(connection)
        original(self, sql_list)
        triggers.install_all(using=connection.alias)

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = original  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_createdb(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> bool:
    """Whether to migrate from nothing: beside other processes, a copy is enough."""
    from tests import databases

    anew: bool = request.config.getvalue("create_db")
    worker: str = getattr(request.config, "workerinput", {}).get("workerid", "")
    if not worker:
        return anew
    with django_db_blocker.unblock():
        databases.copy_the_first(meeting_place(tmp_path_factory), worker, anew=anew)
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep a copy of what migrations wrote, so that a flush can be undone."""
    from tests import first_rows

    with django_db_blocker.unblock():
        for connection in connections.all():
            first_rows.keep(connection)
            connection._test_serialized_contents = "[]"  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def _a_test_that_commits_leaves_the_first_rows() -> Iterator[None]:
    """What migrations wrote (root page, locales, rights) outlives tests that commit."""
    from django.test import TransactionTestCase

    from tests import first_rows

    tear_down = TransactionTestCase._fixture_teardown

    def restoring(self: TransactionTestCase) -> None:
        if first_rows.restore_all():
            return
        self.serialized_rollback = True
        tear_down(self)
        for connection in connections.all(initialized_only=True):
            first_rows.put_back(connection)

    TransactionTestCase._fixture_teardown = restoring  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = tear_down  # type: ignore[method-assign]


@pytest.fixture
def together() -> Callable[..., list[Any]]:
    """Run calls at the same instant in threads of their own; results and exceptions in order."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    def run(*calls: Callable[[], Any]) -> list[Any]:
        barrier = Barrier(len(calls))

        def one(call: Callable[[], Any]) -> Any:
            try:
                barrier.wait(20)
                return call()
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(one, calls))

    return run
