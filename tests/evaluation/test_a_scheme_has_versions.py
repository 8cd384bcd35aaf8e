"""The bureau publishes a version of the scheme for terms to come; everybody reads every version."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from core.errors import Missing
from core.models import AuditEvent
from evaluation import services
from evaluation.models import Scheme
from evaluation.rules.schemes import SchemeFacts
from evaluation.selectors.sheets import scheme_for
from schools.models import Role
from tests.evaluation.build import JULY, a_worked_term, computed
from tests.mentoring.build import a_term
from tests.people import a_bureau, a_teacher

pytestmark = pytest.mark.django_db
FACTS = {
    "starts_on": date(2026, 9, 1),
    "covered_days": 60,
    "required_products": 40,
    "excellent_from": 9000,
    "good_from": 7500,
    "fair_from": 5000,
    "margin": 50,
    "effective_from": 7000,
    "notice_days": 7,
}
SENT = FACTS | {
    "starts_on": "2026-09-01", "excellent_from": "90", "good_from": "75", "fair_from": "50",
    "margin": "0.5", "effective_from": "70",
}  # fmt: skip


@pytest.fixture
def officer(at):
    at(JULY)
    return a_teacher("韩冰", school=a_bureau(), posts=[(Role.BUREAU_OFFICER, a_bureau())]).user


def browser_of(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def test_a_new_version_holds_for_terms_to_come_and_running_ones_keep_theirs(officer):
    made, new = services.publish_scheme(actor=officer, facts=SchemeFacts(**FACTS))
    assert (made.version, new) == (2, True)
    assert (made.weights, made.floors) == (
        {"covered_days": 60, "required_products": 40}, [9000, 7500, 5000],
    )  # fmt: skip
    assert scheme_for(a_term()).version == 1
    assert scheme_for(a_term("2026-2", date(2026, 9, 1), date(2027, 1, 16))).version == 2
    assert AuditEvent.objects.filter(verb="evaluation.publish_scheme").count() == 1


def test_the_same_version_again_changes_nothing(officer):
    for _time in range(2):
        made, new = services.publish_scheme(actor=officer, facts=SchemeFacts(**FACTS))
    assert (made.version, new, Scheme.objects.count()) == (2, False, 2)


def test_only_the_bureau_publishes(officer):
    school = a_worked_term()
    for name in ("赵敏", "王芳"):
        with pytest.raises(Missing):
            services.publish_scheme(actor=school.user(name), facts=SchemeFacts(**FACTS))
        assert browser_of(school.user(name)).get("/evaluation/schemes/new/").status_code == 404
    assert Scheme.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_on": "2026-07-13"}, "请填明天或更晚的日期"),
        ({"covered_days": 0, "required_products": 0}, "至少一项的权重要大于0"),
        ({"covered_days": -1}, "权重请填0到100的整数"),
        ({"required_products": 101}, "权重请填0到100的整数"),
        ({"good_from": "90"}, "这一等的下限要低于上一等的"),
        ({"fair_from": "80"}, "这一等的下限要低于上一等的"),
        ({"excellent_from": "101"}, "请填大于0、不超过100的百分数"),
        ({"effective_from": "0"}, "请填大于0、不超过100的百分数"),
        ({"margin": "6"}, "余量请填0到5的百分数"),
        ({"notice_days": 4}, "公示请填5到20个工作日"),
        ({"notice_days": 21}, "公示请填5到20个工作日"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(officer, change, words):
    answer = browser_of(officer).post("/evaluation/schemes/new/", SENT | change)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'value="7"' in answer.content.decode() or "notice_days" in change
    assert Scheme.objects.count() == 1


def test_a_version_is_published_on_a_page_and_read_by_everybody(officer):
    school = a_worked_term()
    answer = browser_of(officer).post("/evaluation/schemes/new/", SENT, follow=True)
    assert "新版评价方案已发布，用于以后开始的学期。" in text_of(answer)
    page = text_of(browser_of(school.user("王芳")).get("/evaluation/schemes/"))
    assert (
        "第2版适用2026年9月1日起开始的学期各项权重联系覆盖60（占60.0%）三个一40（占40.0%）" in page
    )
    assert "联系覆盖45（占64.29%）三个一25（占35.71%）" in page
    assert "优秀：90.0%起良好：75.0%起合格：50.0%起待改进：50.0%以下" in page
    assert "低于下限不超过0.5个百分点的，仍算达到" in page
    assert "公示7个工作日第1版适用2023年9月1日起开始的学期" in page
    assert "发布新版" not in page


def test_figures_of_a_term_stay_under_the_version_in_force_when_it_began(officer):
    school = a_worked_term()
    before = computed(school).sha256
    services.publish_scheme(actor=officer, facts=SchemeFacts(**FACTS))
    assert computed(school).sha256 == before
