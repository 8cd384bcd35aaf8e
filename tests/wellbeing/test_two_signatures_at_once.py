"""Both sign in the same instant that a pupil leaves the ledger: it ends, and once."""

from __future__ import annotations

import threading

import pytest

from core import clock
from core.models import OutboxEvent
from tests.wellbeing.build import MONDAY, House, a_house, confirmed
from wellbeing import services
from wellbeing.models import LedgerEntry, LedgerSignature

pytestmark = pytest.mark.django_db(transaction=True)
SIGNATORIES = (("周敏", "psychology_teacher"), ("王芳", "class_teacher"))


def a_standing_entry() -> tuple[House, LedgerEntry]:
    with clock.frozen(MONDAY):
        house = a_house()
        return house, confirmed(house)


def test_one_of_the_two_ends_it(together):
    house, entry = a_standing_entry()
    users = {name: house.user(name) for name, _standing in SIGNATORIES}

    def end(name: str) -> LedgerEntry:
        with clock.frozen(MONDAY):
            return services.end_entry(actor=users[name], entry=entry, reason="父母已返乡")

    together(*(lambda name=name: end(name) for name in users))
    entry.refresh_from_db()
    assert entry.closing == "ended"
    assert LedgerSignature.objects.filter(entry=entry, step="leave").count() == 2
    assert OutboxEvent.objects.filter(kind="wellbeing.events.CareCadenceSet").count() == 2


def test_control_without_the_held_row_nobody_ends_it(together):
    house, entry = a_standing_entry()
    pause = threading.Barrier(2)

    def end(name: str, standing: str) -> bool:
        others = LedgerSignature.objects.filter(entry=entry, step="leave").count()
        pause.wait(20)
        LedgerSignature.objects.create(
            entry=entry, step="leave", standing=standing, by=house.people[name], reason="返乡"
        )
        return others == 1

    ends = together(*(lambda pair=pair: end(*pair) for pair in SIGNATORIES))
    assert ends == [False, False]
