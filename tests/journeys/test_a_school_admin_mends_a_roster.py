"""The keeper of a school's roster uploads a workbook from life, mends it, and prints slips."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from schools.models import Role, Teacher
from tests.people import a_bureau, a_school, a_teacher

OpenPage = Callable[..., Page]
WIDTHS = (390, 1366)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def broken_workbook(path: Path) -> Path:
    """Merged school codes, a number gone scientific, full-width digits, a wrong phone."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "教师"
    sheet.append(["学校代码", "工号", "姓名", "手机", "职务", "任课班级"])
    sheet.append(["S0001", "Ｎ１", "周　涛", "１３８００００００１１", "班主任", ""])
    sheet.append(["S0001", 413000000000000000, "孙丽", "", "", ""])
    sheet.append([None, "N3", "吴敏", "", "", ""])
    sheet.append(["S0001", "N4", "郑爽", "1380000", "", ""])
    sheet.append(["S0001", "A1", "王方", "", "年级组长", ""])
    sheet.merge_cells("A3:A4")
    book.save(path)
    return path


def in_state(page: Page, state: str) -> None:
    """Wait until the page shows the import in this state; polling brings it there."""
    expect(page.get_by_test_id("roster")).to_have_attribute("data-state", state, timeout=15_000)


@pytest.fixture
def school() -> None:
    place = a_school("浉河区第一小学")
    a_teacher("王芳", school=place, number="A1", phone="13800000001")
    a_teacher("赵静", school=place, number="A2", posts=[Role.SCHOOL_ADMIN])
    a_teacher("陈刚", school=a_bureau(), number="B1", posts=[Role.BUREAU_OFFICER])


@pytest.mark.parametrize("width", WIDTHS)
def test_a_broken_workbook_is_mended_and_goes_in(
    width: int,
    school: None,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    deliver: Callable[[], int],
    tmp_path: Path,
):
    page = browser_page(width)
    sign_in(page, "a2")
    page.goto("/schools/")
    expect(page.locator("h1")).to_have_text("浉河区第一小学")
    axe(page)
    page.get_by_test_id("to-imports").first.click()
    axe(page)
    page.get_by_test_id("roster-file").set_input_files(broken_workbook(tmp_path / "名册.xlsx"))
    page.get_by_test_id("upload").dblclick()
    in_state(page, "reading")
    axe(page)
    deliver()
    in_state(page, "previewed")
    expect(page.get_by_test_id("count-rejected")).to_have_text("3")
    expect(page.get_by_test_id("count-created")).to_have_text("1")
    expect(page.get_by_test_id("count-updated")).to_have_text("1")
    expect(page.get_by_test_id("lines")).to_contain_text("王方")  # what changes is shown first
    page.get_by_test_id("count-rejected").click()
    expect(page.get_by_test_id("lines")).to_contain_text("科学计数法")
    expect(page.get_by_test_id("lines")).to_contain_text("单元格被合并")
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
    picture(page, "roster-preview")
    with page.expect_download() as got:
        page.get_by_test_id("error-workbook").click()
    page.get_by_test_id("confirm-import").dblclick()
    in_state(page, "applying")
    deliver()
    in_state(page, "done")
    axe(page)
    assert Teacher.objects.get(staff_number="N1").phone == "13800000011"
    assert Teacher.objects.get(staff_number="A1").name == "王方"

    mended = openpyxl.load_workbook(io.BytesIO(Path(got.value.path()).read_bytes()))
    sheet = mended["教师"]
    sheet["B2"], sheet["A3"], sheet["D4"] = "N2", "S0001", "13800000014"
    mended.save(tmp_path / "改好.xlsx")
    page.goto("/schools/imports/")
    page.get_by_test_id("roster-file").set_input_files(tmp_path / "改好.xlsx")
    page.get_by_test_id("upload").click()
    in_state(page, "reading")
    deliver()
    page.get_by_test_id("confirm-import").click()
    in_state(page, "applying")
    deliver()
    in_state(page, "done")
    assert Teacher.objects.filter(staff_number__in=["N1", "N2", "N3", "N4"]).count() == 4

    page.goto("/schools/?")
    page.get_by_test_id("find-teacher").fill("zt")
    page.get_by_test_id("find-teacher").press("Enter")
    expect(page.get_by_test_id("staff").locator("tbody tr")).to_have_count(1)
    picture(page, "school")
    page.get_by_role("link", name="周涛").click()
    axe(page)
    page.locator("select[name=role]").select_option("grade_head")
    page.get_by_test_id("give-post").click()
    expect(page.get_by_test_id("posts").locator("tbody tr")).to_have_count(2)
    axe(page)
    picture(page, "teacher-posts")
    page.goto("/schools/")
    page.get_by_test_id("open-accounts").click()
    expect(page.get_by_test_id("slip")).to_have_count(4)
    axe(page)
    picture(page, "slips")
    assert page.evaluate(OVERFLOW) <= 0


def test_the_same_way_is_open_without_javascript(
    school: None,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    deliver: Callable[[], int],
    tmp_path: Path,
):
    page = browser_page(390, scripts=False)
    sign_in(page, "a2")
    page.goto("/schools/imports/")
    page.get_by_test_id("roster-file").set_input_files(broken_workbook(tmp_path / "名册.xlsx"))
    page.get_by_test_id("upload").click()
    in_state(page, "reading")
    deliver()
    page.get_by_role("link", name="刷新").click()
    page.get_by_test_id("confirm-import").click()
    in_state(page, "applying")
    deliver()
    page.get_by_role("link", name="刷新").click()
    in_state(page, "done")
    assert Teacher.objects.filter(staff_number="N1").count() == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_the_bureau_finds_its_schools(
    width: int,
    school: None,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
):
    page = browser_page(width)
    sign_in(page, "b1")
    page.goto("/schools/")
    axe(page)
    picture(page, "units")
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_test_id("find-unit").fill("第一小学")
    page.get_by_test_id("find-unit").press("Enter")
    expect(page.get_by_test_id("units").locator("tbody tr")).to_have_count(1)
