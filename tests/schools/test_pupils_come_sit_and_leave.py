"""Pupils are added, placed, and leave, each from a day on; repeating changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Invalid, Missing
from core.models import AuditEvent, OutboxEvent
from core.throttle import Throttled
from schools import services
from schools.models import ClassMembership, Guardian, Household, Pupil
from schools.selectors import pupils
from schools.services import numbers
from tests.people import a_class, a_school
from tests.schools.classroom import Classroom, a_classroom

TODAY, MONDAY = date(2026, 3, 2), date(2026, 3, 9)
NUMBER = "G411502201805120023"


@pytest.fixture
def room(places) -> Classroom:
    return a_classroom(places)


def added(room: Classroom, **values) -> tuple[Pupil, bool]:
    facts = {"name": "吴 桐", "sex": "male", "number": NUMBER, "school_class": room.first, **values}
    return services.add_pupil(actor=room.admin, **facts)


def seats(pupil: Pupil) -> list[tuple[str, date, date | None, str]]:
    return [
        (str(seat.school_class), seat.starts_on, seat.ends_on, seat.end_reason)
        for seat in pupil.memberships.order_by("starts_on", "created_at")
    ]


def test_a_pupil_is_added_with_household_and_guardian(room):
    wu, new = added(room, family="h001", guardian="吴 刚", phone="138 0000 0031")
    assert new
    assert (wu.name, wu.pinyin, wu.initials, wu.number) == ("吴桐", "wutong", "wt", NUMBER)
    assert seats(wu) == [("2024级1班", TODAY, None, "")]
    assert (wu.household.unit, wu.household.code) == (room.town.school, "H001")
    guardian = Guardian.objects.get(household=wu.household)
    assert (guardian.name, guardian.phone) == ("吴刚", "13800000031")
    row = AuditEvent.objects.get(verb="pupil.added")
    assert (row.thing_id, row.unit_path) == (str(wu.pk), room.town.school.path)
    assert "吴" not in str(row.detail)


def test_the_very_same_pupil_again_changes_nothing(room):
    for values in ({}, {"number": "", "name": "周涛"}):
        first, new = added(room, **values)
        assert new
        assert added(room, **values) == (first, False)
    assert AuditEvent.objects.filter(verb="pupil.added").count() == 2


def test_siblings_of_one_code_share_a_household(room):
    wu, _new = added(room, family="H001")
    sister, _new = added(room, name="吴梅", number="G2", family="H001", sex="female")
    assert wu.household == sister.household
    assert list(pupils.siblings_for(room.admin, wu)) == [sister]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "吴桐9"}, "name"),
        ({"name": ""}, "name"),
        ({"sex": "x"}, "sex"),
        ({"number": "4.13E+17"}, "number"),
        ({"number": "413026201805120000"}, "number"),
        ({"family": "家/1"}, "family"),
        ({"guardian": "吴刚", "phone": "123"}, "phone"),
        ({"phone": "13800000031"}, "name"),
        ({"since": date(2028, 1, 1)}, "since"),
        ({"since": date(1950, 1, 1)}, "since"),
    ],
)
def test_what_no_roster_would_take_is_refused_and_nothing_is_written(room, values, field):
    before = Pupil.objects.count(), Household.objects.count()
    with pytest.raises(Invalid) as caught:
        added(room, **values)
    assert field in caught.value.fields
    assert (Pupil.objects.count(), Household.objects.count()) == before


def test_a_number_names_one_pupil(room):
    wu, _new = added(room)
    with pytest.raises(services.SitsHere):
        added(room, school_class=room.second)
    with pytest.raises(Invalid):
        added(room, name="周涛")
    shi = room.user(room.town.shi)
    far = a_class(1, school=room.town.far)
    with pytest.raises(Invalid) as caught:
        services.add_pupil(actor=shi, school_class=far, name="吴桐", sex="male", number=NUMBER)
    assert "先由原学校办理转出" in str(caught.value.fields["number"])
    assert seats(wu) == [("2024级1班", TODAY, None, "")]


def test_namesakes_without_numbers_are_not_merged(room):
    added(room, number="")
    with pytest.raises(services.Namesake):
        added(room, number="", since=date(2026, 3, 1))
    other, new = added(room, number="G7")
    assert new
    assert Pupil.objects.filter(name="吴桐").count() == 2
    assert other.number == "G7"


def test_a_pupil_changes_class_on_a_day(room):
    seat, new = services.place_pupil(
        actor=room.admin, pupil=room.lin, school_class=room.second, on=MONDAY
    )
    assert new
    assert seats(room.lin) == [
        ("2024级1班", date(2020, 9, 1), MONDAY, "moved_class"),
        ("2024级2班", MONDAY, None, ""),
    ]
    assert services.place_pupil(
        actor=room.admin, pupil=room.lin, school_class=room.second, on=MONDAY
    ) == (seat, False)
    event = OutboxEvent.objects.get(kind="schools.events.PupilMoved")
    assert event.payload["class_id"] == str(room.second.pk)
    assert AuditEvent.objects.get(verb="pupil.placed").detail["day"] == "2026-03-09"
    with pytest.raises(services.SitsSince):
        services.place_pupil(
            actor=room.admin, pupil=room.lin, school_class=room.second, on=date(2026, 3, 10)
        )


def test_a_planned_change_is_called_off_by_another(room):
    third = a_class(3, school=room.town.school)
    services.place_pupil(actor=room.admin, pupil=room.lin, school_class=room.second, on=MONDAY)
    services.place_pupil(actor=room.admin, pupil=room.lin, school_class=third)
    assert seats(room.lin) == [
        ("2024级1班", date(2020, 9, 1), TODAY, "moved_class"),
        ("2024级3班", TODAY, None, ""),
        ("2024级2班", MONDAY, MONDAY, "moved_class"),
    ]


@pytest.mark.parametrize("day", [date(2020, 8, 31), date(2027, 6, 1)])
def test_a_change_reaches_neither_before_the_seat_nor_far_ahead(room, day):
    with pytest.raises(Invalid):
        services.place_pupil(actor=room.admin, pupil=room.lin, school_class=room.second, on=day)
    assert seats(room.lin) == [("2024级1班", date(2020, 9, 1), None, "")]


def test_nobody_is_placed_in_a_class_that_has_graduated(room):
    over = a_class(1, school=room.town.school, entry_year=2019)
    with pytest.raises(services.ClassOver):
        services.place_pupil(actor=room.admin, pupil=room.lin, school_class=over)
    with pytest.raises(services.ClassOver):
        added(room, school_class=over)


def test_a_school_admin_places_nobody_in_another_school(room):
    far = a_class(1, school=room.town.sibling)
    with pytest.raises(Missing):
        services.place_pupil(actor=room.admin, pupil=room.lin, school_class=far)
    assert seats(room.lin) == [("2024级1班", date(2020, 9, 1), None, "")]


def test_a_pupil_changes_school_by_leaving_one_and_coming_to_the_next(room):
    wu, _new = added(room, since=date(2026, 2, 1))
    assert services.leave_school(actor=room.admin, pupil=wu, reason="moved_school")
    assert not services.leave_school(actor=room.admin, pupil=wu, reason="moved_school")
    shi, far = room.user(room.town.shi), a_class(1, school=room.town.far)
    same, new = services.add_pupil(
        actor=shi, school_class=far, name="吴桐", sex="male", number=NUMBER
    )
    assert (same, new) == (wu, True)
    assert seats(wu) == [
        ("2024级1班", date(2026, 2, 1), TODAY, "moved_school"),
        ("2024级1班", TODAY, None, ""),
    ]
    assert pupils.school_of(wu) == room.town.far
    assert AuditEvent.objects.get(verb="pupil.returned").unit_path == room.town.far.path
    kinds = OutboxEvent.objects.filter(kind="schools.events.PupilMoved").order_by("created_at")
    assert [row.payload["class_id"] for row in kinds] == [None, str(far.pk)]


def test_leaving_otherwise_than_on_record_is_refused_in_words(room):
    services.leave_school(actor=room.admin, pupil=room.lin, reason="left", on=date(2026, 2, 27))
    with pytest.raises(services.LeftBefore) as caught:
        services.leave_school(actor=room.admin, pupil=room.lin, reason="graduated")
    assert str(caught.value) == "林小雨已从2026年2月27日起离校（离校），没有改动。"
    with pytest.raises(Invalid):
        services.leave_school(actor=room.admin, pupil=room.gao, reason="moved_class")


def test_a_mistaken_seat_counts_for_no_day_and_can_be_set_right(room):
    services.leave_school(actor=room.admin, pupil=room.lin, reason="mistake")
    assert seats(room.lin) == [("2024级1班", date(2020, 9, 1), date(2020, 9, 1), "mistake")]
    assert not services.leave_school(actor=room.admin, pupil=room.lin, reason="mistake")
    services.place_pupil(actor=room.admin, pupil=room.lin, school_class=room.first)
    assert ClassMembership.objects.on(TODAY).get(pupil=room.lin).school_class == room.first


def test_a_pupil_is_corrected_and_keeps_what_is_not_said(room):
    wu, _new = added(room)
    held, changed = services.correct_pupil(actor=room.admin, pupil=wu, name="吴彤", sex="female")
    assert changed
    assert (held.name, held.initials, held.sex, held.number) == ("吴彤", "wt", "female", NUMBER)
    assert AuditEvent.objects.get(verb="pupil.corrected").detail == {"columns": ["name", "sex"]}
    assert not services.correct_pupil(actor=room.admin, pupil=held, name="吴彤", sex="female")[1]
    with pytest.raises(Invalid) as caught:
        services.correct_pupil(
            actor=room.admin, pupil=room.lin, name="林小雨", sex="female", number=NUMBER
        )
    assert "不能在这里登记" in str(caught.value.fields["number"])


def test_the_school_of_a_pupil_is_that_of_the_present_the_next_or_the_last_class(room):
    assert pupils.school_of(room.lin) == room.town.school
    services.leave_school(actor=None, pupil=room.lin, reason="left")
    assert pupils.school_of(room.lin) == room.town.school
    far = a_class(1, school=a_school("固始县第一小学"))
    services.place_pupil(actor=None, pupil=room.lin, school_class=far, on=MONDAY)
    assert pupils.school_of(room.lin) == room.town.far


def test_a_stranger_who_called_a_pupil_a_mistake_keeps_nothing_of_the_record(room):
    wu, _new = added(room, since=date(2026, 2, 1))
    services.leave_school(actor=room.admin, pupil=wu, reason="moved_school")
    shi, far = room.user(room.town.shi), a_class(1, school=room.town.far)
    services.add_pupil(actor=shi, school_class=far, name="吴桐", sex="male", number=NUMBER)
    assert services.leave_school(actor=shi, pupil=wu, reason="mistake")
    assert pupils.school_of(wu) == room.town.school
    assert pupils.get_pupil_for(room.admin, wu.pk) == wu
    with pytest.raises(Missing):
        pupils.get_pupil_for(room.user(room.town.shi), wu.pk)


def test_a_pupil_who_sat_nowhere_else_stays_with_the_school_of_the_mistake(room):
    wu, _new = added(room)
    services.leave_school(actor=room.admin, pupil=wu, reason="mistake")
    assert pupils.school_of(wu) == room.town.school
    assert pupils.get_pupil_for(room.admin, wu.pk) == wu


def test_a_seat_of_more_than_thirty_days_is_no_mistake(room, at):
    at("2026-04-01T09:00:00+08:00")
    assert services.leave_school(actor=room.admin, pupil=room.gao, reason="mistake")
    at("2026-04-02T09:00:00+08:00")
    with pytest.raises(services.NoMistake) as caught:
        services.leave_school(actor=room.admin, pupil=room.lin, reason="mistake")
    assert "请改选“转学”或“离校”" in str(caught.value)
    assert seats(room.lin) == [("2024级1班", date(2020, 9, 1), None, "")]


def test_a_number_elsewhere_and_a_wrong_name_get_one_answer_and_leave_a_trace(room):
    wu, _new = added(room)
    shi, far = room.user(room.town.shi), a_class(1, school=room.town.far)
    answers = set()
    for name in ("吴桐", "周涛"):
        with pytest.raises(services.NumberHeld) as caught:
            services.add_pupil(actor=shi, school_class=far, name=name, sex="male", number=NUMBER)
        answers.add(str(caught.value.fields["number"]))
    services.leave_school(actor=room.admin, pupil=wu, reason="moved_school")
    with pytest.raises(services.NumberHeld) as caught:
        services.add_pupil(actor=shi, school_class=far, name="周涛", sex="male", number=NUMBER)
    answers.add(str(caught.value.fields["number"]))
    tian = Pupil.objects.get(name="田雨")
    with pytest.raises(services.NumberHeld) as caught:
        services.correct_pupil(actor=None, pupil=tian, name="田雨", sex="female", number=NUMBER)
    answers.add(str(caught.value.fields["number"]))
    assert len(answers) == 1
    assert AuditEvent.objects.filter(verb="pupil.number_refused").count() == 3


def test_numbers_are_not_tried_out(room):
    added(room)
    shi, far = room.user(room.town.shi), a_class(1, school=room.town.far)
    for _try in range(20):
        with pytest.raises(services.NumberHeld):
            services.add_pupil(actor=shi, school_class=far, name="周涛", sex="male", number=NUMBER)
    with pytest.raises(Throttled):
        services.add_pupil(actor=shi, school_class=far, name="周涛", sex="male", number="G99")
    assert not Pupil.objects.filter(name="周涛").exists()


def test_a_refused_number_leaves_its_trace_when_others_have_spent_the_limit_meanwhile(
    room, monkeypatch
):
    added(room)
    shi, far = room.user(room.town.shi), a_class(1, school=room.town.far)
    monkeypatch.setattr(numbers.throttle, "refuse_spent", lambda *_limit: None)
    monkeypatch.setattr(numbers, "REFUSALS_AN_HOUR", 0)
    with pytest.raises(Throttled):
        services.add_pupil(actor=shi, school_class=far, name="周涛", sex="male", number=NUMBER)
    assert AuditEvent.objects.filter(verb="pupil.number_refused").count() == 1


def test_a_sibling_comes_after_the_relation_of_the_guardian_was_corrected(room):
    wu, _new = added(room, family="H001", guardian="吴刚", phone="13800000031")
    guardian = Guardian.objects.get(household=wu.household)
    services.correct_guardian(
        actor=room.admin, pupil=wu, guardian=guardian, name="吴刚", relation="父亲"
    )
    sister, new = added(
        room, name="吴梅", number="G2", family="H001", guardian="吴刚", phone="13800000031"
    )
    assert (new, sister.household) == (True, wu.household)
    third, new = added(room, name="吴兰", number="G3", family="H001", guardian="吴刚")
    assert (new, third.household.guardians.get()) == (True, guardian)


def test_who_is_overtaken_in_correcting_a_guardian_is_told_and_overwrites_nothing(room):
    keeper = {"actor": room.admin, "pupil": room.lin}
    guardian, _new = services.add_guardian(name="林建国", phone="13800000021", **keeper)
    seen = pupils.mark_of(guardian)
    services.correct_guardian(
        guardian=guardian, name="林建国", relation="父亲", phone="13800000022", seen=seen, **keeper
    )
    with pytest.raises(services.GuardianChanged) as caught:
        services.correct_guardian(guardian=guardian, name="林建民", seen=seen, **keeper)
    assert "现在登记的是：林建国、父亲、138****0022。" in str(caught.value)
    guardian.refresh_from_db()
    assert (guardian.name, guardian.phone) == ("林建国", "13800000022")
    now = pupils.mark_of(guardian)
    services.correct_guardian(guardian=guardian, name="林建民", seen=now, **keeper)


def test_a_guardian_of_this_name_who_came_a_moment_ago_is_told(room, monkeypatch):
    keeper = {"actor": room.admin, "pupil": room.lin}
    guardian, _new = services.add_guardian(name="林建国", **keeper)
    monkeypatch.setattr(Guardian.objects, "filter", lambda **_facts: Guardian.objects.none())
    with pytest.raises(services.GuardianStands):
        services.add_guardian(name="林建国", relation="父亲", **keeper)
    monkeypatch.undo()
    assert list(room.lin.household.guardians.all()) == [guardian]
