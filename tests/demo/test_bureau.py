"""The demo bureau's register: real counties, the same people from the same seed, only once."""

from __future__ import annotations

import pytest

from core.models import AuditEvent
from demo.rules import people, places
from demo.services import bureau
from schools.models import Employment, Post, Teacher, Unit

pytestmark = pytest.mark.django_db
SMALL = places.SIZES["s"]


def build(seed: int = 7):
    units = bureau.build_units(SMALL)
    bureau.build_calendar()
    users = bureau.build_sign_ins(units)
    bureau.build_staff(SMALL, seed, units)
    return units, users


def test_the_small_bureau_has_three_real_counties_eight_schools_and_118_people():
    build()
    counties = list(Unit.objects.filter(kind="county").values_list("name", flat=True))
    assert counties == ["浉河区", "平桥区", "罗山县"]
    assert Unit.objects.filter(kind="school").count() == 8
    assert Unit.objects.get(code="4115020002").path == "/XY/411502/4115020002/"
    assert Teacher.objects.count() == Employment.objects.count() == 118


def test_building_it_again_changes_nothing():
    build()
    before = (Teacher.objects.count(), Post.objects.count(), AuditEvent.objects.count())
    build()
    assert (Teacher.objects.count(), Post.objects.count(), AuditEvent.objects.count()) == before


def test_every_sign_in_stands_where_the_contract_says():
    _units, users = build()
    held = {
        (post.teacher.user.username, post.role, post.unit.code)
        for post in Post.objects.filter(teacher__user__in=users.values())
    }
    assert held == {
        ("classteacher", "class_teacher", "4115020002"),
        ("psych", "psychology_teacher", "4115020002"),
        ("principal", "principal", "4115020002"),
        ("schooladmin", "school_admin", "4115020002"),
        ("registrar", "registrar", "411502"),
        ("county", "county_officer", "411502"),
        ("bureau", "bureau_officer", "XY"),
        ("editor", "editor", "XY"),
        ("auditor", "auditor", "XY"),
    }
    assert users["teacher"].check_password("xinyang-demo")
    stranger = Employment.objects.get(teacher__user=users["stranger"])
    assert stranger.unit.path == "/XY/411521/4115210008/"


def test_only_sign_ins_have_a_password():
    _units, users = build()
    other = Teacher.objects.exclude(user__in=users.values()).select_related("user").first()
    assert other is not None
    assert not other.user.has_usable_password()


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert people.staff(SMALL, 7) == people.staff(SMALL, 7)
    assert people.staff(SMALL, 7) != people.staff(SMALL, 8)
    first = people.staff(SMALL, 7)[0]
    assert (first.staff_number, first.name) == ("020001001", "秦勇")


def test_the_schools_of_a_small_bureau_are_among_those_of_a_large_one():
    assert places.schools(places.SIZES["l"])[:8] == places.schools(SMALL)


@pytest.mark.parametrize(("name", "schools", "staff"), [("m", 250, 9_993), ("l", 2_500, 99_993)])
def test_large_bureaus_have_as_many_schools_and_people_as_the_contract_says(name, schools, staff):
    size = places.SIZES[name]
    made = places.schools(size)
    assert len({school.code for school in made}) == len({school.name for school in made}) == schools
    assert len({person.staff_number for person in people.staff(size, 7)}) == staff


def test_the_bulk_way_writes_what_the_slow_way_writes(monkeypatch):
    from demo.services import crowd

    bulk = places.Size(3, 8, 14, 210, is_bulk=True)
    units = bureau.build_units(bulk)
    crowd.build_schools(bulk, units)
    users = bureau.build_sign_ins(units)
    bureau.build_staff(bulk, 7, units)
    crowd.build_staff_in_bulk(bulk, 7, units)
    in_bulk = register()
    crowd.build_staff_in_bulk(bulk, 7, units)
    assert register() == in_bulk
    assert len(in_bulk) == 118
    assert users["teacher"].teacher.staff_number == "9000001"
    Post.objects.all().delete()
    Employment.objects.all().delete()
    Teacher.objects.all().delete()
    build()
    assert register() == in_bulk


def register() -> list[tuple]:
    return [
        (
            teacher.staff_number,
            teacher.name,
            teacher.pinyin,
            teacher.initials,
            [(job.unit.code, job.starts_on) for job in teacher.employments.all()],
            sorted((post.role, post.unit.code, post.starts_on) for post in teacher.posts.all()),
        )
        for teacher in Teacher.objects.all()
    ]
