"""Adding, correcting and moving single people and schools on the pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import Notice
from core.errors import Missing
from core.models import AuditEvent
from schools import services
from schools.models import Employment, Teacher, Unit
from tests.people import a_bureau, a_county, a_teacher


def as_person(places, teacher) -> Client:
    client = Client()
    client.force_login(places.user(teacher))
    return client


def added(client: Client, unit: Unit, **values: str):
    form = {"staff_number": "N1", "name": "孙 丽", "phone": "", "since": "2026-03-01", **values}
    return client.post(f"/schools/units/{unit.pk}/teachers/", form)


def test_a_school_admin_adds_a_person_as_a_roster_would(places):
    zhao = as_person(places, places.zhao)
    page = zhao.get(f"/schools/units/{places.school.pk}/").content.decode()
    assert 'data-testid="add-teacher"' in page
    assert zhao.get(f"/schools/units/{places.school.pk}/teachers/").status_code == 200
    assert added(zhao, places.school, staff_number="ｎ１", phone="138 0000 0011").status_code == 302
    sun = Teacher.objects.get(staff_number="N1")
    assert (sun.name, sun.pinyin, sun.phone) == ("孙丽", "sunli", "13800000011")
    assert sun.employments.get().starts_on == date(2026, 3, 1)
    assert AuditEvent.objects.get(verb="teacher.added").unit_path == places.school.path
    assert added(zhao, places.school).status_code == 302
    assert sun.employments.count() == 1


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"staff_number": "4.13E+17"}, "科学计数法"),
        ({"staff_number": "N/1"}, "不是有效的代码"),
        ({"name": "孙丽9"}, "不像姓名"),
        ({"phone": "123"}, "不是 11 位手机号"),
        ({"phone": "13800000001"}, "已登记在另一位教师名下"),
        ({"staff_number": "A1"}, "已属于另一位教师"),
        ({"staff_number": "F1", "name": "石磊"}, "已属于另一位教师"),
        ({"since": "2026-02-30"}, "有效的日期"),
    ],
)
def test_what_no_roster_would_take_is_asked_again(places, values, text):
    before = Teacher.objects.count(), Employment.objects.count()
    answer = added(as_person(places, places.zhao), places.school, **values)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert (Teacher.objects.count(), Employment.objects.count()) == before


def test_a_name_and_a_phone_are_corrected_in_the_account_too(places):
    zhao = as_person(places, places.zhao)
    address = f"/schools/teachers/{places.wang.pk}/correction/"
    assert "13800000001" not in zhao.get(address).content.decode()
    bare = zhao.post(address, {"name": "王方", "phone": ""})
    assert bare.status_code == 422
    assert "请写明原因" in bare.content.decode()
    assert 'value="王方"' in bare.content.decode()
    sent = {"name": "王方", "phone": "", "reason": "户口簿已更名"}
    assert zhao.post(address, sent).status_code == 302
    notice = Notice.objects.get(user=places.wang.user)
    assert (notice.kind, notice.values) == (
        "name_corrected",
        {"name": "王方", "reason": "户口簿已更名"},
    )
    assert AuditEvent.objects.get(verb="teacher.corrected").purpose == "户口簿已更名"
    places.wang.refresh_from_db()
    assert (places.wang.name, places.wang.pinyin) == ("王方", "wangfang")
    assert places.wang.phone == "13800000001"
    assert places.user(places.wang).name == "王方"
    assert zhao.post(address, {"name": "王方", "phone": "13800000002"}).status_code == 302
    places.wang.refresh_from_db()
    assert places.wang.phone == places.user(places.wang).phone == "13800000002"
    assert [row.detail for row in AuditEvent.objects.filter(verb="teacher.corrected")] == [
        {"columns": ["name"]},
        {"columns": ["phone"]},
    ]
    services.correct_teacher(actor=None, teacher=places.wang, name="王方")
    assert AuditEvent.objects.filter(verb="teacher.corrected").count() == 2
    own = f"/schools/teachers/{places.zhao.pk}/correction/"
    assert zhao.post(own, {"name": "赵敬", "phone": ""}).status_code == 404


def test_an_officer_moves_a_person_by_code_or_name(places):
    chen = as_person(places, places.chen)
    address = f"/schools/teachers/{places.wang.pk}/move/"
    assert (
        'data-testid="move-teacher"'
        in chen.get(f"/schools/teachers/{places.wang.pk}/").content.decode()
    )
    for unknown in ("固始县第一小学", "S9999", ""):
        answer = chen.post(address, {"unit": unknown, "on": "2026-03-02"})
        assert answer.status_code == 422
    assert places.wang.employments.get().unit == places.school
    moved = chen.post(address, {"unit": "浉河区第二小学", "on": "2026-03-02"})
    assert moved.status_code == 302
    assert places.wang.employments.get(ends_on=None).unit == places.sibling
    assert chen.post(address, {"unit": "s0001", "on": "2026-04-01"}).status_code == 302
    assert places.wang.employments.get(ends_on=None).unit == places.school
    zhao = as_person(places, places.zhao)
    assert zhao.get(address).status_code == 404


def test_a_refused_move_tells_why_and_changes_nothing(places):
    services.give_post(actor=None, teacher=places.wang, role="editor", unit=a_bureau())
    chen = as_person(places, places.chen)
    answer = chen.post(
        f"/schools/teachers/{places.wang.pk}/move/", {"unit": "S0002", "on": "2026-03-02"}
    )
    assert answer.status_code == 422
    assert "还担任上级单位的职务" in answer.content.decode()
    assert places.wang.employments.get().unit == places.school


def test_who_leaves_keeps_the_account_and_loses_the_posts(places):
    zhao = as_person(places, places.zhao)
    answer = zhao.post(f"/schools/teachers/{places.li.pk}/leave/", {"on": "2026-03-02"})
    assert answer.status_code == 302
    assert places.li.employments.get().ends_on == date(2026, 3, 2)
    assert places.li.posts.get().ends_on == date(2026, 3, 2)
    assert places.user(places.li).is_active
    assert zhao.post(f"/schools/teachers/{places.wang.pk}/leave/", {"on": ""}).status_code == 422
    shi = as_person(places, places.shi)
    assert shi.post(f"/schools/teachers/{places.wang.pk}/leave/", {"on": "x"}).status_code == 404
    assert places.wang.employments.get().ends_on is None


def test_an_officer_adds_and_corrects_a_school_the_bureau_a_county(places):
    chen, county = as_person(places, places.chen), a_county()
    form = {"code": "s0009", "name": " 浉河区 第九小学 ", "stage": "primary"}
    assert chen.get(f"/schools/units/{county.pk}/units/").status_code == 200
    assert chen.post(f"/schools/units/{county.pk}/units/", form).status_code == 302
    school = Unit.objects.get(code="S0009")
    assert (school.name, school.path) == ("浉河区第九小学", f"{county.path}S0009/")
    address = f"/schools/units/{school.pk}/correction/"
    assert chen.get(address).status_code == 200
    assert chen.post(address, {"name": "浉河区第九学校", "stage": "nine_year"}).status_code == 302
    school.refresh_from_db()
    assert (school.name, school.stage) == ("浉河区第九学校", "nine_year")
    assert AuditEvent.objects.get(verb="unit.corrected").detail == {"columns": ["name", "stage"]}
    assert chen.post(f"/schools/units/{county.pk}/correction/", {"name": "X"}).status_code == 404
    zheng = as_person(places, places.zheng)
    answer = zheng.post(f"/schools/units/{county.pk}/correction/", {"name": "浉河"})
    assert answer.status_code == 302
    new = zheng.post(f"/schools/units/{a_bureau().pk}/units/", {"code": "411599", "name": "新区"})
    assert new.status_code == 302
    assert Unit.objects.get(code="411599").kind == "county"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"code": "S0002"}, "已属于另一个单位"),
        ({"code": "S0002", "name": "浉河区第二小学"}, ""),
        ({"code": "学校1"}, "不是有效的代码"),
        ({"stage": ""}, "请填写这一项。"),
        ({"name": "　"}, "请填写这一项。"),
    ],
)
def test_a_wrong_school_is_asked_again(places, values, text):
    form = {"code": "S0009", "name": "浉河区第九小学", "stage": "primary", **values}
    before = Unit.objects.count()
    answer = as_person(places, places.chen).post(f"/schools/units/{a_county().pk}/units/", form)
    assert answer.status_code == (422 if text else 302)
    assert text in answer.content.decode()
    assert Unit.objects.count() == before


def test_who_keeps_no_schools_adds_and_corrects_none(places):
    for person in (places.li, places.zhao, places.shi):
        actor = places.user(person)
        with pytest.raises(Missing):
            services.add_unit(
                actor=actor,
                kind="school",
                code="S0009",
                name="第九小学",
                parent=a_county(),
                stage="primary",
            )
        with pytest.raises(Missing):
            services.correct_unit(actor=actor, unit=places.school, name="X", stage="primary")
        with pytest.raises(Missing):
            services.correct_teacher(actor=places.user(places.shi), teacher=places.wang, name="X")
    assert not Unit.objects.filter(code="S0009").exists()
    assert Unit.objects.get(pk=places.school.pk).name == "浉河区第一小学"


def test_a_namesake_school_is_named_by_its_code(places):
    Unit.objects.filter(pk=places.sibling.pk).update(name="实验小学")
    services.add_unit(
        actor=None,
        kind="school",
        code="S0010",
        name="实验小学",
        parent=a_county(),
        stage="primary",
    )
    chen = as_person(places, places.chen)
    address = f"/schools/teachers/{places.wang.pk}/move/"
    answer = chen.post(address, {"unit": "实验小学", "on": "2026-03-02"})
    assert "有几个同名单位" in answer.content.decode()
    assert chen.post(address, {"unit": "S0010", "on": "2026-03-02"}).status_code == 302


def test_a_post_from_the_list_is_ended_earlier_or_called_off(places):
    zhao = as_person(places, places.zhao)
    a_teacher("周涛", school=places.school, number="N5")
    form = {"role": "grade_head", "starts_on": "2026-09-01"}
    address = f"/schools/teachers/{places.wang.pk}/"
    assert zhao.post(f"{address}posts/", form).status_code == 302
    post = places.wang.posts.get()
    assert 'value="2026-09-01"' in zhao.get(address).content.decode()
    end = f"/schools/posts/{post.pk}/end/"
    assert zhao.post(end, {"ends_on": "2026-12-01"}).status_code == 302
    assert 'data-testid="end-post"' in zhao.get(address).content.decode()
    assert zhao.post(end, {"ends_on": "2027-01-01"}).status_code == 409
    assert zhao.post(end, {"ends_on": "2026-09-01"}).status_code == 302
    page = zhao.get(address).content.decode()
    assert "未开始即取消" in page
    assert 'data-testid="end-post"' not in page
