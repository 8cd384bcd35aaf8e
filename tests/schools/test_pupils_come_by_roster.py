"""Classes, class teachers, teaching and pupils come by the roster workbook, in two stages."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from core.models import AuditEvent, OutboxEvent
from schools import services
from schools.models import (
    ClassMembership,
    ClassTeacher,
    Guardian,
    Household,
    Post,
    Pupil,
    RosterImport,
    SchoolClass,
    TeachingAssignment,
)
from schools.selectors.imports import lines_of, shown
from tests.people import a_class, a_pupil
from tests.schools.rosters import (
    PUPIL_HEADERS,
    book,
    counts,
    lin,
    problems,
    problems_told,
    uploaded,
)

TODAY = date(2026, 3, 2)


@pytest.fixture
def admin(places) -> User:
    a_class(1, school=places.school)
    return places.user(places.zhao)


@pytest.fixture
def imported(places, admin, deliver):
    """Upload, confirm and write a workbook as 赵静 of the own school."""

    def run(data: bytes, **options) -> RosterImport:
        roster = uploaded(admin, places.school, data, deliver, **options)
        if roster.state != "previewed":
            return roster
        services.confirm_roster(actor=User.objects.get(pk=admin.pk), roster=roster)
        deliver()
        roster.refresh_from_db()
        return roster

    return run


def seats(pupil: Pupil) -> list[tuple[str, date, date | None, str]]:
    return [
        (str(seat.school_class), seat.starts_on, seat.ends_on, seat.end_reason)
        for seat in pupil.memberships.order_by("starts_on", "created_at")
    ]


def test_one_workbook_brings_classes_teachers_and_pupils(places, imported):
    data = book(
        classes=[["S0001", "2025级", "（03）班", "B1"], ["S0001", "2024", "1", "A1"]],
        teachers=[["S0001", "B1", "周涛", "", "", "2024级1班、2025级3班"]],
        pupils=[
            lin(监护人="林建国", 监护人手机="13800000021", 家庭编号="h1"),
            lin("", 姓名="林小雪", 入学年份="2025", 班号="3", 监护人="林建国", 家庭编号="H1"),
        ],
    )
    roster = imported(data)
    assert (roster.state, counts(roster)) == ("done", (4, 1, 0, 0))
    third = SchoolClass.objects.get(entry_year=2025, number=3)
    leader = ClassTeacher.objects.get(school_class=third)
    assert (leader.teacher.name, leader.starts_on) == ("周涛", TODAY)
    zhou = leader.teacher
    assert list(zhou.posts.values_list("role", "starts_on")) == [("class_teacher", TODAY)]
    taught = zhou.teaching.order_by("school_class__entry_year")
    assert [str(row.school_class) for row in taught] == ["2024级1班", "2025级3班"]
    xiaoyu = Pupil.objects.get(name="林小雨")
    assert (xiaoyu.number, xiaoyu.sex, xiaoyu.initials) == ("G1001", "female", "lxy")
    assert seats(xiaoyu) == [("2024级1班", TODAY, None, "")]
    xiaoxue = Pupil.objects.get(name="林小雪")
    assert (xiaoxue.number, seats(xiaoxue)[0][0]) == (None, "2025级3班")
    assert xiaoxue.household == xiaoyu.household
    assert (xiaoyu.household.unit, xiaoyu.household.code) == (places.school, "H1")
    guardian = Guardian.objects.get()
    assert (guardian.name, guardian.phone) == ("林建国", "13800000021")
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"class.added", "class.teacher_named", "class.teaching_assigned", "post.given"} <= verbs


def test_the_same_workbook_again_changes_nothing(imported):
    data = book(
        classes=[["S0001", "2024", "2", "A1"]],
        teachers=[["S0001", "A1", "王芳", "", "", "2024-1"]],
        pupils=[
            lin(监护人="林建国", 监护人手机="13800000021", 家庭编号="H1"),
            lin("", 姓名="高子涵"),
        ],
    )
    imported(data)
    before = [
        model.objects.count()
        for model in (Pupil, ClassMembership, Household, Guardian, ClassTeacher, Post)
    ]
    again = imported(data)
    assert counts(again) == (0, 0, 4, 0)
    assert before == [
        model.objects.count()
        for model in (Pupil, ClassMembership, Household, Guardian, ClassTeacher, Post)
    ]
    assert TeachingAssignment.objects.count() == 1


def test_good_rows_go_in_and_bad_rows_say_row_column_and_reason(places, imported):
    a_pupil("田雨", school_class=a_class(1, school=places.far))
    services.correct_pupil(
        actor=None, pupil=Pupil.objects.get(name="田雨"), name="田雨", sex="female", number="G9"
    )
    rows = [
        lin(),
        lin("4.13E+17"),
        lin("G2", 性别="x"),
        lin("G3", 入学年份="24"),
        lin("G4", 班号="一班"),
        lin("G5", 班号="7"),
        lin("G6", 入学年份="2019"),
        lin("G7", 学校代码="S0003"),
        lin("G8", 监护人手机="13800000021"),
        lin("G9", 姓名="田雨"),
        lin("G10", 姓名="高子涵9"),
        lin("", 姓名="张伟"),
        lin("", 姓名="张伟"),
        lin("G11", 监护人="林建国", 监护人手机="138", 家庭编号="家"),
        lin("G12", 姓名="何苗"),
        lin("G12", 姓名="何淼"),
        lin("413026201805120000", 姓名="唐糖"),
    ]
    roster = imported(book(pupils=rows))
    assert problems_told(roster) == [
        (3, "学籍号", "number_damaged"),
        (4, "性别", "bad_sex"),
        (5, "入学年份", "bad_year"),
        (6, "班号", "bad_class_number"),
        (7, "班号", "no_class"),
        (8, "入学年份", "class_over"),
        (9, "学校代码", "school_not_yours"),
        (10, "监护人", "guardian_missing"),
        (11, "学籍号", "pupil_number_held"),
        (12, "姓名", "bad_name"),
        (13, "姓名", "same_name_twice"),
        (14, "姓名", "same_name_twice"),
        (15, "监护人手机", "bad_phone"),
        (15, "家庭编号", "bad_family"),
        (16, "学籍号", "contradiction"),
        (17, "学籍号", "contradiction"),
        (18, "学籍号", "number_damaged"),
    ]
    assert counts(roster) == (1, 0, 0, 16)
    assert set(Pupil.objects.values_list("name", flat=True)) == {"林小雨", "田雨"}


def test_a_csv_in_gbk_brings_pupils_too(imported):
    text = "\r\n".join([",".join(PUPIL_HEADERS), ",".join(lin(监护人="林建国"))])
    assert counts(imported(text.encode("gbk"))) == (1, 0, 0, 0)


def test_cells_of_a_merged_range_are_not_guessed(imported, monkeypatch):
    import io

    import openpyxl

    sheet = openpyxl.Workbook()
    sheet.active.title = "学生"
    for row in (PUPIL_HEADERS, lin(), lin("G2", 姓名="高子涵")):
        sheet.active.append(row)
    sheet.active.merge_cells("E2:E3")
    stream = io.BytesIO()
    sheet.save(stream)
    roster = imported(stream.getvalue())
    assert problems_told(roster) == [(3, "入学年份", "merged")]


def test_a_pupil_changes_class_name_and_guardian_by_the_file(imported, places):
    a_class(2, school=places.school)
    imported(book(pupils=[lin(监护人="林建国", 监护人手机="13800000021")]))
    pupil = Pupil.objects.get()
    data = book(pupils=[lin(姓名="林晓雨", 班号="2", 监护人="林建国", 监护人手机="13800000022")])
    roster = imported(data)
    assert counts(roster) == (0, 1, 0, 0)
    (line,) = [shown(line) for line in lines_of(roster)]
    assert {(one.column, one.before, one.after) for one in line.changes} == {
        ("姓名", "林小雨", "林晓雨"),
        ("班号", "2024级1班", "2024级2班"),
        ("监护人手机", "138****0021", "138****0022"),
    }
    pupil.refresh_from_db()
    assert (pupil.name, pupil.pinyin, pupil.number) == ("林晓雨", "linxiaoyu", "G1001")
    assert seats(pupil) == [
        ("2024级1班", TODAY, TODAY, "moved_class"),
        ("2024级2班", TODAY, None, ""),
    ]
    assert Guardian.objects.get().phone == "13800000022"
    assert AuditEvent.objects.get(verb="pupil.corrected").detail == {
        "columns": ["姓名", "班号", "监护人手机"]
    }
    event = OutboxEvent.objects.get(kind="schools.events.PupilMoved")
    assert event.payload["pupil_id"] == str(pupil.pk)


def test_a_blank_cell_changes_nothing_and_a_second_guardian_is_added(imported):
    imported(book(pupils=[lin(监护人="林建国", 监护人手机="13800000021", 家庭编号="H1")]))
    assert counts(imported(book(pupils=[lin(监护人="林建国")]))) == (0, 0, 1, 0)
    imported(book(pupils=[lin(监护人="李梅")]))
    home = Household.objects.get()
    assert home.code == "H1"
    assert sorted(home.guardians.values_list("name", flat=True)) == ["李梅", "林建国"]


def test_a_number_is_added_only_where_a_guardian_speaks_for_it(imported):
    imported(book(pupils=[lin("", 监护人="林建国"), lin("", 姓名="高子涵")]))
    roster = imported(
        book(pupils=[lin("G1001", 监护人="林建国"), lin("G1002", 姓名="高子涵", 监护人="高强")])
    )
    assert problems_told(roster) == [(3, "姓名", "namesake")]
    assert Pupil.objects.get(name="林小雨").number == "G1001"
    assert Pupil.objects.get(name="高子涵").number is None


def test_namesakes_are_not_merged(imported, places):
    a_class(2, school=places.school)
    imported(book(pupils=[lin("", 监护人="林建国")]))
    roster = imported(book(pupils=[lin("", 监护人="林卫东")]), partial=True)
    assert problems_told(roster) == [(2, "姓名", "namesake")]
    roster = imported(book(pupils=[lin("", 监护人="林建国", 班号="2")]), partial=True)
    assert problems_told(roster) == [(2, "姓名", "namesake")]
    roster = imported(book(pupils=[lin("", 监护人="林卫东", 班号="2")]), partial=True)
    assert counts(roster) == (1, 0, 0, 0)
    assert Pupil.objects.filter(name="林小雨").count() == 2


def test_a_number_of_somebody_who_left_brings_the_pupil_back(imported, admin):
    imported(book(pupils=[lin(), lin("G2", 姓名="高子涵")]))
    for pupil in Pupil.objects.all():
        services.leave_school(actor=admin, pupil=pupil, reason="left")
    roster = imported(book(pupils=[lin(), lin("G2", 姓名="唐糖")]))
    assert problems_told(roster) == [(3, "学籍号", "pupil_number_held")]
    assert seats(Pupil.objects.get(name="林小雨"))[-1] == ("2024级1班", TODAY, None, "")


def test_a_file_that_tries_out_numbers_leaves_how_many_even_if_nobody_confirms_it(
    admin, places, deliver
):
    far = a_class(1, school=places.far)
    for number, name in (("G7", "罗燕"), ("G8", "罗平")):
        services.add_pupil(actor=None, school_class=far, name=name, sex="male", number=number)
    plain = uploaded(admin, places.school, book(pupils=[lin("G1")]), deliver)
    assert plain.state == "previewed"
    assert not AuditEvent.objects.filter(verb="pupil.number_refused").exists()
    rows = [lin("G7"), lin("G8", 姓名="高子涵"), lin("G9", 姓名="唐糖")]
    roster = uploaded(admin, places.school, book(pupils=rows), deliver)
    trace = AuditEvent.objects.get(verb="pupil.number_refused")
    assert (trace.actor_id, trace.thing_id) == (admin.pk, str(roster.pk))
    assert (trace.unit_path, trace.detail) == (places.school.path, {"numbers": 2, "unchecked": 0})


def test_siblings_whose_rows_differ_about_their_guardian_come_back(imported):
    same = {"监护人": "林建国", "家庭编号": "H1"}
    rows = [lin(监护人手机="13800000021", **same), lin("G2", 监护人手机="13800000022", **same)]
    rows[1][2] = "林小雪"
    assert problems_told(imported(book(pupils=rows))) == [
        (2, "监护人手机", "guardian_differs"),
        (3, "监护人手机", "guardian_differs"),
    ]


def test_a_family_code_gathers_siblings_with_their_guardians(imported):
    imported(book(pupils=[lin(监护人="林建国"), lin("G2", 姓名="林小雪", 监护人="李梅")]))
    imported(book(pupils=[lin(家庭编号="H1"), lin("G2", 姓名="林小雪", 家庭编号="H1")]))
    home = Household.objects.get(code="H1")
    assert sorted(home.pupils.values_list("name", flat=True)) == ["林小雨", "林小雪"]
    assert sorted(home.guardians.values_list("name", flat=True)) == ["李梅", "林建国"]


def test_classes_that_do_not_exist_and_leaders_who_do_not_work_here_are_told(imported, places):
    data = book(
        classes=[
            ["S0001", "2025", "1", "F1"],
            ["S0001", "2025", "2", "A2"],
            ["S0001", "2025", "3", "B1"],
            ["S0001", "2018", "1", ""],
            ["S0001", "2024", "1", ""],
        ],
        teachers=[
            ["S0001", "B1", "周涛", "", "", "2023级9班"],
            ["S0001", "A1", "王芳", "", "", "三年级一班"],
        ],
    )
    roster = imported(data, partial=True)
    assert problems(roster) == [
        (2, "任课班级", "no_class"),
        (3, "任课班级", "bad_class"),
        (2, "班主任工号", "not_on_staff"),
        (3, "班主任工号", "own_post"),
        (4, "班主任工号", "not_on_staff"),
        (5, "入学年份", "class_over"),
    ]
    assert counts(roster) == (0, 0, 1, 6)


def test_a_class_gets_another_class_teacher_by_the_file(imported, places):
    imported(book(classes=[["S0001", "2024", "1", "A1"]]))
    roster = imported(book(classes=[["S0001", "2024", "1", "A3"]]))
    assert roster.lines.get().changes == {"班主任工号": ["A1", "A3"]}
    rows = ClassTeacher.objects.order_by("starts_on")
    assert [(row.teacher.name, row.ends_on) for row in rows] == [("王芳", TODAY), ("李明", None)]
    assert Post.objects.filter(role="class_teacher", ends_on=None).count() == 2


def test_half_the_pupils_of_a_school_are_refused_until_called_partial(imported, places):
    for number in range(8):
        a_pupil(f"学{'一二三四五六七八'[number]}", school_class=a_class(1, school=places.school))
    data = book(pupils=[lin("", 姓名="学一"), lin("", 姓名="学二")])
    roster = imported(data)
    assert (roster.state, roster.refusal_code) == ("refused", "much_smaller")
    assert imported(data, partial=True).state == "done"


def test_an_empty_workbook_is_refused(imported):
    roster = imported(book())
    assert (roster.state, roster.refusal_code) == ("refused", "empty")
