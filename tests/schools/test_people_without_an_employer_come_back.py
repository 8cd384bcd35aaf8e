"""Who left comes back under the same number; who begins later is seen beforehand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.services import create_account
from core.errors import Invalid, Missing
from core.models import AuditEvent
from schools import permissions, services
from schools.models import Employment, Teacher
from tests.people import a_teacher


def as_person(places, teacher) -> Client:
    client = Client()
    client.force_login(places.user(teacher))
    return client


def added(client: Client, unit, **values: str):
    form = {"staff_number": "A1", "name": "王芳", "phone": "", "since": "2026-03-02", **values}
    return client.post(f"/schools/units/{unit.pk}/teachers/", form, follow=True)


def test_who_left_is_employed_again_under_the_same_number_and_name(places):
    services.move_teacher(actor=None, teacher=places.wang, unit=None, on=date(2026, 1, 31))
    shi = as_person(places, places.shi)
    assert "已属于另一位教师" in added(shi, places.far, name="王方").content.decode()
    early = added(shi, places.far, since="2026-01-30").content.decode()
    assert "日期要在2026年1月31日到2027年3月3日之间" in early
    assert "已添加" in added(shi, places.far, phone="13800000007").content.decode()
    assert "此前已经登记" in added(shi, places.far).content.decode()
    work = Employment.objects.filter(teacher=places.wang).order_by("starts_on")
    assert [(row.unit, row.starts_on, row.ends_on) for row in work] == [
        (places.school, date(2020, 9, 1), date(2026, 1, 31)),
        (places.far, date(2026, 3, 2), None),
    ]
    assert Teacher.objects.get(staff_number="A1").phone == "13800000007"
    assert AuditEvent.objects.filter(verb="teacher.returned").count() == 1
    assert AuditEvent.objects.filter(verb="teacher.left").count() == 1
    assert not AuditEvent.objects.filter(verb="teacher.moved").exists()


def test_who_works_elsewhere_is_not_taken_on(places):
    zhao = as_person(places, places.zhao)
    answer = added(zhao, places.school, staff_number="F1", name="石磊")
    assert "已属于另一位教师" in answer.content.decode()
    assert places.shi.employments.get().unit == places.far


def test_a_colleague_on_the_roster_is_told_with_the_day_on_record(places):
    answer = added(as_person(places, places.zhao), places.school).content.decode()
    assert "王芳从2020年9月1日起就在本单位的名册上，没有改动" in answer
    assert places.wang.employments.count() == 1


def test_who_begins_later_is_listed_and_kept_before_the_day(places):
    zhao = as_person(places, places.zhao)
    added(zhao, places.school, staff_number="N9", name="孙丽", since="2026-09-01")
    sun = Teacher.objects.get(staff_number="N9")
    page = zhao.get(f"/schools/units/{places.school.pk}/").content.decode()
    assert "即将到任" in page
    assert "孙丽" in page.split('data-testid="coming"')[1]
    assert permissions.can_view_teacher(places.user(places.zhao), sun)
    assert sun in permissions.visible_teachers(places.user(places.zhao))
    assert sun not in permissions.visible_teachers(places.user(places.shi))
    assert (
        'data-testid="end-employment"' in zhao.get(f"/schools/teachers/{sun.pk}/").content.decode()
    )
    right = {"name": "孙莉", "phone": "", "reason": "原名录错"}
    assert zhao.post(f"/schools/teachers/{sun.pk}/correction/", right).status_code == 302
    assert zhao.post(f"/schools/teachers/{sun.pk}/leave/", {"on": "2026-03-02"}).status_code == 302
    work = sun.employments.get()
    assert (work.starts_on, work.ends_on) == (date(2026, 9, 1), date(2026, 9, 1))
    assert sun not in permissions.visible_teachers(places.user(places.zhao))


def test_nobody_corrects_or_moves_the_own_record_by_any_way(places):
    zhao, chen = places.user(places.zhao), places.user(places.chen)
    with pytest.raises(Missing):
        services.correct_teacher(actor=zhao, teacher=places.zhao, name="赵敬")
    with pytest.raises(Missing):
        services.move_teacher(actor=chen, teacher=places.chen, unit=places.school)
    assert Teacher.objects.get(pk=places.zhao.pk).name == "赵静"
    assert places.chen.employments.get().ends_on is None


def test_a_move_to_the_present_unit_names_the_day_on_record(places):
    chen = places.user(places.chen)
    with pytest.raises(services.WorksThere) as caught:
        services.move_teacher(
            actor=chen, teacher=places.wang, unit=places.school, on=date(2026, 3, 2)
        )
    assert str(caught.value) == "这位教师从2020年9月1日起就在浉河区第一小学任职，没有改动。"
    first = services.move_teacher(
        actor=chen, teacher=places.wang, unit=places.sibling, on=date(2026, 3, 2)
    )
    again = services.move_teacher(
        actor=chen, teacher=places.wang, unit=places.sibling, on=date(2026, 3, 2)
    )
    assert (first[1], again) == (True, (first[0], False))


def test_a_number_of_two_colleagues_is_refused_when_one_comes_back(places):
    gone = a_teacher("孙丽", school=places.sibling, number="N1")
    services.move_teacher(actor=None, teacher=gone, unit=None, on=date(2026, 3, 1))
    with pytest.raises(Invalid) as caught:
        services.add_teacher(
            actor=places.user(places.zhao),
            unit=places.school,
            staff_number="N1",
            name="孙丽",
            phone="13800000001",
        )
    assert set(caught.value.fields) == {"phone"}
    assert not gone.employments.filter(ends_on=None).exists()


def test_a_phone_taken_a_moment_ago_leaves_the_account_without_one(places, monkeypatch):
    sun = a_teacher("孙丽", school=places.school, number="N1", phone="13800000011", with_user=False)
    create_account(actor=None, username="zhou", name="周敏", phone="13800000011")
    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "exists", lambda _self: False)  # the look before the other wrote
        slip = services.open_account(actor=places.user(places.zhao), teacher=sun)
    sun.refresh_from_db()
    assert (sun.user.username, sun.user.phone) == ("n1", None)
    assert slip.code
