"""A second reader confirms in the instant in which the owner finds otherwise: one end, not two."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import translation

from core import clock
from tests.wellbeing.build import MONDAY, a_house, raised
from wellbeing import services
from wellbeing.models import SignalClosing
from wellbeing.selectors.signals import get_signal_for
from wellbeing.services import closing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]
ALSO_ASKED = "我也问过，确无此事"


def both():
    """A red signal that its owner found unfounded: what the two do next, in the same instant."""
    with clock.frozen(MONDAY):
        house = a_house()
        signal = raised(house, urgency="red")
        owner, second = house.user("周敏"), house.user("陈副")
        services.acknowledge_signal(actor=owner, signal=signal)
        held = get_signal_for(owner, signal.pk)
        services.close_signal(
            actor=owner, signal=held, outcome="unfounded", reason="问过本人，是玩笑话"
        )

    def confirm():
        with clock.frozen(MONDAY), translation.override("zh-hans"):
            return services.confirm_unfounded(
                actor=second, signal=get_signal_for(second, signal.pk), reason=ALSO_ASKED
            )

    def otherwise():
        with clock.frozen(MONDAY), translation.override("zh-hans"):
            return services.close_signal(
                actor=owner, signal=held, outcome="case", reason="下午又说了一次"
            )

    return confirm, otherwise


def test_one_of_them_ends_it_and_the_other_is_told(together):
    results = together(*both())
    names = sorted(type(one).__name__ for one in results)
    assert names in (["NothingToConfirm", "SignalClosing"], ["SignalClosing", "SignalEnded"])
    assert SignalClosing.objects.filter(is_final=True).count() == 1


def test_control_without_turns_the_database_refuses_the_second_end(together, monkeypatch):
    acts, gate = both(), threading.Barrier(2)
    required, needs_second = closing.required, closing.needs_second_reader

    def looked_and_confirms(reason, *bounds):
        if reason == ALSO_ASKED:
            gate.wait(30)
        return required(reason, *bounds)

    def looked_and_finds(*facts):
        gate.wait(30)
        return needs_second(*facts)

    monkeypatch.setattr(closing, "_hold", lambda *signals: None)
    monkeypatch.setattr(closing, "required", looked_and_confirms)
    monkeypatch.setattr(closing, "needs_second_reader", looked_and_finds)
    results = together(*acts)
    assert sorted(type(one).__name__ for one in results) == ["IntegrityError", "SignalClosing"]
