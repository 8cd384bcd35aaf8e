"""The database itself refuses to change a trace, and a lost trigger is noticed and laid anew."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import audit, triggers
from core.models import AuditEvent, AuditSeal, UnsealedEvent
from tests.core.shelf.models import Entry, Shift

pytestmark = pytest.mark.django_db


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_every_trigger_is_laid():
    assert triggers.missing(connection) == []
    assert any(
        name.startswith("core_auditevent__append_only") for name in triggers.present(connection)
    )


def test_a_trace_is_not_changed_and_not_removed():
    event = audit.record(None, "test.done")
    audit.seal()
    assert refused(lambda: AuditEvent.objects.update(verb="other"))
    assert refused(lambda: AuditSeal.objects.update(digest="0"))
    assert refused(lambda: AuditSeal.objects.all().delete())
    assert refused(lambda: AuditSeal.objects.all()._raw_delete("default"))
    assert refused(lambda: AuditEvent.objects.filter(pk=event.pk)._raw_delete("default"))
    event.verb = "other"
    assert refused(event.save)
    assert AuditEvent.objects.get().verb == "test.done"


def test_of_a_fact_with_words_only_the_ciphertext_may_be_renewed():
    entry = Entry.objects.create(text="谈过一次", title="三月")
    entry.text = "没有谈过"
    assert refused(entry.save)
    assert refused(lambda: Entry.objects.update(title="四月"))
    assert refused(lambda: Entry.objects.update(title="四月", text=b"\x01"))
    assert refused(lambda: Entry.objects.all()._raw_delete("default"))
    assert (Entry.objects.get().text, Entry.objects.get().title) == ("谈过一次", "三月")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own statement")
def test_replacing_a_row_is_refused_on_sqlite():
    event = audit.record(None, "test.done")

    def replace():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO core_auditevent SELECT id, at, actor_id, 'other', "
                "thing_type, thing_id, unit_path, purpose, basis, detail, request_id, address "
                "FROM core_auditevent"
            )

    assert refused(replace)
    event.refresh_from_db()
    assert event.verb == "test.done"


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own statement")
def test_truncating_is_refused_on_postgresql():
    def truncate():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE core_unsealedevent, core_auditseal, core_auditevent")

    assert refused(truncate)


def test_each_row_of_the_trace_waits_for_its_seal_whoever_writes_it():
    audit.record(None, "test.done")
    AuditEvent.objects.bulk_create([AuditEvent(verb="test.done") for _ in range(2)])
    assert UnsealedEvent.objects.count() == 3


def test_before_the_queue_is_there_nothing_is_put_into_it():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE core_unsealedevent")
    triggers.install_all()
    assert triggers.AWAITS_SEAL not in triggers.present(connection)
    assert audit.record(None, "test.done").verb == "test.done"


def test_what_waits_for_its_seal_is_called_by_its_row():
    event = audit.record(None, "test.note")
    assert str(UnsealedEvent.objects.get(event=event)) == str(event.pk)


def test_the_queue_goes_with_its_trigger():
    """As when the migration that brought both is taken back."""
    step = import_module("core.migrations.0002_unsealed_rows_wait_in_a_queue")
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        step.take_the_trigger_away(apps, editor)
    assert "core_auditevent__awaits_seal" not in triggers.present(connection)
    before = UnsealedEvent.objects.count()
    audit.record(None, "test.note")
    assert UnsealedEvent.objects.count() == before


def test_a_lost_trigger_is_named_and_laid_again_with_the_next_migrate():
    name = next(iter(triggers.present(connection)))
    with connection.cursor() as cursor:
        triggers._drop(cursor, connection, name, triggers.present(connection)[name])
    assert triggers.missing(connection) == [name]
    triggers.install_all(sender=apps.get_app_config("accounts"))
    assert triggers.missing(connection) == [name]
    triggers.install_all(sender=apps.get_app_config("core"))
    assert triggers.missing(connection) == []


def test_a_trigger_that_no_model_names_any_more_is_taken_away(monkeypatch):
    monkeypatch.setattr(triggers, "_append_only", [AuditEvent])
    triggers.install_all()
    assert not any(name.startswith("core_auditseal__") for name in triggers.present(connection))
    monkeypatch.undo()
    triggers.install_all()
    assert triggers.missing(connection) == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite re-makes tables")
@pytest.mark.django_db(transaction=True)
def test_a_table_that_django_re_makes_is_guarded_again_after_migrate():
    from datetime import date

    from django.db import models

    extra = models.CharField(max_length=3, default="")
    extra.set_attributes_from_name("extra")
    with connection.schema_editor() as editor:
        editor._remake_table(Shift, create_field=extra)
    assert triggers.missing(connection) == [
        "shelf_shift__shelf_one_shift_insert",
        "shelf_shift__shelf_one_shift_update",
    ]
    with connection.schema_editor() as editor:
        editor._remake_table(Shift)
    triggers.install_all()
    Shift.objects.create(guard="王芳", starts_on=date(2026, 6, 1))
    with pytest.raises(IntegrityError, match="shelf_one_shift"), transaction.atomic():
        Shift.objects.create(guard="王芳", starts_on=date(2026, 7, 1))
