"""The county and the bureau read how many pupils are seen in time, and never who."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core import clock, jobs
from core.errors import Missing
from core.models import Job
from mentoring import services
from mentoring.models import MentorAssignment, SchoolFigures
from mentoring.selectors.figures import Counted, Counts, count_school, figures_for
from schools.models import Role
from tests.mentoring.build import NOON, SPRING, a_small_school, published
from tests.people import a_bureau, a_class, a_county, a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db
LATER = "2026-06-01T12:00:00+08:00"
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


@pytest.fixture
def school(at):
    at(NOON)
    made = a_small_school()
    published(made)
    at(LATER)
    return made


@pytest.fixture
def officer(school):
    return a_teacher("陈刚", school=a_county("浉河区"), posts=[Role.COUNTY_OFFICER]).user


def with_pupils(name: str, number: int, mentored: int, county=None):
    """A school with so many pupils, some of whom have had a mentor since spring."""
    unit = a_school(name, county=county or a_county("浉河区"))
    mentor = a_teacher("马丽", school=unit)
    seat = a_class(1, school=unit)
    for place in range(number):
        child = a_pupil(f"李{NAMES[place]}", school_class=seat, since=SPRING)
        if place < mentored:
            MentorAssignment.objects.create(
                pupil=child, mentor=mentor, unit=unit, reason="转入学生", starts_on=SPRING
            )
    return unit


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def test_a_school_is_counted_from_the_facts(school):
    assert count_school(school.unit, clock.today()) == Counted(6, 0, 6)
    services.log_check_in(
        actor=school.user("王芳"),
        pupils=[school.pupils["林小雨"]],
        kind="talk",
        outcome="made",
        occurred_at=clock.now(),
        submission_key=school.pupils["林小雨"].pk,
    )
    MentorAssignment.objects.filter(pupil=school.pupils["高子涵"]).update(ends_on=date(2026, 5, 1))
    assert count_school(school.unit, clock.today()) == Counted(6, 1, 4)


def test_the_count_equals_the_caseloads(school):
    from mentoring.selectors.caseload import caseload_for

    cases = [case for name in school.people for case in caseload_for(viewer=school.user(name))]
    assert (len(cases), sum(case.is_overdue for case in cases)) == (6, 6)


def test_a_school_is_counted_in_the_same_queries_whatever_its_size(
    school, django_assert_num_queries
):
    large = with_pupils("浉河区第二小学", 14, 14)
    for unit in (school.unit, large):
        with django_assert_num_queries(9):
            count_school(unit, clock.today())


def test_all_schools_are_counted_once_a_day_and_a_broken_count_goes_on(school, at, deliver):
    other = with_pupils("浉河区第二小学", 12, 12)
    services.order_count()
    services.order_count()
    assert Job.objects.filter(kind="mentoring.count_schools").count() == 1
    SchoolFigures.objects.create(
        unit=other, counted_on=clock.today(), pupils=99, without_mentor=0, overdue=0
    )
    deliver()
    rows = {row.unit: (row.pupils, row.overdue) for row in SchoolFigures.objects.all()}
    assert rows == {school.unit: (6, 6), other: (99, 0)}
    at("2026-06-02T00:30:00+08:00")
    services.order_count()
    assert jobs.run(Job.objects.latest("created_at").pk)
    assert SchoolFigures.objects.get(unit=other).pupils == 12


def test_small_numbers_are_not_told_nor_what_gives_them_away(school, officer):
    with_pupils("浉河区第二小学", 20, 20)
    with_pupils("浉河区第三小学", 12, 12)
    services.count_schools()
    page = figures_for(officer)
    told = {row.unit.name: row.counts for row in page.below}
    assert told == {
        "浉河区第一小学": Counts(None, None, None),
        "浉河区第三小学": Counts(None, None, None),
        "浉河区第二小学": Counts(20, 0, 20),
    }
    assert page.total == Counts(38, 0, 38)
    assert page.hides


def test_the_page_and_home_show_what_is_told(school, officer):
    browser = browser_of(officer)
    address = reverse("mentoring:figures")
    before = text_of(browser.get(address))
    assert "浉河区，还没有统计，每天自动统计一次。" in before
    assert "还有1所学校没有统计，用“–”表示，不在合计里。" in before
    assert "在班学生–没有导师–已逾期–" in before
    assert "浉河区第一小学––––" in before
    assert "在班学生–" in text_of(browser.get("/home/"))
    with_pupils("浉河区第二小学", 14, 12)
    services.count_schools()
    text = text_of(browser.get(address))
    assert "统计到2026年6月1日12:00，每天自动统计一次" in text
    assert "浉河区第二小学" in text
    assert "不足10人的数字不显示" in text
    assert "林小雨" not in text
    home = text_of(browser.get("/home/"))
    assert "学生与导师（2026年6月1日12:00统计，每天自动统计一次）" in home
    assert "在班学生20" in home


def test_a_school_that_is_not_counted_is_not_said_to_be_empty(school, officer, at):
    with_pupils("浉河区第二小学", 20, 20)
    services.count_schools()
    with_pupils("浉河区第三小学", 12, 12)
    at("2026-06-01T15:00:00+08:00")
    page = figures_for(officer)
    assert {row.unit.name: row.counts for row in page.below} == {
        "浉河区第一小学": Counts(None, None, None),
        "浉河区第三小学": None,
        "浉河区第二小学": Counts(None, None, None),
    }
    assert page.total == Counts(26, 0, 26)
    assert page.uncounted == 1


def test_where_nothing_is_counted_the_bureau_reads_no_zeros(school):
    page = figures_for(a_teacher("郑华", school=a_bureau(), posts=[Role.BUREAU_OFFICER]).user)
    assert (page.total, page.oldest_at) == (None, None)
    assert [row.counts for row in page.below] == [None]


def test_the_bureau_reads_counties_and_goes_down_to_their_schools(school):
    services.count_schools()
    head = browser_of(a_teacher("郑华", school=a_bureau(), posts=[Role.BUREAU_OFFICER]).user)
    page = head.get(reverse("mentoring:figures"))
    below = reverse("mentoring:unit_figures", args=[a_county("浉河区").pk])
    assert below in page.content.decode()
    assert "浉河区第一小学" in text_of(head.get(below))
    assert f'<a href="{reverse("mentoring:figures")}">' in head.get(below).content.decode()


def test_where_a_county_is_small_the_bureau_reads_no_total_of_that_column(school):
    with_pupils("固始县第一小学", 14, 14, a_county("固始县"))
    services.count_schools()
    head = a_teacher("郑华", school=a_bureau(), posts=[Role.BUREAU_OFFICER]).user
    page = figures_for(head)
    assert {row.unit.name: row.counts for row in page.below} == {
        "浉河区": Counts(None, 0, None),
        "固始县": Counts(14, 0, 14),
    }
    assert page.total == Counts(None, 0, None)


def test_nobody_reads_beyond_the_own_unit(school, officer):
    far = a_county("固始县")
    for unit in (far, a_bureau(), school.unit):
        with pytest.raises(Missing):
            figures_for(officer, unit.pk)
    for user in (school.user("赵敏"), school.user("王芳")):
        with pytest.raises(Missing):
            figures_for(user)


def test_the_parts_never_exceed_the_whole(school):
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolFigures.objects.create(
            unit=school.unit, counted_on=clock.today(), pupils=5, without_mentor=3, overdue=3
        )
