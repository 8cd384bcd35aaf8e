"""王芳 is worried in a check-in, 周敏 takes it on, and a stranger finds nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from core import clock
from schools.models import Role
from tests.mentoring.build import School, a_small_school, published
from tests.people import a_county, a_school, a_teacher
from wellbeing.models import Acknowledgement, Signal
from wellbeing.services import raise_signal

OpenPage = Callable[..., Page]
SignIn = Callable[..., None]
Axe = Callable[[Page], None]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WORDS = "他说活着没意思，问能不能不告诉家里。"

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def school() -> School:
    """Built in spring, when its term runs; the journeys go on in their own time."""
    with clock.frozen("2026-03-02T12:00:00+08:00"):
        made = a_small_school()
        a_teacher("周敏", school=made.unit, number="Z1", posts=[Role.PSYCHOLOGY_TEACHER])
        far = a_school("固始县第一中学", county=a_county("固始县"))
        a_teacher("许静", school=far, number="X1", posts=[Role.PSYCHOLOGY_TEACHER])
        published(made)
    return made


def looked_at(page: Page, axe: Axe) -> None:
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("width", [390, 1366])
def test_a_worry_in_a_check_in_is_taken_on_by_the_psychology_teacher(
    width: int, school: School, browser_page: OpenPage, sign_in: SignIn, axe: Axe
):
    page = browser_page(width)
    sign_in(page, school.people["王芳"].user.username)
    page.goto(f"/mentoring/check-ins/?pupil={school.pupils['林小雨'].pk}")
    expect(page.locator("[name=names]")).to_be_hidden()
    page.locator("[name=outcome][value=made]").check()
    page.get_by_test_id("check-in-text").fill(WORDS)
    page.get_by_test_id("worried").check()
    expect(page.locator("[name=names]")).to_be_visible()
    looked_at(page, axe)
    page.get_by_test_id("save").click()
    expect(page.get_by_test_id("steps")).to_contain_text("8 小时后")
    looked_at(page, axe)
    signal = Signal.objects.get()

    desk = browser_page(width)
    sign_in(desk, "z1")
    desk.goto("/home/")
    desk.get_by_test_id("open-signal").click()
    expect(desk.get_by_test_id("signal-words")).to_contain_text(WORDS)
    looked_at(desk, axe)
    desk.get_by_test_id("take-on").click()
    expect(desk.locator("main")).to_contain_text("由您负责")
    looked_at(desk, axe)
    assert Acknowledgement.objects.get().by.name == "周敏"
    desk.goto("/wellbeing/")
    expect(desk.get_by_test_id("taken")).to_contain_text("林小雨")
    looked_at(desk, axe)

    stranger = browser_page(width, expect=(404,))
    sign_in(stranger, "x1")
    stranger.goto(f"/wellbeing/signals/{signal.pk}/")
    expect(stranger.locator("main")).not_to_contain_text("林小雨")
    assert WORDS not in stranger.content()


@pytest.mark.parametrize("width", [390, 1366])
def test_anybody_at_school_reports_a_worry_below_the_numbers_to_call(
    width: int, school: School, browser_page: OpenPage, sign_in: SignIn, axe: Axe
):
    page = browser_page(width, expect=(422,))
    sign_in(page, school.people["李强"].user.username)
    page.goto("/home/")
    page.get_by_test_id("raise").click()
    expect(page.get_by_test_id("phones")).to_contain_text("12356")
    looked_at(page, axe)
    page.get_by_label("橙：今天要有人找他谈").check()
    page.get_by_test_id("pupil-name").fill("林小雨")
    page.get_by_test_id("send-signal").click()
    expect(page.locator(".field-error")).to_contain_text("请写下看到或听到了什么")
    expect(page.get_by_test_id("pupil-name")).to_have_value("林小雨")
    looked_at(page, axe)
    page.get_by_test_id("signal-text").fill(WORDS)
    page.get_by_test_id("send-signal").click()
    expect(page.locator("h1")).to_contain_text("已经送出")
    assert Signal.objects.get().text == WORDS


@pytest.mark.parametrize("width", [390, 1366])
def test_two_people_stand_for_an_entry_of_the_ledger(
    width: int, school: School, browser_page: OpenPage, sign_in: SignIn, axe: Axe
):
    page = browser_page(width)
    sign_in(page, school.people["王芳"].user.username)
    page.goto("/wellbeing/ledger/")
    looked_at(page, axe)
    page.get_by_test_id("propose").click()
    page.locator("[name=pupil]").select_option(label="林小雨")
    page.locator("[name=category]").select_option("left_behind")
    page.get_by_test_id("reason").fill("父母在外务工，由祖父母照看")
    looked_at(page, axe)
    page.get_by_test_id("save").click()
    expect(page.locator(".state")).to_contain_text("等心理教师确认")
    looked_at(page, axe)

    desk = browser_page(width)
    sign_in(desk, "z1")
    desk.goto("/home/")
    desk.get_by_test_id("to-sign").click()
    desk.get_by_test_id("mine").get_by_role("link", name="林小雨").click()
    desk.get_by_test_id("confirm").click()
    expect(desk.locator(".state")).to_contain_text("关注中")
    desk.get_by_test_id("end").click()
    looked_at(desk, axe)


@pytest.mark.parametrize("width", [390, 1366])
def test_two_reports_become_one_and_end_by_two_people(
    width: int, school: School, browser_page: OpenPage, sign_in: SignIn, axe: Axe
):
    for name in ("王芳", "李强"):
        raise_signal(
            actor=school.user(name), urgency="orange", text=WORDS, pupil_name="林小雨",
            submission_key=uuid4(),
        )  # fmt: skip
    desk = browser_page(width)
    sign_in(desk, "z1")
    desk.goto("/wellbeing/")
    desk.get_by_test_id("open-signal").first.click()
    desk.get_by_test_id("take-on").click()
    expect(desk.get_by_test_id("joinable").locator("li")).to_have_count(1)
    looked_at(desk, axe)
    desk.get_by_test_id("joinable").get_by_role("link").click()
    expect(desk.get_by_test_id("targets").locator("li")).to_have_count(1)
    looked_at(desk, axe)
    desk.get_by_test_id("join").click()
    expect(desk.get_by_test_id("joined").locator("li")).to_have_count(1)
    looked_at(desk, axe)
    desk.get_by_test_id("close").click()
    looked_at(desk, axe)
    desk.get_by_label("核实后没有依据").check()
    desk.get_by_test_id("reason").fill("问过本人和两位老师，是课文里的话")
    desk.get_by_test_id("save").click()
    expect(desk.get_by_test_id("finding")).to_contain_text("是课文里的话")
    looked_at(desk, axe)

    head = browser_page(width)
    sign_in(head, school.user("赵敏").username)
    head.goto("/home/")
    looked_at(head, axe)
    head.get_by_test_id("to-confirm").click()
    head.get_by_test_id("open-signal").first.click()
    head.get_by_test_id("confirm").click()
    looked_at(head, axe)
    head.get_by_test_id("reason").fill("我也问过，确是课文里的话")
    head.get_by_test_id("save").click()
    expect(head.get_by_test_id("finding")).to_have_count(2)
    looked_at(head, axe)
    head.goto("/wellbeing/")
    expect(head.get_by_test_id("taken")).to_contain_text("核实后没有依据")
