"""The demo's locked room: a signal and an entry in every state, each role with something to see."""

from __future__ import annotations

import pytest

from accounts.models import User
from core import clock
from demo.services import build
from mentoring.models import CareCadence
from wellbeing.models import LedgerEntry, Signal
from wellbeing.selectors.ledger import ledger_for, waiting_for
from wellbeing.selectors.signals import lines_of, overdue_for, signals_for

pytestmark = pytest.mark.django_db


def user(name: str) -> User:
    return User.objects.get(username=name)


def test_the_psychology_teacher_has_five_signals_of_which_three_wait(built):
    rows = signals_for(user("psych"))
    assert (rows.count(), rows.filter(acknowledgement=None).count()) == (5, 3)
    assert [line.outcome for line in lines_of(rows)] == ["", "", "", "", "observe"]


def test_the_principal_has_the_red_one_and_the_one_that_climbed(built):
    rows = signals_for(user("principal"))
    assert {row.urgency for row in rows} == {"red", "orange"}
    assert rows.filter(acknowledgement=None).count() == 1


@pytest.mark.parametrize("name", ["county", "bureau"])
def test_county_and_bureau_see_that_one_waits_in_another_school(built, name):
    assert [row.urgency for row in overdue_for(user(name))] == ["red"]


def test_the_ledger_is_in_every_state_and_both_have_something_to_sign(built):
    lines = ledger_for(user("psych"))
    states = [line.state for line in lines]
    assert sorted(states) == ["ended", "proposed", "proposed", *["standing"] * 3]
    for name in ("psych", "classteacher"):
        assert len(waiting_for(user(name), ledger_for(user(name)))) == 1


def test_three_pupils_are_seen_more_often_and_nobody_outside_learns_why(built):
    assert CareCadence.objects.on(clock.today()).count() == 3


def test_building_again_adds_none(built):
    before = Signal.objects.count(), LedgerEntry.objects.count()
    build(size="s", seed=2026)
    assert (Signal.objects.count(), LedgerEntry.objects.count()) == before
