"""Selectors, single entries, accounts and exports."""

from __future__ import annotations

import io
from datetime import date
from importlib import import_module

import openpyxl
import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from core.errors import Missing
from core.models import AuditEvent
from core.throttle import Throttled
from schools import selectors, services
from schools.models import (
    CalendarDay,
    Employment,
    HelpLine,
    ImportLine,
    Role,
    RosterImport,
    Teacher,
    Term,
    Unit,
)
from schools.selectors import staff
from tests.people import a_bureau, a_county, a_school, a_teacher


def test_where_a_person_works_on_a_day(places):
    services.move_teacher(
        actor=None, teacher=places.wang, unit=places.sibling, on=date(2026, 3, 10)
    )
    assert selectors.unit_of(places.wang, date(2026, 3, 9)) == places.school
    assert selectors.unit_of(places.wang, date(2026, 3, 10)) == places.sibling
    assert selectors.unit_of(places.wang, date(2019, 1, 1)) is None
    assert selectors.teacher_of(places.user(places.wang)) == places.wang
    assert selectors.county_of(places.school) == a_county()
    assert selectors.county_of(a_bureau()) is None


def test_every_thing_of_the_register_has_a_name(places):
    year, _new = services.add_school_year(
        actor=None, name="2025—2026学年", starts_on=date(2025, 9, 1), ends_on=date(2026, 9, 1)
    )
    year, _new = services.add_school_year(
        actor=None, name="2025—2026学年", starts_on=date(2025, 9, 1), ends_on=date(2026, 9, 1)
    )
    term = Term(school_year=year, name="第一学期")
    day = CalendarDay(day=date(2026, 5, 1), kind="holiday")
    line = HelpLine(name="青少年服务台", number="12355")
    roster = RosterImport(file_name="名册.xlsx")
    things = [
        year, term, day, line, roster, ImportLine(sheet="教师", number=3),
        places.school, places.wang, places.wang.employments.get(), places.li.posts.get(),
    ]  # fmt: skip
    assert [str(thing) for thing in things] == [
        "2025—2026学年", "第一学期", "2026-05-01 放假", "青少年服务台 12355", "名册.xlsx",
        "教师 3", "浉河区第一小学", "王芳", "王芳 浉河区第一小学 2020-09-01",
        "李明 校长 浉河区第一小学",
    ]  # fmt: skip
    assert selectors.teacher_of(AnonymousUser()) is None
    bureau, _new = services.add_unit(actor=None, kind="bureau", code="XY", name="信阳市教育体育局")
    assert bureau == a_bureau()


def test_the_calendar_knows_the_days_of_lessons(db):
    year, _new = services.add_school_year(
        actor=None, name="2025—2026学年", starts_on=date(2025, 9, 1), ends_on=date(2026, 9, 1)
    )
    values = {"school_year": year, "code": "2026-2", "name": "第二学期"}
    term, _new = services.add_term(
        actor=None, **values, starts_on=date(2026, 2, 23), ends_on=date(2026, 7, 1)
    )
    assert services.add_term(
        actor=None, **values, starts_on=date(2026, 2, 23), ends_on=date(2026, 7, 1)
    ) == (term, False)
    services.mark_day(actor=None, day=date(2026, 4, 6), kind="holiday", name="清明节")
    services.mark_day(actor=None, day=date(2026, 4, 11), kind="workday")
    assert CalendarDay.objects.count() == 2
    assert selectors.school_days(date(2026, 4, 4), date(2026, 4, 13)) == [
        date(2026, 4, day) for day in (7, 8, 9, 10, 11)
    ]
    assert selectors.school_days(date(2026, 7, 1), date(2026, 7, 8)) == []
    assert selectors.term_on(date(2026, 6, 30)) == term
    assert selectors.term_on(date(2026, 7, 1)) is None
    assert selectors.school_year_on(date(2026, 8, 31)) == year


def test_help_lines_hold_for_their_dates(db):
    before = set(selectors.help_lines(date(2026, 1, 1)).values_list("number", flat=True))
    line, _new = services.open_help_line(
        actor=None, number="0376-6666666", name="信阳市心理热线", starts_on=date(2026, 1, 1)
    )
    with pytest.raises(services.LineStands) as caught:
        services.open_help_line(
            actor=None, number="0376-6666666", name="别名", starts_on=date(2026, 2, 1)
        )
    assert "从2026年1月1日起已登记为“信阳市心理热线”" in str(caught.value)
    services.close_help_line(actor=None, line=line, ends_on=date(2026, 3, 1))
    numbers = set(selectors.help_lines(date(2026, 2, 28)).values_list("number", flat=True))
    assert numbers - before == {"0376-6666666"}
    assert line not in selectors.help_lines(date(2026, 3, 1))


def test_the_national_lines_are_there_from_the_beginning(db):
    HelpLine.objects.all().delete()
    import_module("schools.migrations.0002_national_help_lines").add(apps, None)
    numbers = set(selectors.help_lines(date(2026, 1, 1)).values_list("number", flat=True))
    assert {"110", "120", "12356", "12355"} <= numbers
    assert "12356" not in set(
        selectors.help_lines(date(2025, 4, 30)).values_list("number", flat=True)
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["李明", "王芳", "赵静"]),
        ("王", ["王芳"]),
        ("wang", ["王芳"]),
        ("WangFang", ["王芳"]),
        ("wf", ["王芳"]),
        ("ｗｆ", ["王芳"]),
        ("a1", ["王芳"]),
        ("13800000001", ["王芳"]),
        ("138", []),
        ("%", []),
        ("石磊", []),
        ("\x00", ["李明", "王芳", "赵静"]),
    ],
)
def test_people_are_found_by_name_pinyin_initials_number_and_phone(places, query, names):
    found = staff.staff_of(places.user(places.zhao), places.school, query)
    assert list(found.values_list("name", flat=True)) == names


def test_units_are_found_by_name_and_code(places, django_assert_num_queries):
    chief = places.user(places.zheng)
    with django_assert_num_queries(3):
        units = list(staff.units_for(chief, "固始"))
    assert [unit.name for unit in units] == ["固始县", "固始县第一小学"]
    assert [unit.staff_count for unit in units] == [None, 1]
    assert list(staff.units_for(chief, "s0001")) == [places.school]
    assert staff.units_for(places.user(places.wang)).count() == 0
    assert list(staff.children_of(chief, a_county())) == [places.school, places.sibling]
    assert not staff.children_of(chief, places.school).exists()


def test_units_and_people_are_added_once_and_only_within_reach(places):
    officer = places.user(places.chen)
    values = {"kind": "school", "code": "s0009", "name": "浉河区第九小学", "stage": "primary"}
    school, _new = services.add_unit(actor=officer, parent=a_county(), **values)
    assert services.add_unit(actor=officer, parent=a_county(), **values) == (school, False)
    assert school.path == "/XY/411502/S0009/"
    with pytest.raises(Missing):
        services.add_unit(actor=officer, parent=a_county("固始县"), **values)
    with pytest.raises(services.WrongParent):
        services.add_unit(actor=officer, parent=a_bureau(), **values)
    teacher, _new = services.add_teacher(
        actor=officer, unit=school, staff_number=" k1 ", name="单 雄信", phone="138 0000 0009"
    )
    assert (teacher.staff_number, teacher.name, teacher.pinyin) == ("K1", "单雄信", "shanxiongxin")
    assert teacher.employments.get().unit == school
    again = services.add_teacher(actor=None, unit=school, staff_number="K1", name="x")
    assert again == (teacher, False)
    with pytest.raises(Missing):
        services.add_teacher(actor=officer, unit=places.far, staff_number="K2", name="王五")
    assert Teacher.objects.filter(staff_number="K2").count() == 0
    assert AuditEvent.objects.count() == 2


def test_accounts_are_opened_by_slips_for_people_without_one(places):
    sun = a_teacher("孙丽", school=places.school, number="N1", phone="13800000011", with_user=False)
    zhou = a_teacher("周涛", school=places.school, number="N2", with_user=False)
    User.objects.create_user("n2", None, name="别人")
    opened = services.open_accounts(actor=places.user(places.zhao), unit=places.school)
    sun.refresh_from_db()
    zhou.refresh_from_db()
    assert [slip.user for slip in opened.slips] == [sun.user]
    assert (sun.user.username, sun.user.name, sun.user.phone) == ("n1", "孙丽", "13800000011")
    assert not sun.user.has_usable_password()
    assert opened.refused == (zhou,)
    assert zhou.user is None
    assert opened.waiting == 0
    again = services.open_accounts(actor=places.user(places.zhao), unit=places.school)
    assert again.slips == ()


def test_nobody_opens_accounts_out_of_reach_or_above_himself(places):
    a_teacher(
        "钱进", school=places.school, number="N1", with_user=False,
        posts=[(Role.COUNTY_OFFICER, a_county())],
    )  # fmt: skip
    for person in (places.shi, places.li, places.wang):
        with pytest.raises(Missing):
            services.open_accounts(actor=places.user(person), unit=places.school)
    assert services.open_accounts(actor=places.user(places.zhao), unit=places.school).slips == ()
    assert (
        len(services.open_accounts(actor=places.user(places.chen), unit=places.school).slips) == 1
    )


def test_a_phone_of_another_account_is_left_out(places):
    sun = a_teacher("孙丽", school=places.school, number="N1", phone="13800000011", with_user=False)
    User.objects.create_user("other", None, name="别人", phone="13800000011")
    services.open_accounts(
        actor=places.user(places.zhao), unit=places.school, teachers=[sun.pk, places.shi.pk]
    )
    sun.refresh_from_db()
    assert sun.user.phone is None
    with pytest.raises(Missing):
        services.open_account(actor=places.user(places.zhao), teacher=sun)


def sheet(data: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book["教师"].iter_rows()]


def test_a_staff_list_leaves_with_masked_phones_purpose_and_trace(places):
    Teacher.objects.filter(pk=places.wang.pk).update(name="=1+1", pinyin="")
    admin = places.user(places.zhao)
    data = services.export_staff(actor=admin, unit=places.school, purpose="training")
    assert sheet(data)[:2] == [
        ["学校代码", "工号", "姓名", "手机", "职务", "账号"],
        ["S0001", "A1", "=1+1", "138****0001", None, "已开通"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book["教师"]["C2"].data_type == "s"
    trace = AuditEvent.objects.get(verb="schools.staff_exported")
    assert trace.purpose == "training"
    assert trace.detail == {"count": 3, "phones": False}
    mark = book["导出信息"]["A1"].value
    assert mark == f"赵静 于 2026-03-02 09:00 导出，编号 {trace.pk}，仅用于组织培训"
    full = services.export_staff(
        actor=admin, unit=places.school, purpose="training", with_phones=True
    )
    assert sheet(full)[1][3] == "13800000001"
    assert AuditEvent.objects.filter(detail__phones=True).count() == 1


def test_a_staff_list_is_bounded_and_kept_in_reach(places):
    for person in (places.wang, places.li, places.shi):
        with pytest.raises(Missing):
            services.export_staff(actor=places.user(person), unit=places.school, purpose="training")
    people = [Teacher(staff_number=f"M{n:04}", name="王芳") for n in range(500)]
    Teacher.objects.bulk_create(people)
    Employment.objects.bulk_create(
        Employment(teacher=one, unit=places.school, starts_on=date(2026, 1, 1)) for one in people
    )
    admin = places.user(places.zhao)
    with pytest.raises(services.TooManyPeople) as caught:
        services.export_staff(actor=admin, unit=places.school, purpose="training")
    assert str(caught.value) == "一次最多导出 500 人，请按学校分别导出。"
    for _number in range(19):
        services.export_staff(actor=admin, unit=places.school, purpose="training", query="A1")
    with pytest.raises(Throttled):
        services.export_staff(actor=admin, unit=places.school, purpose="training", query="A1")


def test_a_kept_unit_is_named_by_id_or_code(places):
    admin = places.user(places.zhao)
    assert staff.kept_unit(admin, str(places.school.pk)) == places.school
    assert staff.kept_unit(admin, "s0001") == places.school
    for key in (places.sibling.code, "S9999", "", str(a_county().pk)):
        with pytest.raises(Missing):
            staff.kept_unit(admin, key)
    assert list(staff.roster_roots(admin)) == [places.school]
    assert list(staff.roster_roots(places.user(places.wang))) == []
    assert Unit.objects.count() == 6
    assert a_school("浉河区第一小学") == places.school
