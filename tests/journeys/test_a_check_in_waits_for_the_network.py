"""王芳 writes while the network is away: her words wait encrypted, go once, and leave nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from core import clock
from mentoring.models import Contact, MentorAssignment
from schools.models import Role
from tests.people import a_class, a_pupil, a_school, a_teacher

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
NOTE = "聊了转学后的同桌。"
SHELF = "localStorage.getItem('drafts')"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def pupil(db: None):
    unit = a_school("浉河区第一小学")
    mentor = a_teacher("王芳", school=unit, number="T1", posts=[Role.CLASS_TEACHER])
    a_teacher("李强", school=unit, number="T2")
    child = a_pupil("林小雨", school_class=a_class(1, school=unit), since=clock.today())
    MentorAssignment.objects.create(
        pupil=child, mentor=mentor, unit=unit, reason="转入学生", starts_on=clock.today()
    )
    return child


def begun(page: Page, child) -> None:
    """The form is filled in, and its script has its key."""
    page.goto(f"/mentoring/check-ins/?pupil={child.pk}")
    page.locator("form[data-draft][data-ready]").wait_for()
    page.locator("[name=outcome][value=made]").check()
    page.get_by_test_id("check-in-text").fill(NOTE)


def kept_offline(page: Page, child) -> None:
    begun(page, child)
    page.context.set_offline(True)
    page.get_by_test_id("save").click()
    expect(page.locator("[data-draft-said=kept]")).to_be_visible()
    page.context.set_offline(False)


@pytest.mark.parametrize("width", [390, 1366])
def test_what_is_written_without_network_waits_encrypted_and_is_sent_once(
    width: int, pupil, browser_page: OpenPage, sign_in: Callable[..., None], axe
):
    page = browser_page(width)
    sign_in(page, "t1")
    kept_offline(page, pupil)
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
    assert Contact.objects.count() == 0
    (row,) = json.loads(page.evaluate(SHELF))
    assert NOTE not in json.dumps(row, ensure_ascii=False)
    assert str(pupil.pk) not in json.dumps(row)
    page.goto("/mentoring/")
    expect(page.locator("[data-said=sent]")).to_contain_text("已补发，并已从这台电脑清除：1")
    axe(page)
    assert page.evaluate(SHELF) is None
    assert [(row.mentor.name, row.note.text) for row in Contact.objects.all()] == [("王芳", NOTE)]
    page.reload()
    expect(page.get_by_test_id("caseload")).to_contain_text("上次")
    assert Contact.objects.count() == 1


def test_the_next_person_at_this_computer_sees_and_sends_nothing(
    pupil, browser_page: OpenPage, sign_in: Callable[..., None]
):
    page = browser_page(390)
    sign_in(page, "t1")
    kept_offline(page, pupil)
    sign_in(page, "t2")
    with page.expect_response("**/draft-key"):
        page.goto("/home/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_test_id("outbox")).to_be_hidden()
    assert Contact.objects.count() == 0
    sign_in(page, "t1")
    page.goto("/home/")
    expect(page.locator("[data-said=sent]")).to_be_visible()
    assert Contact.objects.get().mentor.name == "王芳"


def test_an_answer_that_was_lost_makes_no_second_contact(
    pupil, browser_page: OpenPage, sign_in: Callable[..., None]
):
    page = browser_page(390)
    sign_in(page, "t1")
    begun(page, pupil)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/v1/check-ins", lose)
    page.get_by_test_id("save").click()
    expect(page.locator("[data-draft-said=kept]")).to_be_visible()
    assert Contact.objects.count() == 1
    page.unroute("**/api/v1/check-ins")
    page.goto("/mentoring/")
    expect(page.locator("[data-said=sent]")).to_be_visible()
    assert (Contact.objects.count(), page.evaluate(SHELF)) == (1, None)


def test_who_was_signed_out_meanwhile_signs_in_and_the_words_are_there(
    pupil, browser_page: OpenPage, sign_in: Callable[..., None]
):
    page = browser_page(390, expect=(401,))
    sign_in(page, "t1")
    begun(page, pupil)
    page.context.clear_cookies()
    page.get_by_test_id("save").click()
    expect(page.locator("[data-draft-said=signed-out]")).to_be_visible()
    sign_in(page, "t1")
    page.goto("/mentoring/")
    expect(page.locator("[data-said=sent]")).to_be_visible()
    assert Contact.objects.get().note.text == NOTE


def test_what_is_refused_later_stays_readable_until_its_writer_gives_it_up(
    pupil, browser_page: OpenPage, sign_in: Callable[..., None]
):
    page = browser_page(390, expect=(404,))
    sign_in(page, "t1")
    kept_offline(page, pupil)
    MentorAssignment.objects.update(ends_on=clock.today())
    page.goto("/home/")
    refused = page.locator("[data-refused]")
    expect(refused).to_contain_text(NOTE)
    refused.get_by_role("button").click()
    expect(page.get_by_test_id("outbox")).to_be_hidden()
    assert (Contact.objects.count(), page.evaluate(SHELF)) == (0, None)


def test_with_network_nothing_is_kept_and_wrong_fields_are_marked(
    pupil, browser_page: OpenPage, sign_in: Callable[..., None]
):
    page = browser_page(390, expect=(422,))
    sign_in(page, "t1")
    begun(page, pupil)
    page.locator("[name=occurred_at]").fill("2031-01-01T08:00")
    page.get_by_test_id("save").click()
    expect(page.locator(".field-error")).to_contain_text("不能晚于现在")
    expect(page.get_by_test_id("check-in-text")).to_have_value(NOTE)
    begun(page, pupil)
    page.get_by_test_id("save").click()
    expect(page.locator(".notice[data-kind=good]").first).to_contain_text("已记下。")
    assert (Contact.objects.count(), page.evaluate(SHELF)) == (1, None)
