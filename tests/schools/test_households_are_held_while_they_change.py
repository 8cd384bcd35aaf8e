"""Two schools at the same instant in one household: its lock is tried, and left out as control."""

from __future__ import annotations

import pytest
from django.db import connection

from schools import services
from schools.models import Household, Pupil
from schools.selectors.pupils import mark_of_home
from schools.services import households
from tests.people import a_class, a_pupil, a_school
from tests.schools.test_seats_are_held_while_they_change import slowly, together_after

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway"),
]


@pytest.fixture
def joining():
    """林小雨 joins 高子涵 in H001 of the first school; 高子涵, of the second one, becomes B1."""
    first, second = a_school("浉河区第一小学"), a_school("浉河区第二小学")
    lin = a_pupil("林小雨", school_class=a_class(1, school=first))
    gao = a_pupil("高子涵", school_class=a_class(1, school=first), sex="male")
    home, _new = services.join_household(actor=None, pupil=gao, family="H001")
    services.place_pupil(actor=None, pupil=gao, school_class=a_class(1, school=second))
    seen = mark_of_home(home, [gao])
    return (
        lambda: services.join_household(actor=None, pupil=lin, family="H001", seen=seen),
        lambda: services.join_household(actor=None, pupil=gao, family="B1"),
    )


def homes() -> dict[str, tuple[str, str]]:
    rows = Pupil.objects.values_list("name", "household__unit__name", "household__code")
    return {name: (school, code) for name, school, code in rows}


def test_no_pupil_is_carried_into_the_household_of_another_school(joining, together, monkeypatch):
    monkeypatch.setattr(households, "is_alone", slowly(households.is_alone))
    results = together(*joining)
    assert [changed for _home, changed in results] == [True, True]
    assert homes() == {
        "林小雨": ("浉河区第一小学", "H001"),
        "高子涵": ("浉河区第二小学", "B1"),
    }


def test_control_without_the_household_held_the_pupil_is_carried_along(
    joining, together, monkeypatch
):
    monkeypatch.setattr(
        households, "held_households", lambda which: list(Household.objects.filter(which))
    )
    monkeypatch.setattr(households, "is_alone", together_after(2, households.is_alone))
    together(*joining)
    assert homes()["林小雨"] == ("浉河区第二小学", "B1")
