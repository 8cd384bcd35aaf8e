"""NoOverlap holds in the database, whoever writes and however, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from core import triggers
from core.constraints import NoOverlap
from tests.core.shelf.models import Booking, Shift

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
AUGUST = date(2026, 8, 1)


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except IntegrityError as error:
        return "shelf_one_" in str(error)
    return False


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "clashes"),
    [
        (MAY, JUNE, False),
        (JULY, AUGUST, False),
        (JULY, None, False),
        (MAY, JULY, True),
        (JUNE, JULY, True),
        (JUNE, None, True),
        (date(2026, 6, 30), AUGUST, True),
        (MAY, None, True),
        (date(2026, 6, 15), date(2026, 6, 16), True),
        (date(2026, 6, 15), date(2026, 6, 15), False),
    ],
)
def test_periods_are_half_open(starts_on, ends_on, clashes):
    Shift.objects.create(guard="王芳", starts_on=JUNE, ends_on=JULY)
    new = Shift(guard="王芳", starts_on=starts_on, ends_on=ends_on)
    assert refused(new.save) is clashes


def test_an_open_period_reaches_for_ever():
    Shift.objects.create(guard="王芳", starts_on=JUNE)
    assert refused(lambda: Shift.objects.create(guard="王芳", starts_on=date(9998, 1, 1)))
    assert not refused(lambda: Shift.objects.create(guard="王芳", starts_on=MAY, ends_on=JUNE))


def test_other_people_and_unknown_people_do_not_clash():
    Shift.objects.create(guard="王芳", starts_on=JUNE)
    assert not refused(lambda: Shift.objects.create(guard="李强", starts_on=JUNE))
    assert not refused(lambda: Shift.objects.create(guard=None, starts_on=JUNE))
    assert not refused(lambda: Shift.objects.create(guard=None, starts_on=JUNE))


def test_a_period_without_a_beginning_does_not_clash():
    Shift.objects.create(guard="王芳", starts_on=JUNE)
    assert not refused(lambda: Shift.objects.create(guard="王芳", starts_on=None))
    Shift(guard="王芳", starts_on=None).validate_constraints()


def test_only_rows_under_the_condition_count():
    Shift.objects.create(guard="王芳", state="withdrawn", starts_on=JUNE)
    kept = Shift.objects.create(guard="王芳", starts_on=JUNE, ends_on=JULY)
    drafted = Shift.objects.create(guard="王芳", state="drafted", starts_on=JUNE)
    drafted.state = "active"
    assert refused(drafted.save)
    kept.state = "withdrawn"
    kept.save()
    assert not refused(drafted.save)


def test_a_row_may_be_changed_beside_itself():
    shift = Shift.objects.create(guard="王芳", starts_on=JUNE, ends_on=JULY)
    shift.ends_on = AUGUST
    assert not refused(shift.save)


def test_bulk_writes_are_held_to_it():
    pair = [Shift(guard="王芳", starts_on=MAY), Shift(guard="王芳", starts_on=JUNE)]
    assert refused(lambda: Shift.objects.bulk_create(pair))
    assert Shift.objects.count() == 0
    Shift.objects.create(guard="王芳", starts_on=MAY, ends_on=JUNE)
    later = Shift.objects.create(guard="王芳", starts_on=JULY)
    assert refused(lambda: Shift.objects.filter(pk=later.pk).update(starts_on=MAY))
    later.starts_on = MAY
    assert refused(lambda: Shift.objects.bulk_update([later], ["starts_on"]))
    assert refused(lambda: Shift.objects.update(guard="王芳", ends_on=None))


def test_raw_statements_are_held_to_it():
    Shift.objects.create(guard="王芳", starts_on=MAY)

    def raw():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO shelf_shift (guard, state, starts_on) VALUES (%s, 'active', %s)",
                ["王芳", JUNE],
            )

    assert refused(raw)


def instant(hour: int, microsecond: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, 0, 0, microsecond, tzinfo=UTC)


def test_instants_are_compared_to_the_microsecond():
    Booking.objects.create(house="一中", room=1, begins_at=instant(8), ends_at=instant(9, 500_000))
    clash = Booking(house="一中", room=1, begins_at=instant(9, 499_999), ends_at=instant(10))
    assert refused(clash.save)
    assert not refused(
        lambda: Booking.objects.create(house="一中", room=1, begins_at=instant(9, 500_000))
    )
    assert refused(lambda: Booking.objects.create(house="一中", room=1, begins_at=instant(23)))
    assert not refused(lambda: Booking.objects.create(house="一中", room=2, begins_at=instant(8)))


def test_a_whole_second_ends_before_its_own_fraction():
    Booking.objects.create(house="一中", room=1, begins_at=instant(8), ends_at=instant(9))
    assert not refused(
        lambda: Booking.objects.create(
            house="一中", room=1, begins_at=instant(9), ends_at=instant(9, 1)
        )
    )


def test_forms_are_told_before_the_database():
    Shift.objects.create(guard="王芳", starts_on=JUNE, ends_on=JULY)
    with pytest.raises(ValidationError, match="时间段与已有记录重叠"):
        Shift(guard="王芳", starts_on=MAY).validate_constraints()
    with pytest.raises(ValidationError):
        Shift(guard="王芳", starts_on=JUNE, ends_on=JULY).validate_constraints()
    Shift(guard="王芳", starts_on=JULY).validate_constraints()
    Shift(guard="王芳", starts_on=MAY, state="drafted").validate_constraints()
    Shift(guard=None, starts_on=JUNE).validate_constraints()
    Booking(house="一中", room=1, begins_at=instant(8)).validate_constraints()


def test_two_writers_at_once_cannot_both_win(together):
    """The race itself is in ``test_races_have_one_winner``; here each database names its guard."""
    names = triggers.statements(connection).keys()
    on_sqlite = {name for name in names if "shelf_one_" in name}
    assert len(on_sqlite) == (4 if connection.vendor == "sqlite" else 0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "shelf_shift")
        assert "shelf_one_shift" in found


def test_the_constraint_survives_a_migration_file_and_comparison():
    own = Shift._meta.constraints[0]
    path, args, kwargs = own.deconstruct()
    assert path == "core.constraints.NoOverlap"
    again = NoOverlap(*args, **kwargs)
    assert again == own
    assert hash(again) == hash(own)
    assert own != Booking._meta.constraints[0]
    assert (own == "shelf_one_shift") is False
    assert Booking._meta.constraints[0].deconstruct()[2] == {
        "name": "shelf_one_booking",
        "fields": ("house", "room"),
        "start": "begins_at",
        "end": "ends_at",
    }
    assert NoOverlap(name="x", fields=["a"], condition=Q(a=1)).fields == ("a",)


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite's editor copies the table instead"
)
@pytest.mark.django_db(transaction=True)
def test_the_rule_can_be_taken_off_a_table_and_laid_again():
    rule = next(c for c in Shift._meta.constraints if c.name == "shelf_one_shift")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Shift, rule)
    march = {"guard": "王", "starts_on": date(2026, 3, 1), "ends_on": date(2026, 4, 1)}
    Shift.objects.create(**march)
    Shift.objects.create(**march)
    Shift.objects.order_by("pk").last().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Shift, rule)
    with pytest.raises(IntegrityError):
        Shift.objects.create(**march)
