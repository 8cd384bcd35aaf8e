"""A cadence is followed while the entry behind it ends: what the ledger says last stands."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from core import clock
from mentoring.models import CareCadence
from mentoring.services import follow_care, needs
from tests.wellbeing.build import MONDAY, House, a_house, confirmed, ended
from wellbeing.models import LedgerEntry
from wellbeing.selectors import care_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]
LATER = "2026-03-20T09:00:00+08:00"


def a_standing_entry() -> tuple[House, LedgerEntry]:
    with clock.frozen(MONDAY):
        house = a_house()
        return house, confirmed(house)


def followed_while_it_ends(
    together, monkeypatch, follow: Callable[..., None]
) -> list[tuple[int, str]]:
    """The first fact has asked the ledger and writes a second later; meanwhile the entry ends, and
    the second fact is delivered.
    """
    house, entry = a_standing_entry()
    pupil, asked, written = house.pupils["林小雨"].pk, threading.Event(), threading.Event()

    def slowly(pupil_id):
        found = care_of(pupil_id)
        if not asked.is_set():
            asked.set()
            written.wait(1)
        return found

    monkeypatch.setattr(needs, "care_of", slowly)

    def first() -> None:
        with clock.frozen(LATER):
            follow(pupil_id=pupil)

    def second() -> None:
        assert asked.wait(30)
        with clock.frozen(LATER):
            ended(house, entry)
            follow(pupil_id=pupil)
        written.set()

    assert together(first, second) == [None, None]
    rows = CareCadence.objects.order_by("starts_on", "created_at")
    return [(row.days, str(row.ends_on)) for row in rows]


def test_of_two_facts_at_once_the_cadence_is_what_the_ledger_says_last(together, monkeypatch):
    found = followed_while_it_ends(together, monkeypatch, follow_care)
    assert found == [(30, "2026-03-20")]


def test_control_without_holding_the_pupil_the_ended_cadence_stands(together, monkeypatch):
    def unheld(*, pupil_id):
        now = needs.care_of(pupil_id)
        care = now.care
        needs.set_care_cadence(
            pupil_id=pupil_id,
            days=care.days if care else None,
            weight=care.weight if care else None,
            needs_qualified=care is not None and care.needs_qualified,
            on=now.since,
        )

    assert followed_while_it_ends(together, monkeypatch, unheld) == [(30, "None")]
