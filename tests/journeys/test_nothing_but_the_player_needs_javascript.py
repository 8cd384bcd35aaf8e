"""A browser without scripts: sign-in, search, enrolment, quiz, verification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from certification.models import Certificate
from core import clock
from courses import services
from courses.models import Course, CourseCompletion, LessonKind
from tests.certification.making import a_certificate, an_issuer
from tests.courses.build import (
    a_category,
    a_course_page,
    a_lesson,
    a_quiz,
    a_run,
    lesson_of,
    right_answers,
)
from tests.people import a_teacher

pytestmark = pytest.mark.timeout(180)
OpenPage = Callable[..., Page]
PASSWORD = "shuo-yi-ju-zhen-hua"


@pytest.fixture
def course(public_site: dict[str, Any]) -> Course:
    """A page to read and three questions, open today; 王敏 has an account."""
    course = services.create_course(
        actor=None,
        code="XL-30",
        title="青少年心理健康教育",
        category=a_category(),
        credit_hours=1,
        summary="读一页、答三题。",
    )
    a_lesson(course, LessonKind.READING, title="读一页")
    a_quiz(course, minutes=10)
    services.publish_course(actor=None, course=course)
    today = clock.today()
    a_run(
        course,
        code="XL-30-A",
        enrol_opens_on=today,
        enrol_closes_on=None,
        learn_opens_on=today,
        learn_closes_on=None,
    )
    a_course_page(course, slug="minds")
    a_teacher("王敏", number="T00001", password=PASSWORD)
    return course


def test_a_teacher_finds_takes_and_completes_a_course(course: Course, browser_page: OpenPage):
    page = browser_page(390, scripts=False, expect=(422,))
    page.goto("/courses/")
    page.get_by_test_id("catalogue-search").fill("心理")
    page.get_by_test_id("catalogue-submit").click()
    page.get_by_role("link", name="青少年心理健康教育").click()
    page.get_by_test_id("enrolment").get_by_role("link", name="查看报名情况").click()
    expect(page.locator("h1")).to_have_text("青少年心理健康教育")
    page.get_by_test_id("sign-in-to-enrol").click()
    page.locator("[name=username]").fill("t00001")
    page.locator("[name=password]").fill("错的密码")
    page.get_by_test_id("sign-in").click()
    expect(page.locator("[name=username]")).to_have_value("t00001")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_test_id("sign-in").click()
    page.get_by_test_id("privacy-seen").click()

    page.get_by_test_id("enrolment").get_by_role("link", name="查看报名情况").click()
    page.get_by_test_id("enrol").click()
    page.get_by_test_id("lesson-reading").click()
    page.get_by_test_id("mark-read").click()
    page.get_by_test_id("lesson-quiz").click()
    page.get_by_test_id("start-attempt").click()
    for options in right_answers(lesson_of(course, "quiz").quiz).values():
        for option in options:
            page.locator(f'input[value="{option}"]').check()
    page.get_by_test_id("submit-attempt").click()
    expect(page.get_by_test_id("quiz-result")).to_have_attribute("data-passed", "true")
    assert CourseCompletion.objects.get().course_title == "青少年心理健康教育"


def test_a_parent_searches_the_site_and_changes_the_language(
    public_site: dict[str, Any], browser_page: OpenPage
):
    page = browser_page(390, scripts=False)
    page.goto("/search/")
    page.get_by_role("searchbox").fill("情绪")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="情绪：认识它，安顿它").click()
    expect(page.locator("h1")).to_have_text("情绪：认识它，安顿它")
    page.get_by_test_id("language-en").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_stranger_verifies_by_number_and_name(
    public_site: dict[str, Any], browser_page: OpenPage, deliver: Callable[[], int]
):
    an_issuer(validity_years=3)
    a_certificate(a_teacher("王小明"))
    deliver()
    certificate = Certificate.objects.get()
    page = browser_page(390, scripts=False)
    page.goto("/verify/")
    page.get_by_test_id("verify-number").fill(certificate.number)
    page.get_by_test_id("verify-name").fill("王小明")
    page.get_by_test_id("verify-by-number").click()
    expect(page.locator("[data-verdict=valid]")).to_be_visible()
