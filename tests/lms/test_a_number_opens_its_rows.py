"""Every figure of every home page leads to the list that has just as many rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from core import audit, clock
from core.models import AuditEvent
from courses.models import CompletionRule, Enrolment
from schools.models import Role, Teacher
from tests.certification.making import (
    a_certificate,
    a_completion,
    a_course,
    a_run,
    an_issuer,
)
from tests.people import a_bureau, a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(at: Callable[[str], None], deliver: Callable[[], int]) -> Teacher:
    """王芳 holds one certificate, completed a course without one, learns in one and is late in
    another; 孙丽 has no account; 周杰 of another county learns too."""
    at("2026-11-23T09:00:00+08:00")
    an_issuer()
    rule = CompletionRule.objects.create(
        course=a_course(), version=1, data={"all": []}, in_force_at=clock.now()
    )
    wang = a_teacher("王芳", number="A1")
    a_certificate(wang)
    deliver()
    over = a_run(code="OVER-1")
    over.learn_closes_on = date(2026, 11, 23)
    over.save()
    Enrolment.objects.create(teacher=wang, run=over, rule=rule, state="enrolled")
    Enrolment.objects.create(teacher=wang, run=a_run(code="OPEN-1"), rule=rule, state="enrolled")
    a_completion(a_teacher("孙丽", number="A2", with_user=False))
    far = a_teacher("周杰", number="F1", school=a_school("罗山中学", county=a_county("罗山县")))
    Enrolment.objects.create(teacher=far, run=a_run(code="OPEN-1"), rule=rule, state="enrolled")
    return wang


def rows_behind(client: Client, url: str) -> int:
    """How many rows the list at this address says it has."""
    context = client.get(url).context
    page = context["log"].page if "log" in context else context["page"]
    return int(page.paginator.count)


OFFICES = [
    (Role.SCHOOL_ADMIN, a_school, "roster", [("在职教职工", 3), ("未开通账号", 1)]),
    (Role.COUNTY_OFFICER, a_county, "roster", [("在职教职工", 3), ("未开通账号", 1)]),
    (Role.BUREAU_OFFICER, a_bureau, "roster", [("在职教职工", 4), ("未开通账号", 1)]),
    (
        Role.PRINCIPAL,
        a_school,
        "progress",
        [("在职教职工", 3), ("学习中（人次）", 2), ("已结业（人次）", 2), ("已超期（人次）", 1)],
    ),
    (
        Role.COUNTY_OFFICER,
        a_county,
        "progress",
        [("在职教职工", 3), ("学习中（人次）", 2), ("已结业（人次）", 2), ("已超期（人次）", 1)],
    ),
    (
        Role.BUREAU_OFFICER,
        a_bureau,
        "progress",
        [("在职教职工", 4), ("学习中（人次）", 3), ("已结业（人次）", 2), ("已超期（人次）", 1)],
    ),
    (Role.REGISTRAR, a_county, "registrar", [("有效", 1), ("已过期", 0), ("已撤销", 0)]),
]


@pytest.mark.parametrize(("role", "place", "desk", "expected"), OFFICES)
def test_every_figure_of_an_office_opens_as_many_rows(client, wang, role, place, desk, expected):
    office = a_teacher("李强", number="O1", posts=[(role, place())])
    client.force_login(office.user)
    sections = client.get("/home/").context["home"].sections
    (figures,) = [section.figures for section in sections if section.code == desk]
    assert [(figure.name, figure.value) for figure in figures] == expected
    assert [(figure.name, rows_behind(client, figure.url)) for figure in figures] == expected


def test_an_auditor_s_figures_open_the_same_rows_and_the_looks_themselves(client, wang):
    auditor = a_teacher("审计员", number="O2", posts=[(Role.AUDITOR, a_bureau())])
    client.force_login(auditor.user)
    audit.record(wang.user, "credits.read")
    figures = client.get("/home/").context["home"].sections[0].figures
    assert [(figure.name, figure.url) for figure in figures] == [
        ("今天的记录", "/access-log/?since=2026-11-23"),
        ("尚未封存", "/access-log/?sealed=no"),
    ]
    for looks, figure in enumerate(figures, start=1):
        assert rows_behind(client, figure.url) == figure.value + looks
    audit.seal()
    assert AuditEvent.objects.filter(seal=None).count() == 0
    assert rows_behind(client, "/access-log/?sealed=no") == 1


def test_a_learner_s_figures_open_the_postings_and_certificates_they_count(client, wang):
    client.force_login(wang.user)
    sections = client.get("/home/").context["home"].sections
    (figures,) = [section.figures for section in sections if section.code == "credits"]
    assert [(figure.name, figure.value) for figure in figures] == [
        ("已计入学时", "12.5"),
        ("专业科目", "12.5"),
        ("有效证书", 1),
    ]
    for figure in figures[:2]:
        postings = client.get(figure.url).context["page"].paginator.object_list
        assert sum(row.counted_hours for row in postings) == Decimal("12.50")
    assert rows_behind(client, figures[2].url) == 1
    assert rows_behind(client, "/certificates/?state=revoked") == 0
    assert rows_behind(client, "/credits/?category=公需科目") == 0
    assert "查看全部入账" in client.get("/credits/", {"category": "公需科目"}).content.decode()


def test_the_lists_are_searched_and_each_look_leaves_a_trace(client, wang):
    head = a_teacher("陈校长", number="O3", posts=[Role.PRINCIPAL])
    client.force_login(head.user)
    found = client.get("/schools/teachers/", {"q": "wangfang"}).content.decode()
    assert ("王芳" in found, "孙丽" in found, "周杰" in found) == (True, False, False)
    assert "未开通账号" not in found
    late = client.get("/reports/learning/", {"state": "late", "q": "王芳"}).content.decode()
    assert late.count("OVER-1") == 1
    assert "2026年11月22日" in late
    assert "没有符合条件的记录" in client.get("/reports/learning/", {"q": "周杰"}).content.decode()
    assert client.get("/reports/learning/", {"state": "不是状态"}).status_code == 200
    traced = AuditEvent.objects.filter(actor_id=head.user.pk).order_by("at")
    assert [(row.verb, row.detail) for row in traced] == [
        ("teacher.list", {"rows": 1, "searched": True}),
        ("learning.list", {"rows": 1, "searched": True}),
        ("learning.list", {"rows": 0, "searched": True}),
        ("learning.list", {"rows": 4, "searched": False}),
    ]


def test_only_whoever_opens_accounts_lists_those_without_one(client, wang):
    head = a_teacher("陈校长", number="O3", posts=[Role.PRINCIPAL])
    client.force_login(head.user)
    assert rows_behind(client, "/schools/teachers/?account=without") == 0
    client.force_login(a_teacher("赵静", number="O4", posts=[Role.SCHOOL_ADMIN]).user)
    assert rows_behind(client, "/schools/teachers/?account=without") == 1
    client.force_login(wang.user)
    assert client.get("/schools/teachers/").status_code == 404
    assert client.get("/reports/learning/").status_code == 404


def test_the_lists_take_as_many_queries_for_many_rows_as_for_few(
    client, wang, django_assert_max_num_queries
):
    rule = CompletionRule.objects.get()
    for number in range(30):
        other = a_teacher("钱进", number=f"Q{number}")
        Enrolment.objects.create(
            teacher=other, run=a_run(code="OPEN-1"), rule=rule, state="enrolled"
        )
    client.force_login(a_teacher("陈校长", number="O3", posts=[Role.PRINCIPAL]).user)
    for address in ("/schools/teachers/", "/reports/learning/"):
        with django_assert_max_num_queries(16):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.SCHOOL_ADMIN, a_school),
        (Role.COUNTY_OFFICER, a_county),
        (Role.BUREAU_OFFICER, a_bureau),
    ],
)
def test_whoever_looks_after_accounts_finds_them_at_home_and_in_the_head(client, role, place):
    client.force_login(a_teacher("李强", number="O1", posts=[(role, place())]).user)
    page = client.get("/home/").content.decode()
    assert 'href="/account/people/" data-testid="to-accounts"' in page
    assert 'data-testid="open-accounts-page"' in page
    assert 'data-testid="to-accounts"' in client.get("/account/fragment/").content.decode()


def test_nobody_else_is_led_to_the_accounts(client):
    client.force_login(a_teacher("陈校长", number="O3", posts=[Role.PRINCIPAL]).user)
    assert "/account/people/" not in client.get("/home/").content.decode()
    assert "to-accounts" not in client.get("/account/fragment/").content.decode()
