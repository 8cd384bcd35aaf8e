"""Two people press 我接手 in the same instant."""

from __future__ import annotations

import threading

import pytest

from core import clock
from tests.wellbeing.build import MONDAY, a_house, raised
from wellbeing import services
from wellbeing.models import Acknowledgement
from wellbeing.services.signals import TakenBefore

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_owns_it_and_the_other_reads_the_owners_name(together):
    with clock.frozen(MONDAY):
        house = a_house()
        signal = raised(house)
        users = [house.user("周敏"), house.user("陈副")]

    def take(user):
        with clock.frozen(MONDAY):
            return services.acknowledge_signal(actor=user, signal=signal)

    results = together(*(lambda user=user: take(user) for user in users))
    (late,) = [result for result in results if isinstance(result, TakenBefore)]
    owner = Acknowledgement.objects.select_related("by").get().by.name
    assert str(late) == f"{owner} 已经接手。"


def test_control_without_the_one_row_both_own_it(together):
    with clock.frozen(MONDAY):
        house = a_house()
        signal = raised(house)
    pause, owners = threading.Barrier(2), []

    def take(name):
        free = not Acknowledgement.objects.filter(signal=signal).exists()
        pause.wait(20)
        if free:
            owners.append(name)

    together(*(lambda name=name: take(name) for name in ("周敏", "陈副")))
    assert sorted(owners) == ["周敏", "陈副"]
