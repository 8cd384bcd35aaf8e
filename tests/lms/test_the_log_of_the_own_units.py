"""Who leads or cares for a school reads who looked at its people and pupils, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core import audit
from core.models import AuditEvent
from mentoring.models import MentorAssignment
from mentoring.services import open_caseload
from schools.models import Role
from tests.mentoring.build import NOON, SPRING, a_small_school, published
from tests.people import a_bureau, a_class, a_county, a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db


def log_of(user: Any, **filters: str) -> tuple[list[tuple[str, str, str]], str]:
    client = Client()
    client.force_login(user)
    answer = client.get("/access-log/", filters)
    assert answer.status_code == 200
    entries = answer.context["log"].entries
    return [(entry.actor, entry.verb, entry.thing_name) for entry in entries], (
        answer.content.decode()
    )


@pytest.fixture
def two_schools() -> dict[str, Any]:
    """王芳 and 陈思远 stand at the first school; somebody looked at people and pupils of both."""
    first, second = a_school("浉河区第一小学"), a_school("浉河区第二小学")
    county = a_teacher("郑县区", school=first, posts=[(Role.COUNTY_OFFICER, a_county())])
    wang = a_teacher("王芳", school=first)
    audit.record(county.user, "teacher.phone", wang, unit=first, basis="post")
    audit.record(county.user, "teacher.view", wang, unit=second, basis="post")
    audit.record(county.user, "pupil.list", unit=first, basis="post")
    audit.record(county.user, "wellbeing.read_signal", unit=first, basis="post")
    return {"first": first, "second": second, "county": county}


def test_a_principal_reads_what_happened_in_the_own_school_but_nothing_of_the_locked_room(
    two_schools,
):
    head = a_teacher("陈校长", school=two_schools["first"], posts=[Role.PRINCIPAL])
    rows, page = log_of(head.user)
    seen = {verb for actor, verb, _name in rows if actor == "郑县区"}
    assert seen == {"teacher.phone", "pupil.list"}
    assert "查看预警信号" not in page
    assert "来源地址" not in page
    assert log_of(head.user, verb="wellbeing.read_signal")[0] == []


def test_a_psychology_teacher_reads_only_who_looked_at_the_pupils(two_schools):
    psych = a_teacher("苏心理", school=two_schools["first"], posts=[Role.PSYCHOLOGY_TEACHER])
    rows, _page = log_of(psych.user)
    assert [(actor, verb) for actor, verb, _name in rows] == [("郑县区", "pupil.list")]


@pytest.mark.parametrize(
    "verb", ["mentoring.open_handover", "mentoring.open_mentor", "evaluation.open_rows"]
)
def test_what_names_pupils_on_pages_of_mentors_is_a_look_at_pupils(two_schools, verb):
    li = a_teacher("李强", school=two_schools["first"])
    audit.record(li.user, verb, unit=two_schools["first"])
    audit.record(li.user, verb, unit=two_schools["second"])
    psych = a_teacher("苏心理", school=two_schools["first"], posts=[Role.PSYCHOLOGY_TEACHER])
    assert [row[:2] for row in log_of(psych.user, verb=verb)[0]] == [("李强", verb)]


def test_a_mentors_look_at_the_own_pupils_stands_in_the_log_of_each_school(at):
    at(NOON)
    school, far = a_small_school(), a_school("平桥区实验小学", county=a_county("平桥区"))
    published(school)
    wang = school.people["王芳"]
    child = a_pupil("罗燕", school_class=a_class(1, school=far), since=SPRING)
    MentorAssignment.objects.create(
        pupil=child, mentor=wang, unit=far, starts_on=SPRING, reason="支教"
    )
    own = len(open_caseload(actor=wang.user)) - 1
    rows = AuditEvent.objects.filter(verb="mentoring.open_caseload").order_by("unit_path")
    assert {row.unit_path: row.detail for row in rows} == {
        school.unit.path: {"pupils": own},
        far.path: {"pupils": 1},
    }
    for unit, name in ((school.unit, "苏心理"), (far, "何心理")):
        psych = a_teacher(name, school=unit, posts=[Role.PSYCHOLOGY_TEACHER])
        seen = log_of(psych.user, verb="mentoring.open_caseload")[0]
        assert [row[0] for row in seen] == ["王芳"]


def test_neither_the_county_nor_the_bureau_nor_a_teacher_reads_the_log(two_schools):
    bureau = a_teacher("郑市局", posts=[(Role.BUREAU_OFFICER, a_bureau())], number="Z9")
    plain = a_teacher("李强", school=two_schools["first"])
    for stranger in (two_schools["county"], bureau, plain):
        client = Client()
        client.force_login(stranger.user)
        assert client.get("/access-log/").status_code == 404, stranger.name
        assert 'href="/access-log/"' not in client.get("/home/").content.decode(), stranger.name
    assert not AuditEvent.objects.filter(verb="audit.read").exists()


def test_somebody_who_leads_a_school_and_a_county_reads_the_school_alone(two_schools):
    posts = [(Role.COUNTY_OFFICER, a_county()), Role.PRINCIPAL]
    both = a_teacher("孙两职", school=two_schools["first"], posts=posts)
    rows, _page = log_of(both.user)
    seen = {verb for actor, verb, _name in rows if actor == "郑县区"}
    assert seen == {"teacher.phone", "pupil.list"}


def test_people_of_the_own_school_find_the_log_at_home(two_schools, client):
    client.force_login(a_teacher("孙副", school=two_schools["first"], posts=[Role.DEPUTY]).user)
    home = client.get("/home/").content.decode()
    assert 'data-testid="open-own-log"' in home
    assert 'href="/access-log/"' in home
