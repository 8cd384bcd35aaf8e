"""An auditor reads words, not codes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

from core import audit
from lms import deeds, named
from mentoring.models import Contact
from mentoring.permissions import Reading
from schools.models import Role
from tests.certification.making import a_certificate, an_issuer
from tests.evaluation.build import a_worked_term, computed, sheet_of
from tests.people import a_bureau, a_school, a_teacher

ROOMS = (
    *("accounts", "schools", "media", "courses", "wellbeing", "certification", "mentoring"),
    *("evaluation", "website", "demo", "lms"),
)
RECORDING = {"record", "Act"}


def verbs_of(path: Path) -> set[str]:
    """The verbs that a module writes out where it leaves a trace."""
    calls = (one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if type(one) is ast.Call)
    traces = (one for one in calls if getattr(one.func, "attr", "") in RECORDING)
    given = (part for one in traces for part in (*one.args, *(k.value for k in one.keywords)))
    texts = (part.value for part in given if isinstance(part, ast.Constant))
    return {text for text in texts if isinstance(text, str) and "." in text}


@pytest.mark.parametrize("room", ROOMS)
def test_every_deed_that_a_room_records_has_its_words(room: str):
    written = set().union(*(verbs_of(path) for path in Path(settings.BASE_DIR, room).rglob("*.py")))
    assert written
    assert written - set(deeds.WORDS) == set()


def bases_of(path: Path) -> set[str]:
    """The bases that a module writes out where it leaves a trace."""
    calls = (one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if type(one) is ast.Call)
    traces = (one for one in calls if getattr(one.func, "attr", "") in RECORDING)
    given = (k.value for one in traces for k in one.keywords if k.arg == "basis")
    return {part.value for part in given if isinstance(part, ast.Constant)}


def test_every_basis_that_a_room_records_has_its_words():
    paths = (path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py"))
    written = set().union(*(bases_of(path) for path in paths))
    assert written == {"post", "mentor"}
    reading = {one.name.lower() for one in Reading if one is not Reading.NOTHING}
    assert (written | reading | {"class"}) - set(deeds.REASONS) == set()


@pytest.mark.django_db
def test_the_deeds_stand_in_the_order_of_their_pinyin(auditor, client):
    wang = a_teacher("王芳", number="T2")
    for verb in ("teacher.moved", "teacher.left", "credits.read", "courses.enrol"):
        audit.record(wang.user, verb, wang)
    log = client.get("/access-log/").context["log"]
    assert [deed for _verb, deed in log.verbs] == [
        *("办理教师离职", "报名", "查看访问日志", "查看学分", "调动教师"),
    ]


@pytest.mark.django_db
def test_what_happened_in_classes_mentoring_and_evaluation_is_named(auditor):
    school = a_worked_term()
    row = computed(school)
    whole = row.sheets.get(mentor=None)
    leads = school.classes[0].class_teachers.get()
    own = sheet_of(row, school, "王芳")
    for thing in (row, whole, own, Contact.objects.first(), leads, school.classes[1]):
        audit.record(None, "credits.read", thing)
    wang = f"王芳（工号 {school.people['王芳'].staff_number}）"
    assert [entry.thing_name for entry in auditor(verb="credits.read")[0]] == [
        *("2024级2班", "2024级1班 王芳", wang, wang),
        *("浉河区第一小学 春季学期", "浉河区第一小学 春季学期"),
    ]


@pytest.mark.django_db
def test_the_log_names_deed_thing_and_basis(client):
    wang = a_teacher("王芳")
    audit.record(wang.user, "teacher.view", wang, basis="post")
    auditor = a_teacher("审计员", posts=[(Role.AUDITOR, a_bureau())])
    client.force_login(auditor.user)
    page = client.get("/access-log/", {"verb": "teacher.view"})
    (entry,) = page.context["log"].entries
    assert (entry.deed, entry.thing, entry.basis) == ("查看教师", "教师", "依据职务")
    assert "teacher.view</td>" not in page.content.decode()
    assert ("audit.read", "查看访问日志") in page.context["log"].verbs


@pytest.fixture
def auditor(client):
    """An auditor at the log: ``auditor(filters)`` gives the entries and the page."""
    client.force_login(a_teacher("审计员", posts=[(Role.AUDITOR, a_bureau())]).user)

    def ask(**filters: str):
        page = client.get("/access-log/", filters)
        return page.context["log"].entries, page.content.decode()

    return ask


@pytest.mark.django_db
def test_the_log_says_whose_phone_was_looked_at_and_which_unit_was_read(auditor):
    head, wang = (
        a_teacher("陈校长", number="T1"),
        a_teacher("王芳", number="T2", phone="13800001111"),
    )
    namesake = a_teacher("王芳", number="T3")
    audit.record(head.user, "teacher.phone", wang, basis="post")
    audit.record(head.user, "teacher.phone", namesake, basis="post")
    audit.record(head.user, "teacher.list", a_school(), basis="post")
    entries, page = auditor(verb="teacher.phone")
    assert [(entry.actor, entry.thing, entry.thing_name) for entry in entries] == [
        ("陈校长", "教师", "王芳（工号 T3）"),
        ("陈校长", "教师", "王芳（工号 T2）"),
    ]
    assert "王芳（工号 T2）" in page
    assert "13800001111" not in page
    entries, _page = auditor(about="t2")
    assert [entry.thing_name for entry in entries] == ["王芳（工号 T2）"]
    entries, _page = auditor(about="浉河区第一小学")
    assert [(entry.deed, entry.thing_name) for entry in entries] == [
        ("查看教师名单", "浉河区第一小学")
    ]
    assert auditor(about="无此人")[0] == []


@pytest.mark.django_db
def test_a_refused_sign_in_names_the_account_and_says_that_nobody_was_signed_in(auditor, client):
    a_teacher("王芳", number="T2")
    client.post("/sign-in/", {"username": "t2", "password": "错误的密码"})
    audit.record(None, "certificate.issue")
    client.post("/sign-in/", {"username": "t2", "password": "错误的密码"})
    entries, _page = auditor(verb="accounts.sign_in_refused")
    assert {(entry.actor, entry.thing_name) for entry in entries} == {
        ("未登录的访客", "王芳（t2）")
    }
    assert auditor(verb="certificate.issue")[0][0].actor == "系统"
    assert {entry.thing_name for entry in auditor(about="t2")[0]} == {"王芳（t2）"}


@pytest.mark.django_db
def test_objects_are_named_for_nobody_but_an_auditor():
    wang = a_teacher("王芳", number="T2", posts=[Role.PRINCIPAL])
    things = {("schools.teacher", str(wang.pk)), ("accounts.user", str(wang.user.pk))}
    assert named.names_of(wang.user, things) == {}
    assert named.things_called(wang.user, "王芳") == set()
    auditor = a_teacher("审计员", number="T3", posts=[(Role.AUDITOR, a_bureau())]).user
    assert named.names_of(auditor, things | {("schools.teacher", "不是编号"), ("", "")}) == {
        ("schools.teacher", str(wang.pk)): "王芳（工号 T2）",
        ("accounts.user", str(wang.user.pk)): "王芳（t2）",
    }


@pytest.mark.django_db
def test_learners_courses_and_certificates_are_named_by_person_title_and_number(
    auditor, deliver, at
):
    at("2026-11-23T09:00:00+08:00")
    an_issuer()
    certificate = a_certificate(a_teacher("王芳", number="T2"))
    completion = certificate.completion
    for thing in (certificate, completion, completion.enrolment, completion.enrolment.run):
        audit.record(None, "certificate.view", thing)
    entries, _page = auditor(verb="certificate.view")
    assert {entry.thing_name for entry in entries} == {
        certificate.number,
        "王芳（工号 T2）",
        "PSY-101-2026",
    }


@pytest.mark.django_db
def test_the_log_costs_the_same_for_many_kinds_of_rows(
    auditor, client, django_assert_max_num_queries
):
    for number in range(20):
        person = a_teacher("王芳", number=f"N{number}")
        audit.record(person.user, "teacher.view", person)
        audit.record(person.user, "teacher.list", a_school())
        audit.record(person.user, "accounts.signed_in", person.user)
    with django_assert_max_num_queries(24):
        assert len(auditor()[0]) == 50


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"since": "昨天"}, "这个日期无法识别，没有按它筛选。"),
        ({"until": "2026-02-30"}, "这个日期无法识别，没有按它筛选。"),
        ({"until": "9999-12-31"}, "日期应在 2000 年到 2100 年之间，没有按它筛选。"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "起始日期晚于截止日期"),
        ({"since": "2099-01-01"}, "起始日期在今天之后，还没有记录。"),
    ],
)
def test_a_date_that_filters_nothing_or_everything_is_said(auditor, filters, said):
    _entries, page = auditor(**filters)
    assert page.count(said) == 1
    assert page.count('data-kind="warning"') == 1


@pytest.mark.django_db
def test_an_empty_filter_says_nothing_and_a_deed_that_never_was_stays_chosen(auditor):
    entries, page = auditor(since="", until="", person="", about="", verb="", sealed="")
    assert 'data-kind="warning"' not in page
    assert [entry.verb for entry in entries] == ["audit.read"]
    entries, page = auditor(verb="credit.reverse")
    assert entries == []
    assert '<option value="credit.reverse" selected>冲销学时</option>' in page


@pytest.mark.django_db
def test_the_pages_of_a_filtered_log_keep_the_filter(auditor):
    wang = a_teacher("王芳", number="T2")
    for _time in range(51):
        audit.record(wang.user, "credits.read")
    entries, page = auditor(verb="credits.read", about="", person="t2")
    assert len(entries) == 50
    assert 'href="?verb=credits.read&amp;about=&amp;person=t2&amp;page=2"' in page
    assert len(auditor(verb="credits.read", person="t2", page="2")[0]) == 1
