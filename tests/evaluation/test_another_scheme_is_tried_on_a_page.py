"""The head of a school tries another version of the scheme on the same figures, writing nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from evaluation import services
from evaluation.models import Scheme, Sheet
from evaluation.selectors.sheets import kept_document
from tests.evaluation.build import (
    AFTER_NOTICE,
    JULY,
    a_worked_term,
    announced,
    computed,
    frozen,
    sheet_of,
    under_a_newer_scheme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    worked = a_worked_term()
    at(JULY)
    return worked


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def opened(school, name: str, query: str = ""):
    browser = Client()
    browser.force_login(school.user(name))
    address = reverse("evaluation:what_if", args=[school.unit.pk, school.term.code])
    return browser.get(address + query)


def a_scheme(version: int) -> Scheme:
    return Scheme.objects.create(
        version=version, starts_on=date(2027, 2, 1), weights={"required_products": 1},
        floors=[9000, 7500, 5000], margin=0, effective_from=7500, notice_days=5,
    )  # fmt: skip


def test_without_another_version_there_is_nothing_to_try(school):
    computed(school)
    assert opened(school, "赵敏").status_code == 404


def test_the_same_figures_are_judged_by_the_other_version(school):
    row = computed(school)
    a_scheme(2)
    before = kept_document(row), Sheet.objects.count()
    page = text_of(opened(school, "赵敏"))
    assert "【模拟】按评价方案第2版试算" in page
    assert "1位导师的等级或优先考虑会不同。" in page
    assert "王芳84.13%良好55.56%合格不变" in page
    assert "李强0.0%待改进0.0%待改进不变" in page
    assert (kept_document(row), Sheet.objects.count()) == before


def test_each_version_is_opened_by_its_number(school):
    computed(school)
    a_scheme(2)
    a_scheme(3)
    assert "按评价方案第3版试算" in text_of(opened(school, "赵敏"))
    assert "按评价方案第2版试算" in text_of(opened(school, "赵敏", "?scheme=2"))
    assert opened(school, "赵敏", "?scheme=9").status_code == 404
    assert opened(school, "赵敏", "?scheme=1").status_code == 404


def test_a_mentor_tries_nothing(school):
    computed(school)
    a_scheme(2)
    assert opened(school, "王芳").status_code == 404


def test_a_sheet_under_another_scheme_shows_its_own_stage_and_which_one_decides(school, at):
    first = frozen(school)
    newer = under_a_newer_scheme(school, first)
    at(AFTER_NOTICE)
    second, _sheets = services.evaluate_now(unit=school.unit, term=school.term, scheme=newer)
    browser = Client()
    browser.force_login(school.user("王芳"))

    def page_of(row) -> str:
        key = sheet_of(row, school, "王芳").pk
        return text_of(browser.get(reverse("evaluation:sheet", args=[key])))

    assert "待公示" in page_of(second)
    assert "这个学期以第1版的评价表为准" in page_of(second)
    assert "已冻结，数字不再改变" in page_of(first)
    assert "为准" not in page_of(first)


def test_a_sheet_under_a_scheme_that_was_in_force_before_names_the_one_that_is_now(school, at):
    first = announced(school)
    under_a_newer_scheme(school, first)
    at(JULY)
    browser = Client()
    browser.force_login(school.user("王芳"))
    key = sheet_of(first, school, "王芳").pk
    page = text_of(browser.get(reverse("evaluation:sheet", args=[key])))
    assert "这张评价表依据评价方案第1版；这个学期以第2版的评价表为准" in page
    assert "提异议" not in page
