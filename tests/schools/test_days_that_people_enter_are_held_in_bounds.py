"""A mistyped year neither rewrites a work history nor breaks a page."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from core.errors import Invalid
from schools import services
from schools.models import Employment, Post, Role
from tests.people import a_teacher


def test_a_mistyped_year_does_not_empty_a_work_history(places, at):
    sun = a_teacher("孙丽", school=places.sibling, number="A9", since=date(2010, 9, 1))
    chen = places.user(places.chen)
    services.move_teacher(actor=chen, teacher=sun, unit=places.school, on=date(2026, 1, 10))
    at("2026-03-03T09:00:00+08:00")
    for year in (1026, 2005, 2015, 2025):
        with pytest.raises(Invalid) as caught:
            services.move_teacher(actor=chen, teacher=sun, unit=None, on=date(year, 3, 3))
        assert "2026年1月10日到2027年3月4日之间" in caught.value.fields["on"]
    assert [(work.unit, work.starts_on, work.ends_on) for work in in_order(sun)] == [
        (places.sibling, date(2010, 9, 1), date(2026, 1, 10)),
        (places.school, date(2026, 1, 10), None),
    ]


def in_order(teacher):
    return Employment.objects.filter(teacher=teacher).order_by("starts_on")


def test_a_leave_recorded_late_leaves_ended_posts_and_work_as_they_were(places, at):
    chen = places.user(places.chen)
    Post.objects.create(
        teacher=places.wang, role=Role.GRADE_HEAD, unit=places.school,
        starts_on=date(2025, 9, 1), ends_on=date(2026, 2, 20),
    )  # fmt: skip
    services.move_teacher(actor=chen, teacher=places.wang, unit=None, on=date(2026, 2, 10))
    assert places.wang.posts.get().ends_on == date(2026, 2, 20)
    assert places.wang.employments.get().ends_on == date(2026, 2, 10)
    with pytest.raises(Invalid) as caught:
        services.move_teacher(
            actor=chen, teacher=places.wang, unit=places.sibling, on=date(2026, 2, 9)
        )
    assert "2026年2月10日" in caught.value.fields["on"]
    assert places.wang.employments.get().ends_on == date(2026, 2, 10)


def test_a_post_begun_is_not_undone_by_a_leave_dated_before_it(places):
    services.give_post(
        actor=None, teacher=places.wang, role="grade_head", unit=places.school,
        starts_on=date(2026, 2, 1),
    )  # fmt: skip
    with pytest.raises(Invalid):
        services.move_teacher(
            actor=places.user(places.chen), teacher=places.wang, unit=None, on=date(2026, 1, 31)
        )
    assert places.wang.posts.get().ends_on is None
    services.move_teacher(
        actor=places.user(places.chen), teacher=places.wang, unit=None, on=date(2026, 2, 2)
    )
    assert places.wang.posts.get().ends_on == date(2026, 2, 2)


@pytest.mark.parametrize("day", [date(2025, 2, 28), date(2062, 3, 1)])
def test_a_post_begins_within_a_year_of_its_giving(places, day):
    with pytest.raises(Invalid) as caught:
        services.give_post(
            actor=places.user(places.zhao), teacher=places.wang, role="grade_head",
            unit=places.school, starts_on=day,
        )  # fmt: skip
    assert "2025年3月1日到2027年3月3日之间" in caught.value.fields["starts_on"]
    assert not places.wang.posts.exists()


@pytest.mark.parametrize("day", [date(1926, 3, 1), date(2062, 3, 1)])
def test_nobody_begins_to_work_before_a_working_life_or_years_ahead(places, day):
    with pytest.raises(Invalid) as caught:
        services.add_teacher(
            actor=places.user(places.zhao), unit=places.school, staff_number="N1", name="孙丽",
            since=day,
        )  # fmt: skip
    assert set(caught.value.fields) == {"since"}
    assert not Employment.objects.filter(teacher__staff_number="N1").exists()


@pytest.mark.parametrize(
    ("address", "field", "others"),
    [
        ("calendar/years/", "last_on", {"name": "末年", "starts_on": "9999-01-01"}),
        ("calendar/days/", "last_on", {"kind": "holiday", "first_on": "9999-12-30"}),
        ("help-lines/new/", "starts_on", {"name": "热线", "number": "12355", "position": "1"}),
    ],
)
def test_the_last_day_of_all_days_is_asked_again(places, address, field, others):
    zheng = Client()
    zheng.force_login(places.user(places.zheng))
    answer = zheng.post(f"/schools/{address}", {**others, field: "9999-12-31"})
    assert answer.status_code == 422
    assert "日期要在1900年到2100年之间" in answer.content.decode()
