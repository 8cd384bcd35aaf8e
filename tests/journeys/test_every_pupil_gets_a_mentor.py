"""Pupils come by the roster, the principal reads who lacks what, mends it and publishes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from core import clock
from mentoring import services
from mentoring.models import MentorAssignment
from schools.models import Pupil, Role, Teacher
from schools.rules.grades import autumn_by_custom
from tests.mentoring.build import a_term
from tests.people import a_school, a_teacher

OpenPage = Callable[..., Page]
WIDTHS = (390, 1366)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAMES = ("林小雨", "林小雪", "高子涵", "周一鸣", "陈思远", "何静怡", "吴昊天")
FULL = 1
RUN = re.compile(r"/mentoring/assignments/[0-9a-f-]{36}/$")

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def roster_of_pupils(path: Path, entry: int) -> Path:
    """One class led by 王芳 and taught by 李强, seven pupils, two of them sisters."""
    book = openpyxl.Workbook()
    sheets = {
        "班级": [["学校代码", "入学年份", "班号", "班主任工号"], ["S0001", str(entry), "1", "T1"]],
        "教师": [
            ["学校代码", "工号", "姓名", "手机", "职务", "任课班级"],
            ["S0001", "T2", "李强", "", "", f"{entry}级1班"],
        ],
        "学生": [
            [
                "学校代码",
                "学籍号",
                "姓名",
                "性别",
                "入学年份",
                "班号",
                "监护人",
                "监护人手机",
                "家庭编号",
            ],
            *(
                ["S0001", f"G{place}", name, "女", str(entry), "1"]
                + (["林海", "13900000001", "F1"] if name.startswith("林") else ["", "", ""])
                for place, name in enumerate(NAMES)
            ),
        ],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


@pytest.fixture
def school() -> None:
    place, today = a_school("浉河区第一小学"), clock.today()
    a_teacher("王芳", school=place, number="T1", posts=[Role.CLASS_TEACHER])
    a_teacher("李强", school=place, number="T2")
    a_teacher("赵敏", school=place, number="P1", posts=[Role.PRINCIPAL])
    a_teacher("赵静", school=place, number="A1", posts=[Role.SCHOOL_ADMIN])
    a_term("2099-1", today - timedelta(days=3), date(2099, 7, 11))


def in_state(page: Page, state: str) -> None:
    expect(page.get_by_test_id("roster")).to_have_attribute("data-state", state)


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_roster_to_the_mentors(
    width: int,
    school: None,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    deliver: Callable[[], int],
    tmp_path: Path,
):
    page = browser_page(width, expect=(404,))
    sign_in(page, "a1")
    page.goto("/schools/imports/")
    entry = autumn_by_custom(clock.today()) - 1
    page.get_by_test_id("roster-file").set_input_files(
        roster_of_pupils(tmp_path / "学生名册.xlsx", entry)
    )
    page.get_by_test_id("upload").click()
    in_state(page, "reading")
    deliver()
    in_state(page, "previewed")
    expect(page.get_by_test_id("count-rejected")).to_have_text("0")
    axe(page)
    page.get_by_test_id("confirm-import").click()
    in_state(page, "applying")
    deliver()
    in_state(page, "done")
    assert sorted(Pupil.objects.values_list("name", flat=True)) == sorted(NAMES)
    assert Pupil.objects.values("household").distinct().count() == 6

    principal = Teacher.objects.get(staff_number="P1").user
    for teacher in Teacher.objects.all():
        services.limit_mentor(
            actor=principal,
            teacher=teacher,
            soft_cap=FULL,
            hard_cap=FULL,
            reason="本学期试行",
            starts_on=clock.today(),
        )
    sign_in(page, "p1")
    page.goto("/home/")
    page.get_by_test_id("home-assignment").get_by_role("link").last.click()
    axe(page)
    page.get_by_test_id("compute").dblclick()
    page.wait_for_url(RUN)
    deliver()
    expect(page.get_by_test_id("shortage")).to_contain_text("3")
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_test_id("repair-reason-0").fill("班额所限，本学期先这样安排")
    first = page.url
    page.get_by_test_id("take-way-0").click()
    page.wait_for_url(lambda address: address != first and bool(RUN.search(address)))
    deliver()
    expect(page.get_by_test_id("pairs")).to_contain_text("林小雨")
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
    assert not MentorAssignment.objects.exists()
    page.get_by_test_id("reason").fill("新学期结对")
    page.get_by_test_id("publish").click()
    expect(page.locator(".messages")).to_contain_text("已发布")
    assert MentorAssignment.objects.on(clock.today()).count() == len(NAMES)

    sign_in(page, "t2")
    page.goto("/mentoring/")
    own = MentorAssignment.objects.filter(mentor__staff_number="T2").count()
    expect(page.get_by_test_id("caseload").locator("li")).to_have_count(own)
    axe(page)
    page.goto("/mentoring/assignments/")
    expect(page.locator("h1")).to_contain_text("没有找到页面")
