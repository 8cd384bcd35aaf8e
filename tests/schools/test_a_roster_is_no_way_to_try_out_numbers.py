"""A roster does not find out which school numbers stand elsewhere; who moves comes all the same."""

from __future__ import annotations

import io

import pytest

from accounts.models import User
from core.models import AuditEvent
from schools import services
from schools.models import Pupil, RosterImport
from schools.rules.judging_pupils import NUMBERS_TOLD_A_DAY
from schools.selectors.imports import numbers_left
from tests.people import a_class
from tests.schools.rosters import book, counts, lin, problems_told, uploaded

NAMES = [a + b for a in "赵钱孙李周吴郑王冯陈褚卫" for b in ("雨", "涵", "桐", "轩", "悦")]
HELD, UNCHECKED = "pupil_number_held", "pupil_number_unchecked"


@pytest.fixture
def admin(places) -> User:
    a_class(1, school=places.school)
    return places.user(places.zhao)


def strangers(places, number: int) -> list[Pupil]:
    """Pupils F0, F1, … of a school in another county."""
    far = a_class(1, school=places.far)
    return [
        services.add_pupil(
            actor=None, school_class=far, name=NAMES[index], sex="female", number=f"F{index}"
        )[0]
        for index in range(number)
    ]


def guesses(number: int, first: int = 0) -> list[list[str]]:
    return [lin(f"F{index}", 姓名="林小雨") for index in range(first, first + number)]


def codes(roster: RosterImport) -> list[str]:
    return sorted({code for _row, _column, code in problems_told(roster)})


def test_sixty_pupils_who_moved_and_sixty_new_ones_come_in_one_file(admin, places, deliver):
    for pupil in strangers(places, 60):
        services.leave_school(actor=None, pupil=pupil, reason="moved_school")
    moved = [lin(f"F{index}", 姓名=NAMES[index]) for index in range(60)]
    new = [lin(f"N{index}", 姓名=NAMES[index]) for index in range(60)]
    roster = uploaded(admin, places.school, book(pupils=[*moved, *new]), deliver)
    assert counts(roster) == (60, 60, 0, 0)
    assert (roster.numbers_told, numbers_left(places.school)) == (0, 50)


def test_a_right_name_at_a_school_that_has_not_let_the_pupil_go_costs_nothing(
    admin, places, deliver
):
    strangers(places, 2)
    rows = [lin("F0", 姓名=NAMES[0]), lin("F1", 姓名="林小雨")]
    roster = uploaded(admin, places.school, book(pupils=rows), deliver)
    assert problems_told(roster) == [(2, "学籍号", HELD), (3, "学籍号", HELD)]
    assert (roster.numbers_told, numbers_left(places.school)) == (1, 49)


def test_one_guess_too_many_and_no_number_of_the_file_is_answered(admin, places, deliver):
    own = {"name": "高子涵", "sex": "female", "number": "G2"}
    services.add_pupil(actor=None, school_class=a_class(1, school=places.school), **own)
    strangers(places, NUMBERS_TOLD_A_DAY + 2)
    right = lin(f"F{NUMBERS_TOLD_A_DAY + 1}", 姓名=NAMES[NUMBERS_TOLD_A_DAY + 1])
    rows = [*guesses(NUMBERS_TOLD_A_DAY + 1), right, lin("N1", 姓名="唐糖")]
    data = book(pupils=[*rows, lin("G2", 姓名="高子涵"), lin("", 姓名="周涛")])
    roster = uploaded(admin, places.school, data, deliver)
    assert counts(roster) == (1, 0, 1, 53)
    assert codes(roster) == [UNCHECKED]
    assert numbers_left(places.school) == 0
    trace = AuditEvent.objects.get(verb="pupil.number_refused")
    assert trace.detail == {"numbers": 0, "unchecked": 53}


def test_once_the_day_is_spent_held_and_free_numbers_look_alike_until_it_is_over(
    admin, places, deliver, at
):
    strangers(places, NUMBERS_TOLD_A_DAY + 1)
    told = uploaded(admin, places.school, book(pupils=guesses(NUMBERS_TOLD_A_DAY)), deliver)
    assert codes(told) == [HELD]
    services.cancel_roster(actor=admin, roster=told)
    rows = [*guesses(1, first=NUMBERS_TOLD_A_DAY), lin("N1", 姓名="唐糖"), lin("", 姓名="周涛")]
    later = uploaded(admin, places.school, book(pupils=rows), deliver)
    assert problems_told(later) == [(2, "学籍号", UNCHECKED), (3, "学籍号", UNCHECKED)]
    assert counts(later) == (1, 0, 0, 2)
    sibling = places.user(places.shi)
    a_class(2, school=places.far)
    other = lin("N1", 姓名="唐糖", 班号="2", 学校代码=places.far.code)
    assert counts(uploaded(sibling, places.far, book(pupils=[other]), deliver)) == (1, 0, 0, 0)
    at("2026-03-03T23:00:00+08:00")
    again = uploaded(admin, places.school, book(pupils=[*rows, lin("N2", 姓名="马丽")]), deliver)
    assert counts(again) == (3, 0, 0, 1)
    assert problems_told(again) == [(2, "学籍号", HELD)]


def test_the_operator_is_told_every_number(places):
    a_class(1, school=places.school)
    strangers(places, NUMBERS_TOLD_A_DAY + 1)
    file = io.BytesIO(book(pupils=guesses(NUMBERS_TOLD_A_DAY + 1)))
    found = services.examine_file(actor=None, unit=places.school, file=file, name="名册.xlsx")
    assert {problem.code for item in found.roster.lines for problem in item.judgement.problems} == {
        HELD
    }


def test_two_files_read_at_once_do_not_share_one_allowance(admin, places, deliver):
    strangers(places, 2)
    data = book(pupils=guesses(2))
    file = {"unit": places.school, "name": "名册.xlsx"}
    roster = services.upload_roster(actor=admin, file=io.BytesIO(data), **file)
    examination = services.examine_roster(roster_id=roster.pk)
    told = {"unit": places.school, "state": "previewed", "numbers_told": 49}
    RosterImport.objects.create(file_name="另一份.xlsx", sha256="0" * 64, **told)
    services.store_preview(roster_id=roster.pk, examination=examination)
    roster.refresh_from_db()
    assert (roster.state, roster.refusal_code) == ("refused", "read_meanwhile")
    assert (roster.lines.count(), roster.numbers_told, numbers_left(places.school)) == (0, 0, 1)


def test_what_was_shown_as_new_is_written_though_the_day_is_spent_meanwhile(admin, places, deliver):
    strangers(places, NUMBERS_TOLD_A_DAY)
    roster = uploaded(admin, places.school, book(pupils=[lin("N1", 姓名="唐糖")]), deliver)
    uploaded(admin, places.school, book(pupils=guesses(NUMBERS_TOLD_A_DAY)), deliver)
    assert numbers_left(places.school) == 0
    services.confirm_roster(actor=admin, roster=roster)
    deliver()
    roster.refresh_from_db()
    assert counts(roster) == (1, 0, 0, 0)
