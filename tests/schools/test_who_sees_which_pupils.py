"""A pupil is seen by those who lead the class or serve the school, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from core.errors import Invalid, Missing
from core.models import AuditEvent
from core.throttle import Throttled
from schools import permissions, services
from schools.models import ClassMembership, ClassTeacher, Post, Pupil, SchoolClass, Teacher
from schools.selectors import classes, pupils
from tests.people import a_class, a_pupil, a_user
from tests.schools.classroom import Classroom, a_classroom

TODAY = date(2026, 3, 2)


@pytest.fixture
def room(places) -> Classroom:
    return a_classroom(places)


def seen_by(user: User) -> set[str]:
    return set(permissions.visible_pupils(user).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("viewer", "names"),
    [
        ("王芳", set()),
        ("孙丽", {"林小雨", "高子涵"}),
        ("何平", {"林小雨", "高子涵", "吴桐"}),
        ("李明", {"林小雨", "高子涵", "吴桐"}),
        ("赵静", {"林小雨", "高子涵", "吴桐"}),
        ("陈刚", set()),
        ("郑华", set()),
        ("石磊", {"田雨"}),
    ],
)
def test_a_pupil_is_seen_by_the_school_and_the_class_teacher_only(room, viewer, names):
    a_pupil("吴桐", school_class=room.second)
    assert seen_by(room.user(Teacher.objects.get(name=viewer))) == names


def test_a_teacher_of_the_class_does_not_see_its_pupils(room):
    """Source: docs/features/access.md: a subject teacher has no right to pupils' identities."""
    services.assign_teaching(
        actor=room.admin, school_class=room.first, teacher=room.town.wang, subject="语文"
    )
    assert seen_by(room.user(room.town.wang)) == set()


def test_what_each_person_sees_is_what_each_person_may_view(room):
    gone = a_pupil("何苗", school_class=room.second)
    services.leave_school(actor=room.admin, pupil=gone, reason="left")
    root = a_user("root")
    root.is_superuser = True
    for user in [*User.objects.exclude(username="root"), root]:
        for pupil in Pupil.objects.all():
            assert permissions.can_view_pupil(user, pupil) == (pupil.name in seen_by(user))
        visible = set(permissions.visible_classes(user))
        every = SchoolClass.objects.select_related("unit")
        assert visible == {item for item in every if permissions.can_view_class(user, item)}
    assert seen_by(root) == set()


def test_leading_a_class_needs_the_post_and_the_appointment_on_the_same_day(room):
    Post.objects.filter(teacher=room.sun).update(ends_on=TODAY)
    assert seen_by(room.user(room.sun)) == set()
    Post.objects.filter(teacher=room.sun).update(ends_on=None)
    assert seen_by(room.user(room.sun)) == {"林小雨", "高子涵"}
    ClassTeacher.objects.filter(teacher=room.sun).update(ends_on=TODAY)
    assert seen_by(room.user(room.sun)) == set()


def test_who_has_left_is_still_seen_by_the_keeper_of_the_last_school(room):
    services.leave_school(actor=room.admin, pupil=room.lin, reason="moved_school")
    assert "林小雨" in seen_by(room.admin)
    for teacher in (room.sun, room.he, room.town.li):
        assert "林小雨" not in seen_by(room.user(teacher))


def test_who_sits_in_another_school_now_belongs_to_that_school_only(room):
    services.leave_school(actor=room.admin, pupil=room.lin, reason="moved_school")
    far = a_class(1, school=room.town.far)
    ClassMembership.objects.create(pupil=room.lin, school_class=far, starts_on=TODAY)
    assert "林小雨" not in seen_by(room.admin)
    assert seen_by(room.user(room.town.shi)) == {"田雨", "林小雨"}


def test_who_is_still_to_come_is_seen_by_the_next_school(room):
    coming = a_pupil("吴桐", school_class=room.second, since=date(2026, 9, 1))
    assert "吴桐" in seen_by(room.admin)
    assert "吴桐" in seen_by(room.user(room.he))
    assert pupils.school_of(coming) == room.town.school


def test_a_pupil_out_of_reach_is_missing_for_every_read_and_verb(room):
    stranger = room.user(room.town.shi)
    for read in (pupils.get_pupil_for, pupils.kept_pupil):
        with pytest.raises(Missing):
            read(stranger, room.lin.pk)
    with pytest.raises(Missing):
        services.open_pupil(actor=stranger, pupil_id=room.lin.pk)
    with pytest.raises(Missing):
        services.open_class(actor=stranger, class_id=room.first.pk)
    with pytest.raises(Missing):
        services.leave_school(actor=stranger, pupil=room.lin, reason="left")
    with pytest.raises(Missing):
        services.place_pupil(actor=stranger, pupil=room.lin, school_class=room.second)
    assert AuditEvent.objects.filter(verb__startswith="pupil.").count() == 0
    assert room.lin.memberships.get().ends_on is None


def test_who_reads_a_school_does_not_write_it(room):
    for teacher in (room.sun, room.he, room.town.li, room.town.chen):
        with pytest.raises(Missing):
            pupils.kept_pupil(room.user(teacher), room.lin.pk)
        with pytest.raises(Missing):
            services.correct_pupil(
                actor=room.user(teacher), pupil=room.lin, name="林小雪", sex="female"
            )
    room.lin.refresh_from_db()
    assert room.lin.name == "林小雨"


def test_contacts_are_masked_and_kept_from_who_only_heads_the_school(room):
    services.add_guardian(actor=room.admin, pupil=room.lin, name="林建国", phone="13800000021")
    for teacher in (room.town.zhao, room.he, room.sun):
        shown = pupils.contacts_for(room.user(teacher), room.lin)
        assert [(one.name, one.phone) for one in shown] == [("林建国", "138****0021")]
    assert pupils.contacts_for(room.user(room.town.li), room.lin) == []


def test_a_whole_number_is_shown_for_a_purpose_and_leaves_who_whose_and_why(room):
    guardian, _new = services.add_guardian(
        actor=room.admin, pupil=room.lin, name="林建国", phone="13800000021"
    )
    services.correct_pupil(
        actor=room.admin, pupil=room.lin, name="林小雨", sex="female", number="G1001"
    )
    sun = room.user(room.sun)
    phone = services.reveal_guardian_phone(
        actor=sun, pupil_id=room.lin.pk, guardian_id=guardian.pk, purpose="contact_guardian"
    )
    assert phone == "13800000021"
    row = AuditEvent.objects.get(verb="pupil.phone")
    assert (row.actor_id, row.thing_id) == (sun.pk, str(room.lin.pk))
    assert (row.purpose, row.basis) == ("contact_guardian", "class")
    assert row.detail == {"guardian": str(guardian.pk)}
    he = room.user(room.he)
    number = services.reveal_number(actor=he, pupil_id=room.lin.pk, purpose="pupil_check")
    assert number == "G1001"
    assert AuditEvent.objects.get(verb="pupil.number").basis == "post"
    assert "13800000021" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_a_number_is_refused_without_a_purpose_and_to_who_only_heads_the_school(room):
    with pytest.raises(Invalid):
        services.reveal_number(actor=room.admin, pupil_id=room.lin.pk, purpose="")
    with pytest.raises(Missing):
        services.reveal_number(
            actor=room.user(room.town.li), pupil_id=room.lin.pk, purpose="pupil_check"
        )
    assert AuditEvent.objects.filter(verb="pupil.number").count() == 0


def test_numbers_of_pupils_and_staff_count_towards_one_limit(room, monkeypatch):
    monkeypatch.setattr("schools.services.reading.REVEALS_A_DAY", 2)
    services.reveal_phone(actor=room.admin, teacher_id=room.town.wang.pk)
    services.reveal_number(actor=room.admin, pupil_id=room.lin.pk, purpose="pupil_check")
    with pytest.raises(Throttled):
        services.reveal_number(actor=room.admin, pupil_id=room.gao.pk, purpose="pupil_check")


def test_the_look_at_a_class_is_traced_with_its_length(room):
    _class, found = services.open_class(actor=room.user(room.sun), class_id=room.first.pk)
    assert [pupil.name for pupil in found] == ["高子涵", "林小雨"]
    row = AuditEvent.objects.get(verb="pupil.list")
    assert (row.basis, row.detail) == ("class", {"rows": 2, "searched": False})


def test_a_county_officer_sees_the_class_and_none_of_its_pupils(room):
    chen = room.user(room.town.chen)
    school_class, found = services.open_class(actor=chen, class_id=room.first.pk)
    assert (str(school_class), list(found)) == ("2024级1班", [])
    assert AuditEvent.objects.filter(verb="pupil.list").count() == 0


def test_outside_the_school_counts_of_classes_below_ten_are_not_told(room):
    chen = room.user(room.town.chen)
    for number in range(8):
        a_pupil("吴桐", school_class=room.second if number else room.first)
    assert [row.pupils for row in classes.classes_shown(chen, room.town.school)] == [None, None]
    assert [row.pupils for row in classes.classes_shown(room.admin, room.town.school)] == [3, 7]


def test_a_pupil_is_found_by_name_pinyin_initials_and_whole_number(room):
    services.correct_pupil(
        actor=room.admin, pupil=room.lin, name="林小雨", sex="female", number="G1001"
    )
    for query in ("小雨", "linxiao", "lxy", "g1001"):
        assert [pupil.name for pupil in pupils.pupils_for(room.admin, query)] == ["林小雨"]
    for query in ("G100", "田雨"):
        assert list(pupils.pupils_for(room.admin, query)) == []


def test_a_school_whose_number_is_hidden_beside_a_small_one_tells_none_of_its_classes(room):
    chen = room.user(room.town.chen)
    for school_class in (room.first, room.second):
        for _number in range(12):
            a_pupil("吴桐", school_class=school_class)
    assert [row.pupils for row in classes.classes_shown(chen, room.town.school)] == [14, 12]
    for _number in range(5):
        a_pupil("周涛", school_class=a_class(1, school=room.town.sibling))
    assert classes.pupils_told(room.town.school) is None
    assert [row.pupils for row in classes.classes_shown(chen, room.town.school)] == [None, None]
    assert [row.pupils for row in classes.classes_shown(room.admin, room.town.school)] == [14, 12]


def test_where_the_number_of_small_classes_tells_their_pupils_empty_ones_are_not_told_either(room):
    chen = room.user(room.town.chen)
    for number in range(3, 12):
        a_pupil("吴桐", school_class=a_class(number, school=room.town.school))
    a_class(12, school=room.town.school)
    told = [row.pupils for row in classes.classes_shown(chen, room.town.school)]
    assert told == [None] * 12
    told = [row.pupils for row in classes.classes_shown(room.admin, room.town.school)]
    assert told == [2, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]
