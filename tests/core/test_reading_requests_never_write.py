"""A page that is only looked at changes nothing, except through four named doors."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from core import audit, readonly, throttle
from core.middleware import ReadOnlyMiddleware
from core.models import AuditEvent, Job, ThrottleCount

pytestmark = pytest.mark.django_db


def statement(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_reading_works():
    with readonly.guard():
        assert Job.objects.count() == 0
        statement("SELECT 'INSERT INTO core_job'")
        statement("WITH a AS (SELECT 1) SELECT * FROM a")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO core_job (id) VALUES (1)",
        "  update core_job SET kind = ''",
        "/* a comment */ DELETE FROM core_job",
        "-- a comment\nDELETE FROM core_job",
        "WITH old AS (SELECT 1) DELETE FROM core_job",
        'WITH old AS (SELECT 1) UPDATE "core_job" SET kind = 1',
        "DROP TABLE core_job",
        "CREATE TABLE x (y int)",
        "TRUNCATE core_job",
        "INSERT OR REPLACE INTO core_job (id) VALUES (1)",
        "COPY core_job FROM '/etc/passwd'",
    ],
)
def test_every_kind_of_write_is_refused(sql: str):
    with readonly.guard(), pytest.raises(readonly.WriteDuringRead):
        statement(sql)


def test_models_are_refused_too_and_the_guard_ends_with_its_block():
    with readonly.guard():
        with pytest.raises(readonly.WriteDuringRead), transaction.atomic():
            Job.objects.create(kind="a")
        with pytest.raises(readonly.WriteDuringRead), transaction.atomic():
            Job.objects.update(kind="b")
        with pytest.raises(readonly.WriteDuringRead), transaction.atomic():
            Job.objects.bulk_create([Job(kind="c")])
    Job.objects.create(kind="a")
    assert Job.objects.count() == 1


def test_a_look_leaves_its_trace():
    with readonly.guard():
        audit.record(None, "pupil.seen")
    assert AuditEvent.objects.get().verb == "pupil.seen"


def test_a_look_up_is_counted():
    with readonly.guard():
        throttle.hit("verify", "10.0.0.1", 5, 60)
    assert ThrottleCount.objects.get().count == 1


def test_an_open_door_opens_its_own_table_only():
    doors = (
        readonly.writing_audit,
        readonly.writing_session,
        readonly.writing_verification_log,
        readonly.making_pictures,
    )
    with readonly.guard():
        for door in doors:
            with door(), pytest.raises(readonly.WriteDuringRead), transaction.atomic():
                Job.objects.create(kind="smuggled")
        with (
            readonly.writing_session(),
            pytest.raises(readonly.WriteDuringRead),
            transaction.atomic(),
        ):
            audit.AuditEvent.objects.create(verb="smuggled")
        with pytest.raises(readonly.WriteDuringRead), transaction.atomic():
            AuditEvent.objects.create(verb="door closed again")


def test_the_database_cache_is_no_fact(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "core_cache",
        }
    }
    with readonly.guard():
        statement("DELETE FROM core_cache WHERE 1 = 0") if _has_cache_table() else None
    assert caches.settings is not None
    assert readonly._cache_tables() == {"core_cache"}


def _has_cache_table() -> bool:
    return "core_cache" in connection.introspection.table_names()


@pytest.mark.parametrize(
    ("method", "path", "guarded"),
    [
        ("get", "/learn/", True),
        ("head", "/learn/", True),
        ("options", "/learn/", True),
        ("post", "/learn/", False),
        ("get", "/cms/pages/", False),
    ],
)
def test_which_requests_are_guarded(method, path, guarded):
    def view(request):
        Job.objects.create(kind="a")
        return HttpResponse()

    request = getattr(RequestFactory(), method)(path)
    if guarded:
        with pytest.raises(readonly.WriteDuringRead):
            ReadOnlyMiddleware(view)(request)
    else:
        assert ReadOnlyMiddleware(view)(request).status_code == 200


def test_a_signed_in_page_saves_its_session(client):
    user = get_user_model().objects.create_user("teacher", name="王芳")
    client.force_login(user)
    assert client.get("/healthz").status_code == 200


def test_a_job_beside_a_reading_request_may_write(together):
    """The guard stands around one connection of one thread, not around the process."""
    with readonly.guard():
        assert connection.execute_wrappers == [readonly._refuse_writes]
        [seen] = together(lambda: list(connection.execute_wrappers))
    assert seen == []
