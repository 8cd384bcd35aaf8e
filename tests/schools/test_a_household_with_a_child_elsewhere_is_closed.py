"""A school brings nobody into a household with a child whom another school keeps."""

from __future__ import annotations

import pytest

from core.errors import Invalid
from schools import services
from schools.models import Guardian, Household, Pupil
from schools.selectors import pupils
from tests.people import a_class, a_pupil
from tests.schools.classroom import Classroom, a_classroom
from tests.schools.rosters import book, counts, lin, problems_told, uploaded
from tests.schools.test_a_household_is_kept import as_person, text_of

ANSWER = "这个家庭编号不能在这里使用，请另取编号。"


@pytest.fixture
def room(places) -> Classroom:
    """高子涵 of household H001 has moved away; 石磊 of the new school added the guardian 高强."""
    room = a_classroom(places)
    services.join_household(actor=None, pupil=room.gao, family="H001")
    services.leave_school(actor=None, pupil=room.gao, reason="moved_school")
    far = a_class(1, school=room.town.far)
    services.place_pupil(actor=None, pupil=room.gao, school_class=far)
    room.gao.refresh_from_db()
    services.add_guardian(
        actor=room.user(room.town.shi), pupil=room.gao, name="高强", phone="13800009999"
    )
    return room


def home_of(pupil: Pupil) -> Household:
    return Pupil.objects.get(pk=pupil.pk).household


def marked(room: Classroom) -> str:
    """The mark of those who are in H001, as if they had been shown."""
    home = home_of(room.gao)
    return pupils.mark_of_home(home, home.pupils.all())


def guardians_in(room: Classroom) -> list[str]:
    return [one.name for one in Guardian.objects.filter(household=home_of(room.gao))]


def test_the_school_that_a_child_left_reaches_none_of_its_guardians(room):
    zhao = as_person(room, room.town.zhao)
    page = f"/schools/pupils/{room.lin.pk}/"
    before = home_of(room.lin)
    sent = zhao.post(f"{page}household/", {"family": "h001", "seen": marked(room)})
    assert sent.status_code == 422
    assert sent.context["form"].errors == {"family": [ANSWER]}
    assert "高" not in sent.context["form"].errors.as_text()
    assert home_of(room.lin) == before
    assert "高强" not in text_of(zhao, page)
    guardian = Guardian.objects.get(name="高强")
    for step, values in {
        "phone": {"purpose": "contact_guardian"},
        "removal": {"reason": "mistake"},
    }.items():
        there = f"{page}guardians/{guardian.pk}/{step}/"
        assert zhao.post(there, values).status_code == 404
    assert guardians_in(room) == ["高强"]


def test_one_child_of_the_own_school_does_not_open_the_household(room):
    brother = a_pupil("高子轩", school_class=room.first, sex="male")
    services.join_household(actor=None, pupil=brother, family="H001", seen=marked(room))
    with pytest.raises(services.FamilyHeld) as caught:
        services.join_household(actor=room.admin, pupil=room.lin, family="H001", seen=marked(room))
    assert caught.value.fields == {"family": ANSWER}
    assert services.join_household(actor=room.admin, pupil=brother, family="H001")[1] is False


def test_who_keeps_the_child_may_bring_a_sibling(room):
    services.leave_school(actor=None, pupil=room.gao, reason="moved_school")
    services.place_pupil(actor=None, pupil=room.gao, school_class=room.second)
    joined, changed = services.join_household(
        actor=room.admin, pupil=room.lin, family="H001", seen=marked(room)
    )
    assert (joined, changed) == (home_of(room.gao), True)


def test_nobody_comes_new_into_such_a_household(room):
    with pytest.raises(Invalid) as caught:
        services.add_pupil(
            actor=room.admin, school_class=room.first, name="高小雪", sex="female", family="H001"
        )
    assert caught.value.fields == {"family": ANSWER}
    assert not Pupil.objects.filter(name="高小雪").exists()


def test_a_roster_row_that_names_such_a_household_is_sent_back(room, deliver):
    zhao = room.user(room.town.zhao)
    services.correct_pupil(actor=None, pupil=room.lin, name="林小雨", sex="female", number="G1001")
    rows = [
        lin(家庭编号="H001"),
        lin("G1002", 姓名="高小雪", 家庭编号="h001"),
        lin("G1003", 姓名="周涛", 性别="男", 家庭编号="H002"),
    ]
    before = home_of(room.lin)
    roster = uploaded(zhao, room.town.school, book(pupils=rows), deliver, partial=True)
    held = [(row, "家庭编号", "family_held") for row in (2, 3)]
    assert (counts(roster), problems_told(roster)) == ((1, 0, 0, 2), held)
    services.confirm_roster(actor=zhao, roster=roster)
    deliver()
    roster.refresh_from_db()
    assert (roster.state, counts(roster), problems_told(roster)) == ("done", (1, 0, 0, 2), held)
    assert home_of(room.lin) == before
    assert not Pupil.objects.filter(name="高小雪").exists()
    assert home_of(Pupil.objects.get(name="周涛")).code == "H002"


def test_a_household_that_closes_after_the_preview_takes_nobody(places, deliver):
    room = a_classroom(places)
    zhao = room.user(places.zhao)
    services.join_household(actor=None, pupil=room.gao, family="H001")
    rows = [lin("G1002", 姓名="高小雪", 家庭编号="H001")]
    roster = uploaded(zhao, places.school, book(pupils=rows), deliver, partial=True)
    assert counts(roster) == (1, 0, 0, 0)
    services.place_pupil(actor=None, pupil=room.gao, school_class=a_class(1, school=places.far))
    services.confirm_roster(actor=zhao, roster=roster)
    deliver()
    roster.refresh_from_db()
    assert (counts(roster), problems_told(roster)) == (
        (0, 0, 0, 1),
        [(2, "家庭编号", "family_held")],
    )
    assert not Pupil.objects.filter(name="高小雪").exists()


def test_a_child_who_comes_back_names_its_own_household(room, deliver):
    zhao = room.user(room.town.zhao)
    home = home_of(room.gao)
    services.correct_pupil(actor=None, pupil=room.gao, name="高子涵", sex="male", number="G1001")
    services.leave_school(actor=None, pupil=room.gao, reason="moved_school")
    row = lin(姓名="高子涵", 性别="男", 家庭编号="H001")
    roster = uploaded(zhao, room.town.school, book(pupils=[row]), deliver, partial=True)
    services.confirm_roster(actor=zhao, roster=roster)
    deliver()
    roster.refresh_from_db()
    assert (counts(roster), problems_told(roster)) == ((0, 1, 0, 0), [])
    assert (home_of(room.gao), guardians_in(room)) == (home, ["高强"])
