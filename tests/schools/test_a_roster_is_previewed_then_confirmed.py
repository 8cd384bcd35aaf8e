"""Import in two stages, by the people who keep rosters."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice, User
from core.errors import Missing
from core.models import AuditEvent, Job, OutboxEvent
from core.workbooks import WorkbookRefused
from schools import services
from schools.models import Employment, Post, Role, RosterImport, Teacher, Unit
from tests.people import a_bureau, a_county, a_school, a_teacher
from tests.schools.rosters import counts, problems, roster_xlsx, teachers_csv, uploaded

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def school(at) -> Unit:
    at("2026-03-02T09:00:00+08:00")
    return a_school("浉河区第一小学")


@pytest.fixture
def admin(school) -> User:
    return a_teacher("赵静", school=school, posts=[Role.SCHOOL_ADMIN], number="A0").user


@pytest.fixture
def officer(school) -> User:
    return a_teacher("陈刚", school=a_county(), posts=[Role.COUNTY_OFFICER], number="C0").user


@pytest.fixture
def stranger(school) -> User:
    elsewhere = a_school("固始县第一小学", county=a_county("固始县"))
    return a_teacher("石磊", school=elsewhere, posts=[Role.SCHOOL_ADMIN], number="X0").user


def confirmed(actor, roster, deliver) -> RosterImport:
    services.confirm_roster(actor=fresh(actor), roster=roster)
    deliver()
    roster.refresh_from_db()
    return roster


def test_a_school_admin_imports_new_teachers(school, admin, deliver):
    data = roster_xlsx([["S0001", "007", "王芳", "13800000001", "班主任、心理教师", ""]])
    roster = uploaded(admin, school, data, deliver)
    assert roster.state == "previewed"
    assert counts(roster) == (1, 0, 0, 0)
    assert not Teacher.objects.filter(name="王芳").exists()

    confirmed(admin, roster, deliver)
    assert roster.state == "done"
    wang = Teacher.objects.get(staff_number="007")
    assert (wang.name, wang.pinyin, wang.initials) == ("王芳", "wangfang", "wf")
    assert wang.phone == "13800000001"
    assert wang.user is None
    employment = wang.employments.get()
    assert (employment.unit, employment.starts_on) == (school, date(2026, 3, 2))
    assert set(wang.posts.values_list("role", flat=True)) == {
        "class_teacher",
        "psychology_teacher",
    }
    audit = AuditEvent.objects.get(verb="roster.imported")
    assert audit.actor_id == admin.pk
    assert audit.unit_path == "/XY/411502/S0001/"
    assert audit.detail == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 0}
    assert OutboxEvent.objects.filter(kind="schools.events.RosterImported").count() == 1
    notice = Notice.objects.get(user=admin)
    assert notice.words == "名册已导入：新增 1 行，更新 0 行，退回 0 行。"
    assert notice.url == f"/schools/imports/{roster.pk}/"


def test_the_same_file_again_changes_nothing(school, admin, deliver):
    data = roster_xlsx([["S0001", "007", "王芳", "", "班主任", ""]])
    confirmed(admin, uploaded(admin, school, data, deliver), deliver)
    again = uploaded(admin, school, data, deliver)
    assert counts(again) == (0, 0, 1, 0)
    confirmed(admin, again, deliver)
    assert Teacher.objects.filter(staff_number="007").count() == 1
    assert Employment.objects.filter(teacher__staff_number="007").count() == 1
    assert Post.objects.filter(teacher__staff_number="007").count() == 1


def test_good_rows_go_in_and_bad_rows_come_back_with_row_column_and_code(
    school, admin, stranger, deliver
):
    other = Unit.objects.get(name="固始县第一小学")
    data = roster_xlsx(
        [
            ["S0001", "B1", "王芳", "13800000001", "", ""],
            ["S0001", "B2", "王芳2", "", "", ""],
            ["S0001", "4.13E+17", "李明", "", "", ""],
            [other.code, "B4", "周涛", "", "", ""],
            ["S9999", "B5", "周涛", "", "", ""],
            ["S0001", "X0", "石磊", "", "", ""],
            ["S0001", "B7", "吴敏", "123", "皇帝", ""],
            ["Ｓ０００１", "Ｂ８", "郑　华", "１３８００００００１８", "", ""],
        ]
    )
    roster = uploaded(admin, school, data, deliver)
    expected = [
        (3, "姓名", "bad_name"),
        (4, "工号", "number_damaged"),
        (5, "学校代码", "school_not_yours"),
        (6, "学校代码", "school_not_yours"),
        (7, "工号", "employed_elsewhere"),
        (8, "手机", "bad_phone"),
        (8, "职务", "unknown_post"),
    ]
    assert problems(roster) == expected
    assert counts(roster) == (2, 0, 0, 6)
    confirmed(admin, roster, deliver)
    assert problems(roster) == expected
    assert set(
        Teacher.objects.filter(staff_number__startswith="B").values_list("name", "phone")
    ) == {
        ("王芳", "13800000001"),
        ("郑华", "13800000018"),
    }
    assert Teacher.objects.get(staff_number="X0").employments.get().unit == other


def test_changes_are_shown_before_and_after(school, admin, deliver):
    a_teacher("李明", school=school, number="B1", phone="13800000001", posts=["class_teacher"])
    data = teachers_csv(["S0001", "B1", "李鸣", "13800000002", "年级组长"], encoding="gbk")
    roster = uploaded(admin, school, data, deliver)
    assert roster.lines.get().changes == {
        "姓名": ["李明", "李鸣"],
        "手机": ["13800000001", "13800000002"],
        "职务": ["class_teacher", "class_teacher,grade_head"],
    }
    confirmed(admin, roster, deliver)
    li = Teacher.objects.get(staff_number="B1")
    assert (li.name, li.pinyin, li.phone) == ("李鸣", "liming", "13800000002")
    assert li.user is not None
    assert li.user.name == "李鸣"
    assert li.posts.count() == 2


def test_a_county_officer_adds_a_school_and_moves_a_teacher(school, officer, deliver):
    li = a_teacher("李明", school=school, number="B1", posts=["class_teacher"])
    data = roster_xlsx(
        teachers=[["S0003", "B1", "李明", "", "", ""]],
        schools=[
            ["S0003", "浉河区第三小学", "浉河区", "小学"],
            ["S0001", "浉河区实验小学", "411502", "九年一贯制"],
        ],
    )
    roster = uploaded(officer, a_county(), data, deliver)
    assert counts(roster) == (1, 2, 0, 0)
    confirmed(officer, roster, deliver)
    third = Unit.objects.get(code="S0003")
    assert (third.path, third.stage, third.parent) == ("/XY/411502/S0003/", "primary", a_county())
    school.refresh_from_db()
    assert (school.name, school.stage) == ("浉河区实验小学", "nine_year")
    assert [(e.unit, e.ends_on) for e in li.employments.order_by("starts_on")] == [
        (school, date(2026, 3, 2)),
        (third, None),
    ]
    assert li.posts.get().ends_on == date(2026, 3, 2)
    assert OutboxEvent.objects.filter(kind="schools.events.TeacherMoved").count() == 1


def test_only_who_keeps_the_roster_may_upload_see_and_confirm(school, admin, stranger, deliver):
    data = roster_xlsx([["S0001", "007", "王芳", "", "", ""]])
    principal = a_teacher("李明", school=school, posts=[Role.PRINCIPAL]).user
    for person in (stranger, principal):
        with pytest.raises(Missing):
            services.upload_roster(actor=person, unit=school, file=io.BytesIO(data), name="a.xlsx")
    assert RosterImport.objects.count() == 0
    roster = uploaded(admin, school, data, deliver)
    for person in (stranger, principal):
        for verb in (services.confirm_roster, services.cancel_roster, services.take_as_partial):
            with pytest.raises(Missing):
                verb(actor=person, roster=roster)
    roster.refresh_from_db()
    assert roster.state == "previewed"


def test_an_admin_whose_post_ended_imports_nothing(school, admin, deliver):
    roster = uploaded(admin, school, roster_xlsx([["S0001", "7", "王芳"]]), deliver)
    services.confirm_roster(actor=fresh(admin), roster=roster)
    Post.objects.update(ends_on=date(2026, 3, 2))
    deliver()
    roster.refresh_from_db()
    assert (roster.state, roster.refusal_code) == ("refused", "rights_ended")
    assert not Teacher.objects.filter(name="王芳").exists()


def test_nobody_makes_himself_principal_by_a_file(school, admin, deliver):
    data = roster_xlsx([["S0001", "A0", "赵静", "", "校长", ""]])
    roster = uploaded(admin, school, data, deliver)
    assert problems(roster) == [(2, "职务", "own_post")]


def test_what_became_wrong_since_the_preview_is_rejected_at_commit(school, admin, deliver):
    a_teacher("李明", school=school, number="B1", phone="13800000001")
    a_teacher("吴敏", school=school, number="B2", phone="13800000002")
    data = roster_xlsx(
        [
            ["S0001", "B1", "李鸣", "", "", ""],
            ["S0001", "B2", "吴民", "", "", ""],
            ["S0001", "B3", "周涛", "13800000003", "", ""],
            ["S0001", "B4", "郑华", "", "", ""],
            ["S0001", "B5", "何平", "", "", ""],
        ]
    )
    roster = uploaded(admin, school, data, deliver)
    assert counts(roster) == (3, 2, 0, 0)
    Teacher.objects.filter(staff_number="B1").update(name="李铭")
    Teacher.objects.filter(staff_number="B2").update(name="吴民")
    a_teacher("孙丽", school=school, number="B9", phone="13800000003")
    a_teacher("郑华", school=school, number="B4")
    confirmed(admin, roster, deliver)
    assert counts(roster) == (1, 0, 2, 2)
    assert problems(roster) == [(2, "姓名", "changed_meanwhile"), (4, "手机", "phone_taken")]
    assert Teacher.objects.get(staff_number="B1").name == "李铭"
    assert not Teacher.objects.filter(staff_number="B3").exists()


def test_uploading_twice_gives_one_import(school, admin, deliver):
    data = roster_xlsx([["S0001", "007", "王芳"]])
    first = services.upload_roster(actor=admin, unit=school, file=io.BytesIO(data), name="a.xlsx")
    second = services.upload_roster(actor=admin, unit=school, file=io.BytesIO(data), name="b.xlsx")
    assert first == second
    assert Job.objects.count() == 1
    deliver()
    third = services.upload_roster(actor=admin, unit=school, file=io.BytesIO(data), name="a.xlsx")
    assert third == first


def test_confirming_twice_imports_once(school, admin, deliver):
    roster = uploaded(admin, school, roster_xlsx([["S0001", "007", "王芳"]]), deliver)
    services.confirm_roster(actor=admin, roster=roster)
    services.confirm_roster(actor=admin, roster=roster)
    deliver()
    assert services.confirm_roster(actor=admin, roster=roster).state == "done"
    services.apply_roster(actor=admin, roster_id=roster.pk)
    assert Teacher.objects.filter(staff_number="007").count() == 1
    assert AuditEvent.objects.filter(verb="roster.imported").count() == 1
    assert Job.objects.filter(kind="schools.apply_roster").count() == 1


def test_a_cancelled_import_cannot_be_confirmed(school, admin, deliver):
    roster = uploaded(admin, school, roster_xlsx([["S0001", "007", "王芳"]]), deliver)
    services.cancel_roster(actor=admin, roster=roster)
    services.cancel_roster(actor=admin, roster=roster)
    assert roster.state == "cancelled"
    with pytest.raises(services.NotConfirmable):
        services.confirm_roster(actor=admin, roster=roster)
    assert not Teacher.objects.filter(name="王芳").exists()


def test_an_upload_whose_person_lost_the_post_is_not_read(school, admin, deliver):
    roster = services.upload_roster(
        actor=admin, unit=school, file=io.BytesIO(b"x"), name="C:\\temp\\名册.xlsx"
    )
    assert roster.file_name == "名册.xlsx"
    Post.objects.update(ends_on=date(2026, 3, 2))
    deliver()
    roster.refresh_from_db()
    assert (roster.state, roster.refusal_code) == ("refused", "rights_ended")
    examination = services.examine_roster(roster_id=roster.pk)
    services.store_preview(roster_id=roster.pk, examination=examination)
    assert roster.lines.count() == 0


def test_a_person_without_employer_comes_back_under_the_own_name(school, admin, deliver):
    for number, name in (("B1", "李明"), ("B2", "周涛")):
        gone = a_teacher(name, school=school, number=number, phone=f"1380000000{number[1]}")
        services.move_teacher(actor=None, teacher=gone, unit=None, on=date(2026, 1, 1))
    rows = [["S0001", "B1", "李明", "13800000001"], ["S0001", "B2", "孙丽"]]
    roster = uploaded(admin, school, roster_xlsx(rows), deliver)
    assert problems(roster) == [(3, "工号", "number_taken")]
    confirmed(admin, roster, deliver)
    li = Teacher.objects.get(staff_number="B1")
    assert [(e.starts_on, e.ends_on) for e in li.employments.order_by("starts_on")] == [
        (date(2020, 9, 1), date(2026, 1, 1)),
        (date(2026, 3, 2), None),
    ]


def test_an_empty_file_and_a_broken_file_are_refused_in_words(school, admin, deliver):
    empty = uploaded(admin, school, roster_xlsx(), deliver)
    assert (empty.state, empty.refusal_code) == ("refused", "empty")
    broken = uploaded(admin, school, b"PK\x03\x04 no zip", deliver)
    assert (broken.state, broken.refusal_code) == ("refused", "workbook_damaged")
    assert broken.refusal.startswith("文件已损坏")
    with pytest.raises(services.NotConfirmable):
        services.confirm_roster(actor=admin, roster=broken)
    for content, code in ((b"", "workbook_empty_file"), (b"x" * 10_485_761, "workbook_too_large")):
        with pytest.raises(WorkbookRefused) as caught:
            uploaded(admin, school, content, deliver)
        assert caught.value.code == code


def test_half_a_roster_is_refused_until_it_is_called_partial(school, admin, deliver):
    for number in range(9):
        a_teacher("王芳", school=school, number=f"B{number}", with_user=False)
    data = roster_xlsx(
        [["S0001", f"B{number}", "王芳", f"1380000000{number}"] for number in range(5)]
    )
    roster = uploaded(admin, school, data, deliver)
    assert (roster.state, roster.refusal_code) == ("refused", "much_smaller")
    assert "S0001" in roster.refusal
    assert not Teacher.objects.exclude(phone="").exists()
    assert {"code": "absent", "params": {"count": 5}} in roster.notes
    services.take_as_partial(actor=admin, roster=roster)
    roster.refresh_from_db()
    assert roster.notes == []
    confirmed(admin, roster, deliver)
    assert Teacher.objects.exclude(phone="").count() == 5
    with pytest.raises(services.NotPartial):
        services.take_as_partial(actor=admin, roster=roster)


def test_a_mended_error_workbook_counts_as_partial(school, admin, deliver):
    for number in range(9):
        a_teacher("王芳", school=school, number=f"B{number}", with_user=False)
    lines = ["学校代码,工号,姓名,原因", "S0001,B0,王方,工号：没有填写。"]
    roster = uploaded(admin, school, "\n".join(lines).encode(), deliver)
    assert (roster.state, roster.notes) == ("previewed", [])


def test_notes_tell_what_was_not_imported(school, admin, deliver):
    head = "学校代码,工号,姓名,备注"
    roster = uploaded(admin, school, f"{head}\nS0001,B1,王芳,好\n".encode(), deliver)
    assert roster.notes == [
        {"code": "ignored_columns", "params": {"names": "备注"}},
        {"code": "no_phone", "params": {"count": 1}},
        {"code": "absent", "params": {"count": 1}},
    ]


def test_the_file_is_forgotten_once_it_is_read(school, admin, deliver):
    roster = uploaded(admin, school, roster_xlsx([["S0001", "007", "王芳"]]), deliver)
    assert roster.content is None
    assert "王芳" not in str(list(Job.objects.values_list("payload", flat=True)))


@pytest.mark.endurance
def test_ten_thousand_rows_go_in_with_few_queries(at, deliver):
    at("2026-03-02T09:00:00+08:00")
    schools = [a_school(f"学校{number}") for number in range(20)]
    chief = a_teacher("郑华", school=a_bureau(), posts=[Role.BUREAU_OFFICER], number="C0").user
    rows = [
        [schools[number % 20].code, f"N{number:05}", "王芳", f"138{number:08}", "班主任"]
        for number in range(9_700)
    ]
    rows += [["S9999", f"N{number:05}", "王芳"] for number in range(9_700, 9_850)]
    rows += [[schools[0].code, f"N{number:05}", "王芳9"] for number in range(9_850, 10_000)]
    roster = uploaded(chief, a_bureau(), roster_xlsx(rows), deliver)
    assert counts(roster) == (9_700, 0, 0, 300)
    services.confirm_roster(actor=chief, roster=roster)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.apply_roster(actor=fresh(chief), roster_id=roster.pk)
    assert len(queries) <= 600
    assert Teacher.objects.filter(staff_number__startswith="N").count() == 9_700
    assert Post.objects.filter(role="class_teacher").count() == 9_700
    again = uploaded(chief, a_bureau(), roster_xlsx([*rows, rows[0]]), deliver)
    assert counts(again) == (0, 0, 9_700, 301)
