"""One page for each standing: what is due, and the button that does it."""

from __future__ import annotations

import re

import pytest

from accounts.models import User
from core import audit
from core.models import AuditEvent
from lms.log_reach import OWN_READERS
from schools.models import Role
from tests.mentoring.build import NOON, a_small_school, published
from tests.people import a_bureau, a_county, a_school, a_teacher

pytestmark = pytest.mark.django_db

LEARNER = ["learning", "credits", "offers"]


@pytest.fixture
def home(client):
    def open_home(person):
        client.force_login(person.user)
        return client.get("/home/")

    return open_home


def codes(answer):
    return [section.code for section in answer.context["home"].sections]


def test_a_teacher_sees_learning_credits_and_offers(home):
    answer = home(a_teacher("王芳"))
    assert answer.status_code == 200
    assert codes(answer) == LEARNER
    assert "王芳，您好" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "place", "desks"),
    [
        (Role.REGISTRAR, a_county, ["registrar"]),
        (Role.SCHOOL_ADMIN, a_school, ["assignment", "evaluation", "roster", "pupils"]),
        (Role.PRINCIPAL, a_school, ["wellbeing", "assignment", "evaluation", "progress", "pupils"]),
        (
            Role.COUNTY_OFFICER,
            a_county,
            ["wellbeing", "roster", "figures", "evaluation", "progress"],
        ),
        (
            Role.BUREAU_OFFICER,
            a_bureau,
            ["wellbeing", "roster", "figures", "evaluation", "progress"],
        ),
        (Role.EDITOR, a_bureau, ["pages", "recordings"]),
        (Role.AUDITOR, a_bureau, ["audit"]),
        (Role.PSYCHOLOGY_TEACHER, a_school, ["wellbeing", "pupils"]),
    ],
)
def test_a_post_brings_its_desk_before_the_own_learning(home, role, place, desks):
    shown = codes(home(a_teacher("李强", posts=[(role, place())])))
    log = ["own-log"] if role in OWN_READERS else []
    assert shown == desks + LEARNER + log


def entries(answer):
    return re.findall(r'data-testid="((?:account-|to-accounts)[a-z]*)"', answer.content.decode())


def test_the_menu_leads_a_teacher_to_pupils_and_a_registrar_to_certificates(home):
    own = ["account-learn", "account-credits", "account-certificates"]
    school = ["account-pupils", "account-evaluation", "account-worry"]
    assert entries(home(a_teacher("王芳")))[1:] == ["account-home", *school, *own]
    posts = [(Role.SCHOOL_ADMIN, a_school())]
    admin = home(a_teacher("李强", posts=posts))
    assert entries(admin)[1:] == ["account-home", *school, "to-accounts", *own]
    assert "<title>今日待办" in admin.content.decode()
    county = a_county()
    registrar = a_teacher("冯涛", school=county, posts=[(Role.REGISTRAR, county)])
    desk = ["account-registry", "account-checks"]
    assert entries(home(registrar))[1:] == ["account-home", *desk, *own]


def test_who_works_at_no_school_is_not_offered_to_tell_of_a_worry(home):
    county = a_county()
    at_a_school = home(a_teacher("王芳")).content.decode()
    elsewhere = home(a_teacher("冯涛", school=county, posts=[(Role.REGISTRAR, county)]))
    shown = [
        '"/wellbeing/signals/new/"' in page for page in (at_a_school, elsewhere.content.decode())
    ]
    assert shown == [True, False]


def test_a_leader_s_figures_count_the_own_school_only(home):
    first = a_school("浉河区第一小学")
    a_teacher("王芳", school=first)
    a_teacher("赵敏", school=a_school("平桥区实验小学", county=a_county("平桥区")))
    answer = home(a_teacher("陈校长", school=first, posts=[Role.PRINCIPAL]))
    figures = answer.context["home"].sections[3].figures
    assert [(figure.name, figure.value) for figure in figures] == [
        ("在职教职工", 2),
        ("学习中（人次）", 0),
        ("已结业（人次）", 0),
        ("已超期（人次）", 0),
    ]


def test_a_mentor_sees_who_is_due_first_and_the_head_what_waits(client, at):
    at(NOON)
    school = a_small_school()
    client.force_login(school.user("赵敏"))
    before = client.get("/home/").context["home"].sections[1]
    assert [(due.title, due.link) for due in before.due] == [("6 名学生还没有导师", "去分配")]
    published(school)
    client.force_login(school.user("王芳"))
    mine = client.get("/home/").context["home"].sections[1]
    assert (mine.code, [figure.value for figure in mine.figures]) == ("mentoring", [3, 0, 0])
    assert [due.title for due in mine.due] == [
        "周一鸣（2024级1班）",
        "林小雨（2024级1班）",
        "高子涵（2024级1班）",
    ]


def test_an_auditor_reads_the_log_at_home_and_leaves_a_trace(home):
    wang = a_teacher("王芳")
    audit.record(wang.user, "credits.read")
    answer = home(a_teacher("审计员", posts=[(Role.AUDITOR, a_bureau())]))
    shown = [(entry.actor, entry.verb) for entry in answer.context["home"].log.entries]
    assert ("王芳", "credits.read") in shown
    assert AuditEvent.objects.filter(verb="audit.read").count() == 1


def test_the_log_is_filtered_by_verb_person_and_day(client):
    auditor = a_teacher("审计员", posts=[(Role.AUDITOR, a_bureau())])
    audit.record(a_teacher("王芳").user, "credits.read")
    audit.record(a_teacher("李强").user, "credits.read")
    client.force_login(auditor.user)
    log = client.get("/access-log/", {"verb": "credits.read", "person": "李强"}).context["log"]
    assert [entry.actor for entry in log.entries] == ["李强"]
    none = client.get("/access-log/", {"verb": "credits.read", "until": "2001-01-01"}).context
    assert none["log"].entries == []
    assert client.get("/access-log/", {"since": "不是日期", "page": "²"}).status_code == 200
    assert client.get("/access-log/", {"until": "9999-12-31"}).status_code == 200


def test_for_everybody_else_the_log_does_not_exist(client):
    client.force_login(a_teacher("王芳", posts=[Role.CLASS_TEACHER]).user)
    assert client.get("/access-log/").status_code == 404


def test_a_sign_in_without_a_person_is_told_whom_to_ask(client):
    client.force_login(User.objects.create_user("nobody", name="无名"))
    answer = client.get("/home/")
    assert "请联系本校管理员" in answer.content.decode()


def test_a_visitor_is_sent_to_sign_in(client):
    answer = client.get("/home/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fhome%2F")


def test_security_txt_says_whom_to_tell_and_until_when(client, at):
    at("2026-11-23T08:00:00+08:00")
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("Contact: ")
    assert lines[1] == "Expires: 2027-11-23T00:00:00+00:00"
