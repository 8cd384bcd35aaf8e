"""A county sees how far its schools are, and frozen figures of ten mentors or more; no names."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from evaluation.models import Sheet
from evaluation.selectors import overview
from schools.models import Role
from tests.evaluation.build import AFTER_NOTICE, a_worked_term, announced, frozen
from tests.people import a_bureau, a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    worked = a_worked_term()
    a_school("固始县第一中学", county=a_county("固始县"))
    posts = {
        "冯涛": (Role.COUNTY_OFFICER, a_county()),
        "韩冰": (Role.BUREAU_OFFICER, a_bureau()),
        "郑和": (Role.COUNTY_OFFICER, a_county("固始县")),
        "严正": (Role.AUDITOR, a_bureau()),
    }
    for name, post in posts.items():
        worked.people[name] = a_teacher(name, school=post[1], posts=[post])
    return worked


def page(school, name: str, unit):
    with clock.frozen(AFTER_NOTICE):
        browser = Client()
        browser.force_login(school.user(name))
        return browser.get(reverse("evaluation:overview", args=[unit.pk, school.term.code]))


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def test_each_school_says_how_far_it_is(school):
    announced(school)
    seen = text_of(page(school, "韩冰", a_bureau()))
    assert "浉河区第一小学公示期满，待冻结––––" in seen
    assert "固始县第一中学未计算––––" in seen
    assert "固始县第一中学" not in text_of(page(school, "冯涛", a_county()))


def test_figures_of_fewer_than_ten_mentors_are_not_told_and_nobody_is_named(school, monkeypatch):
    frozen(school)
    few = page(school, "冯涛", a_county())
    assert "浉河区第一小学已冻结––––" in text_of(few)
    monkeypatch.setattr(overview, "SMALLEST_TOLD", 2)
    told = text_of(page(school, "冯涛", a_county()))
    assert "浉河区第一小学已冻结290.34%50.0%27.78%" in told
    assert not any(teacher in told for teacher in ("王芳", "李强", "84.13%"))


def test_figures_that_are_not_frozen_are_not_told(school, monkeypatch):
    monkeypatch.setattr(overview, "SMALLEST_TOLD", 2)
    announced(school)
    assert "待冻结––––" in text_of(page(school, "冯涛", a_county()))


@pytest.mark.parametrize(
    ("name", "county", "far", "bureau"),
    [
        ("冯涛", 200, 404, 404), ("郑和", 404, 200, 404), ("韩冰", 200, 200, 200),
        ("赵敏", 404, 404, 404), ("严正", 404, 404, 404), ("王芳", 404, 404, 404),
    ],
)  # fmt: skip
def test_each_sees_the_own_part_of_the_tree(school, name, county, far, bureau):
    places = (a_county(), a_county("固始县"), a_bureau())
    codes = [page(school, name, unit).status_code for unit in places]
    assert codes == [county, far, bureau]


def test_a_school_is_no_place_to_oversee_and_no_sheet_is_opened_from_above(school):
    row = frozen(school)
    assert page(school, "韩冰", school.unit).status_code == 404
    browser = Client()
    browser.force_login(school.user("韩冰"))
    sheet = Sheet.objects.filter(evaluation=row).first()
    assert browser.get(reverse("evaluation:sheet", args=[sheet.pk])).status_code == 404


def test_the_way_there_stands_on_the_own_page(school):
    with clock.frozen(AFTER_NOTICE):
        browser = Client()
        browser.force_login(school.user("冯涛"))
        assert "浉河区各校进度春季学期" in text_of(browser.get("/evaluation/"))


def test_home_counts_the_schools_that_froze_the_last_term(school):
    def figures(name: str) -> list[tuple[str, int]]:
        with clock.frozen(AFTER_NOTICE):
            browser = Client()
            browser.force_login(school.user(name))
            sections = browser.get("/home/").context["home"].sections
        (found,) = [one for one in sections if one.code == "evaluation"]
        return [(figure.name, figure.value) for figure in found.figures]

    assert figures("冯涛") == [("上学期已冻结的学校", 0), ("上学期有导师的学校", 1)]
    frozen(school)
    assert figures("冯涛") == [("上学期已冻结的学校", 1), ("上学期有导师的学校", 1)]
    assert figures("韩冰") == figures("冯涛")
    assert figures("郑和") == [("上学期已冻结的学校", 0), ("上学期有导师的学校", 0)]
