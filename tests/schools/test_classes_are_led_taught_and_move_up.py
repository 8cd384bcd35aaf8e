"""Classes are opened, led and taught from a day on, and end by themselves when they finish."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Invalid, Missing
from core.models import AuditEvent, OutboxEvent
from schools import services
from schools.models import ClassTeacher, Post, SchoolClass, SchoolYear, TeachingAssignment
from schools.selectors import classes
from tests.people import a_class, a_pupil, a_teacher
from tests.schools.classroom import Classroom, a_classroom

TODAY, MONDAY = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def room(places) -> Classroom:
    return a_classroom(places)


def led(school_class: SchoolClass) -> list[tuple[str, date, date | None]]:
    rows = ClassTeacher.objects.filter(school_class=school_class).order_by("starts_on")
    return [(row.teacher.name, row.starts_on, row.ends_on) for row in rows]


def test_a_class_is_added_once(room):
    made, new = services.add_class(
        actor=room.admin, unit=room.town.school, entry_year=2025, number=3
    )
    assert (str(made), new) == ("2025级3班", True)
    again = services.add_class(actor=room.admin, unit=room.town.school, entry_year=2025, number=3)
    assert again == (made, False)
    assert AuditEvent.objects.filter(verb="class.added").count() == 1


@pytest.mark.parametrize(("year", "number", "field"), [(24, 1, "entry_year"), (2025, 0, "number")])
def test_an_impossible_class_is_refused(room, year, number, field):
    with pytest.raises(Invalid) as caught:
        services.add_class(actor=room.admin, unit=room.town.school, entry_year=year, number=number)
    assert list(caught.value.fields) == [field]


def test_a_cohort_that_has_left_school_gets_no_new_class(room):
    with pytest.raises(services.ClassOver):
        services.add_class(actor=room.admin, unit=room.town.school, entry_year=2019, number=1)


def test_only_who_keeps_the_roster_adds_classes_and_only_to_schools(room):
    for teacher, unit in (
        (room.town.li, room.town.school),
        (room.sun, room.town.school),
        (room.town.shi, room.town.school),
        (room.town.chen, room.town.school.parent),
    ):
        with pytest.raises(Missing):
            services.add_class(actor=room.user(teacher), unit=unit, entry_year=2025, number=3)
    assert SchoolClass.objects.filter(entry_year=2025).count() == 0


def test_a_class_teacher_follows_another_and_gets_the_post_with_the_class(room):
    wang = room.town.wang
    row, new = services.name_class_teacher(
        actor=room.admin, school_class=room.first, teacher=wang, on=MONDAY
    )
    assert new
    assert led(room.first) == [("孙丽", date(2020, 9, 1), MONDAY), ("王芳", MONDAY, None)]
    post = Post.objects.get(teacher=wang, role="class_teacher")
    assert (post.unit, post.starts_on, post.ends_on) == (room.town.school, MONDAY, None)
    assert room.sun.posts.get().ends_on is None
    again = services.name_class_teacher(
        actor=room.admin, school_class=room.first, teacher=wang, on=MONDAY
    )
    assert again == (row, False)
    verbs = AuditEvent.objects.filter(verb__startswith="class.").values_list("verb", flat=True)
    assert sorted(verbs) == ["class.teacher_ended", "class.teacher_named"]
    assert OutboxEvent.objects.filter(kind="schools.events.PostGiven").count() == 1
    with pytest.raises(services.LeadsSince):
        services.name_class_teacher(
            actor=room.admin, school_class=room.first, teacher=wang, on=date(2026, 3, 10)
        )


def test_a_post_that_was_planned_goes_on_from_its_day(room):
    wang = room.town.wang
    services.give_post(
        actor=room.admin,
        teacher=wang,
        role="class_teacher",
        unit=room.town.school,
        starts_on=date(2026, 9, 1),
    )
    services.name_class_teacher(actor=room.admin, school_class=room.second, teacher=wang)
    assert list(wang.posts.order_by("starts_on").values_list("starts_on", "ends_on")) == [
        (TODAY, date(2026, 9, 1)),
        (date(2026, 9, 1), None),
    ]


def test_nobody_names_himself_class_teacher(room):
    with pytest.raises(Missing):
        services.name_class_teacher(
            actor=room.admin, school_class=room.second, teacher=room.town.zhao
        )
    assert led(room.second) == []


def test_a_class_teacher_works_for_the_school(room):
    with pytest.raises(services.NotOnStaff) as caught:
        services.name_class_teacher(
            actor=room.admin, school_class=room.second, teacher=room.town.shi
        )
    assert str(caught.value).startswith("石磊在2026年3月2日不是这所学校的教职工")
    with pytest.raises(services.NotOnStaff):
        services.assign_teaching(actor=room.admin, school_class=room.second, teacher=room.town.shi)


def test_a_change_does_not_reach_before_the_present_class_teacher_began(room):
    he = {"school_class": room.second, "teacher": room.he, "on": date(2026, 2, 2)}
    services.name_class_teacher(actor=room.admin, **he)
    with pytest.raises(Invalid):
        services.name_class_teacher(
            actor=room.admin,
            school_class=room.second,
            teacher=room.town.wang,
            on=date(2026, 2, 1),
        )
    services.end_class_teacher(actor=room.admin, school_class=room.first)
    with pytest.raises(Invalid):
        services.name_class_teacher(
            actor=room.admin, school_class=room.first, teacher=room.town.wang, on=date(2026, 3, 1)
        )
    assert led(room.first) == [("孙丽", date(2020, 9, 1), TODAY)]
    assert not services.end_class_teacher(actor=room.admin, school_class=room.first)


def test_teaching_is_assigned_and_ended(room):
    facts = {"school_class": room.first, "teacher": room.town.wang, "subject": "语 文"}
    row, new = services.assign_teaching(actor=room.admin, **facts)
    assert (row.subject, row.starts_on, new) == ("语文", TODAY, True)
    assert services.assign_teaching(actor=room.admin, **facts) == (row, False)
    with pytest.raises(services.TeachesSince):
        services.assign_teaching(actor=room.admin, on=MONDAY, **facts)
    assert services.end_teaching(actor=room.admin, assignment=row, on=MONDAY)
    assert not services.end_teaching(actor=room.admin, assignment=row, on=MONDAY)
    assert services.end_teaching(actor=room.admin, assignment=row)
    row.refresh_from_db()
    assert row.ends_on == TODAY
    with pytest.raises(Invalid):
        services.assign_teaching(actor=room.admin, **{**facts, "subject": "语" * 21})


def test_teaching_planned_for_later_goes_on_from_its_day(room):
    facts = {"actor": room.admin, "school_class": room.first, "teacher": room.town.wang}
    services.assign_teaching(on=MONDAY, **facts)
    services.assign_teaching(**facts)
    rows = TeachingAssignment.objects.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(rows) == [(TODAY, MONDAY), (MONDAY, None)]


def test_a_planned_teaching_is_called_off(room):
    facts = {"actor": room.admin, "school_class": room.first, "teacher": room.town.wang}
    row, _new = services.assign_teaching(on=MONDAY, **facts)
    assert services.end_teaching(actor=room.admin, assignment=row)
    row.refresh_from_db()
    assert (row.starts_on, row.ends_on) == (MONDAY, MONDAY)


def test_who_leaves_the_school_leads_and_teaches_no_class_of_it(room):
    services.assign_teaching(actor=room.admin, school_class=room.second, teacher=room.sun)
    services.move_teacher(actor=room.admin, teacher=room.sun, unit=None, on=MONDAY)
    assert led(room.first) == [("孙丽", date(2020, 9, 1), MONDAY)]
    assert TeachingAssignment.objects.get().ends_on == MONDAY


def test_a_new_school_year_ends_the_classes_that_have_finished(room, at):
    SchoolYear.objects.create(
        name="2026–2027学年", starts_on=date(2026, 8, 31), ends_on=date(2027, 8, 30)
    )
    sixth = a_class(1, school=room.town.school, entry_year=2020)
    tang = a_pupil("唐糖", school_class=sixth)
    services.name_class_teacher(actor=room.admin, school_class=sixth, teacher=room.town.wang)
    assert services.move_up(actor=room.admin, unit=room.town.school).classes == 0
    at("2026-09-03T09:00:00+08:00")
    moved = services.move_up(actor=room.admin, unit=room.town.school)
    assert (moved.classes, moved.pupils) == (1, 1)
    seat = tang.memberships.get()
    assert (seat.ends_on, seat.end_reason) == (date(2026, 8, 31), "graduated")
    assert led(sixth) == [("王芳", TODAY, date(2026, 8, 31))]
    assert room.lin.memberships.get().ends_on is None
    assert classes.standing(room.first, date(2026, 9, 3)).grade == 3
    again = services.move_up(actor=room.admin, unit=room.town.school)
    assert (again.classes, again.pupils) == (0, 0)
    row = AuditEvent.objects.get(verb="class.moved_up")
    assert row.detail == {"classes": 1, "pupils": 1}
    event = OutboxEvent.objects.get(kind="schools.events.PupilMoved")
    assert (event.payload["pupil_id"], event.payload["class_id"]) == (str(tang.pk), None)


def test_who_left_before_the_class_finished_keeps_that_end(room, at):
    sixth = a_class(1, school=room.town.school, entry_year=2020)
    tang = a_pupil("唐糖", school_class=sixth)
    services.leave_school(actor=room.admin, pupil=tang, reason="left")
    at("2026-09-03T09:00:00+08:00")
    services.move_up(actor=room.admin, unit=room.town.school)
    assert tang.memberships.get().end_reason == "left"


def test_only_the_school_moves_its_classes_up(room):
    for teacher in (room.town.chen, room.town.li, room.sun, room.town.shi):
        with pytest.raises(Missing):
            services.move_up(actor=room.user(teacher), unit=room.town.school)


def test_without_a_calendar_a_school_year_begins_on_the_first_of_september():
    assert [
        classes.autumn_by_custom(date(2026, 8, 31)),
        classes.autumn_by_custom(date(2026, 9, 1)),
    ] == [
        2025,
        2026,
    ]


def test_classes_are_read_and_kept_by_their_rights(room):
    assert classes.get_class_for(room.user(room.sun), room.first.pk) == room.first
    with pytest.raises(Missing):
        classes.get_class_for(room.user(room.sun), room.second.pk)
    with pytest.raises(Missing):
        classes.kept_class(room.user(room.town.li), room.first.pk)
    row, _new = services.assign_teaching(
        actor=room.admin, school_class=room.first, teacher=room.town.wang
    )
    assert classes.get_teaching_for(room.admin, row.pk) == row
    with pytest.raises(Missing):
        classes.get_teaching_for(room.user(room.town.shi), row.pk)
    assert [item.teacher for item in classes.teaching_in(room.first)] == [room.town.wang]
    assert [item.teacher for item in classes.leaders_of(room.first)] == [room.sun]
    far = a_teacher("周涛", school=room.town.sibling)
    assert list(classes.classes_for(room.user(far))) == []
