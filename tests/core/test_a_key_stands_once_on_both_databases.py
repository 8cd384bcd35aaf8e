"""One person's key for one call has one row, and so has nobody's, whichever the database."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction

from core.models import IdempotencyRecord

pytestmark = pytest.mark.django_db
WANG, LI = UUID(int=7), UUID(int=8)


def keep(actor: UUID | None, key: str = "k-1", digest: str = "first") -> IdempotencyRecord:
    return IdempotencyRecord.objects.create(
        actor_id=actor, route="POST /api/v1/seats", key=key, body_digest=digest
    )


@pytest.mark.parametrize("actor", [WANG, None], ids=["王敏", "nobody"])
def test_a_second_row_for_the_same_key_is_refused_by_the_database(actor):
    keep(actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(actor)
    assert IdempotencyRecord.objects.count() == 1


def test_other_persons_and_other_keys_have_their_own_rows():
    for actor in (WANG, LI, None):
        keep(actor)
        keep(actor, key="k-2")
    assert IdempotencyRecord.objects.count() == 6


def test_no_guarantee_is_left_out_on_this_database():
    found = run_checks(databases=["default"], include_deployment_checks=False)
    assert [message for message in found if message.id.startswith("models.W")] == []


def test_of_rows_from_before_the_first_answer_stays(at):
    """王敏, 李强 and nobody have used their keys twice where no database refused it."""
    without_constraints()
    for minute, digest in enumerate(["first", "again", "and again"]):
        at(f"2026-11-23T08:{minute:02}:00+08:00")
        for actor in (WANG, LI, None):
            keep(actor, digest=digest)
    keep(WANG, key="k-2", digest="another key")
    step = import_module("core.migrations.0006_a_key_is_used_once_on_sqlite_too")
    step.keep_the_first(apps, SimpleNamespace(connection=connection))
    left = IdempotencyRecord.objects.values_list("actor_id", "body_digest")
    assert set(left) == {
        (WANG, "first"), (LI, "first"), (None, "first"), (WANG, "another key"),
    }  # fmt: skip
    assert len(left) == 4


def without_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX core_idempotency_once_of_nobody")
        if connection.vendor == "postgresql":
            cursor.execute(
                "ALTER TABLE core_idempotencyrecord DROP CONSTRAINT core_idempotency_once"
            )
        else:
            cursor.execute("ALTER TABLE core_idempotencyrecord RENAME TO old_records")
            cursor.execute("CREATE TABLE core_idempotencyrecord AS SELECT * FROM old_records")
