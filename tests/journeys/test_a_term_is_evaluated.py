"""The principal has a term computed, opens a number down to its rows, announces and freezes it;
the mentor checks the own sheet in between and objects to a number, which the principal answers; a
stranger finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core import jobs
from evaluation.models import Freeze, Sheet, TermEvaluation
from schools.models import Role
from tests.evaluation.build import AFTER_NOTICE, JULY, a_worked_term
from tests.mentoring.build import School
from tests.people import a_county, a_school, a_teacher

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.timeout(300),
]
OpenPage = Callable[..., Page]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def school(settings: Any) -> School:
    """A worked term, on the Monday after it, and a principal of another county."""
    worked = a_worked_term()
    far = a_school("固始县第一中学", county=a_county("固始县"))
    worked.people["钱坤"] = a_teacher("钱坤", school=far, posts=[Role.PRINCIPAL])
    settings.LMS_FAKE_NOW = JULY
    return worked


@pytest.mark.parametrize("width", [390, 1366])
def test_from_the_first_computation_to_the_freeze(
    width: int,
    school: School,
    settings: Any,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
):
    def enter(name: str, address: str, page: Page | None = None) -> Page:
        page = page or browser_page(width, expect=(404,))
        sign_in(page, school.user(name).username)
        page.goto(address)
        return page

    def looks_well(page: Page) -> None:
        axe(page)
        assert page.evaluate(OVERFLOW) <= 0

    term = f"/evaluation/schools/{school.unit.pk}/{school.term.code}/"

    head = enter("赵敏", "/home/")
    head.get_by_test_id("open-term").click()
    looks_well(head)
    head.get_by_test_id("compute").click()
    expect(head.get_by_test_id("term")).to_have_attribute("data-stage", "computing")
    jobs.run(TermEvaluation.objects.get(unit=school.unit).job_id)
    expect(head.get_by_test_id("term")).to_have_attribute("data-stage", "to_announce")
    looks_well(head)

    head.get_by_test_id("sort-quality").click()
    expect(head.get_by_test_id("open-sheet").first).to_have_text("李强")
    head.get_by_role("link", name="王芳").click()
    looks_well(head)
    head.get_by_test_id("open-required_products").click()
    expect(head.get_by_test_id("basis")).to_have_text("5 / 9 项")
    expect(head.get_by_test_id("parts").locator("tbody tr")).to_have_count(3)
    looks_well(head)
    head.get_by_test_id("show-excluded").click()
    expect(head.get_by_test_id("excluded").locator("tbody tr")).to_have_count(10)
    looks_well(head)

    head.goto(term)
    head.get_by_test_id("announce").click()
    expect(head.get_by_test_id("term")).to_have_attribute("data-stage", "on_notice")
    looks_well(head)

    mentor = enter("王芳", "/home/")
    looks_well(mentor)
    mentor.get_by_test_id("check-sheet").click()
    expect(mentor.get_by_test_id("quality")).to_have_text("84.13%")
    expect(mentor.locator("main")).to_contain_text("2026年7月21日前可以提异议")
    looks_well(mentor)
    own = mentor.url
    mentor.get_by_test_id("object-required_products").click()
    looks_well(mentor)
    mentor.get_by_test_id("reason").fill("五月九日的家访周一鸣也在场")
    mentor.get_by_test_id("save").click()
    expect(mentor.get_by_test_id("objections")).to_contain_text("等待答复")
    looks_well(mentor)

    stranger = enter("钱坤", own)
    expect(stranger.locator("main")).not_to_contain_text("王芳")
    assert stranger.goto(term).status == 404
    assert stranger.goto(f"{own}covered_days/").status == 404

    settings.LMS_FAKE_NOW = AFTER_NOTICE
    head = enter("赵敏", "/home/", head)
    head.get_by_test_id("open-term").click()
    expect(head.get_by_test_id("term")).to_have_attribute("data-stage", "to_answer")
    looks_well(head)
    head.get_by_test_id("open-objection").click()
    looks_well(head)
    head.get_by_test_id("answer").click()
    looks_well(head)
    head.get_by_label("不成立").check()
    head.get_by_test_id("reason").fill("当天的签到里没有周一鸣")
    head.get_by_test_id("save").click()
    expect(head.get_by_test_id("answer-reason")).to_have_text("当天的签到里没有周一鸣")
    looks_well(head)
    head.goto(term)
    expect(head.get_by_test_id("term")).to_have_attribute("data-stage", "to_freeze")
    looks_well(head)
    head.locator("[name=reason]").fill("公示期满，异议已答复")
    head.get_by_test_id("freeze").click()
    expect(head.get_by_test_id("term")).to_have_attribute("data-stage", "frozen")
    expect(head.get_by_test_id("digest")).to_have_text(Freeze.objects.get().digest)
    looks_well(head)
    assert Sheet.objects.get(mentor=school.people["王芳"]).quality == 8413
    enter("王芳", "/evaluation/", mentor)
    looks_well(mentor)
