"""A mentor reads the own sheet, the head of the school all of them, and each number its rows."""

from __future__ import annotations

import pytest

from core import clock
from core.models import AuditEvent
from evaluation.models import Sheet, TermEvaluation
from evaluation.permissions import can_view_sheet, visible_sheets
from schools.models import Role
from tests.evaluation.build import JULY, OWN, a_worked_term, computed, sheet_of
from tests.people import a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    worked = a_worked_term()
    at(JULY)
    computed(worked)
    worked.people["周宁"] = a_teacher(
        "周宁", school=a_school("平桥区第二小学"), posts=[Role.PRINCIPAL]
    )
    worked.people["钱慧"] = a_teacher("钱慧", school=worked.unit, posts=[Role.SCHOOL_ADMIN])
    return worked


def get(client, school, name: str, address: str):
    client.force_login(school.user(name))
    return client.get(f"/api/v1/evaluation/sheets{address}")


def mentors(answer, school) -> list[str | None]:
    names = {str(teacher.pk): name for name, teacher in school.people.items()}
    return [names.get(row["teacher"]) for row in answer.json()["results"]]


def test_each_reads_the_sheets_that_are_theirs_to_read(client, school):
    seen = {name: mentors(get(client, school, name, ""), school) for name in school.people}
    assert {name: sorted(rows, key=str) for name, rows in seen.items()} == {
        "赵敏": [None, "李强", "王芳"], "钱慧": [None, "李强", "王芳"],
        "王芳": ["王芳"], "李强": ["李强"], "周宁": [],
    }  # fmt: skip


def test_a_sheet_tells_its_figures_and_verdict(client, school):
    (row,) = get(client, school, "王芳", "?term=2026-1").json()["results"]
    told = ("school", "term", "scheme", "as_of", "quality", "band")
    assert {name: row[name] for name in told} == {
        "school": school.unit.code, "term": "2026-1", "scheme": 1, "as_of": "2026-07-11",
        "quality": 8413, "band": "good",
    }  # fmt: skip
    assert row["indicators"][0] == {
        "code": "covered_days", "version": 1, "value": 1.0, "numerator": 258, "denominator": 258,
    }  # fmt: skip
    assert get(client, school, "王芳", "?term=2025-2").json()["count"] == 0


def test_a_number_opens_its_rows(client, school):
    sheet = sheet_of(TermEvaluation.objects.get(), school, "王芳")
    answer = get(client, school, "王芳", f"/{sheet.pk}/rows?indicator=required_products").json()
    assert (answer["numerator"], answer["denominator"], len(answer["rows"])) == (5, 9, 5)
    assert {row["pupil"] for row in answer["pupils"]} == {
        str(school.pupils[name].pk) for name in OWN
    }
    assert sorted(row["reason"] for row in answer["excluded"]) == ["not_made"] + ["repeated"] * 9
    lag = get(client, school, "王芳", f"/{sheet.pk}/rows?indicator=entry_lag_p90").json()
    assert (lag["code"], len(lag["rows"])) == ("entry_lag_p90", 15)
    assert get(client, school, "王芳", f"/{sheet.pk}/rows?indicator=rank").status_code == 404


@pytest.mark.parametrize("name", ["李强", "周宁"])
def test_out_of_reach_looks_missing_and_leaves_no_trace(client, school, name):
    sheet = Sheet.objects.get(mentor=school.people["王芳"])
    before = AuditEvent.objects.filter(verb__startswith="evaluation.open").count()
    assert get(client, school, name, f"/{sheet.pk}/rows").status_code == 404
    assert AuditEvent.objects.filter(verb__startswith="evaluation.open").count() == before


def test_looking_leaves_a_trace(client, school):
    sheet = Sheet.objects.get(mentor=school.people["王芳"])
    get(client, school, "赵敏", "?term=2026-1")
    get(client, school, "赵敏", f"/{sheet.pk}/rows")
    traces = AuditEvent.objects.filter(verb__startswith="evaluation.open").order_by("verb")
    assert [(one.verb, one.thing_id, one.detail) for one in traces] == [
        ("evaluation.open_rows", str(sheet.pk), {"indicator": "covered_days"}),
        ("evaluation.open_sheets", "", {"term": "2026-1"}),
    ]


def test_who_sees_a_sheet_in_the_list_is_who_may_view_it(school):
    for name in school.people:
        user = school.user(name)
        with clock.frozen(JULY):
            visible = set(visible_sheets(user))
            assert {
                sheet for sheet in Sheet.objects.all() if can_view_sheet(user, sheet)
            } == visible


def test_a_list_takes_the_same_queries_for_few_and_many(
    client, school, django_assert_max_num_queries
):
    client.force_login(school.user("赵敏"))
    with django_assert_max_num_queries(16):
        assert client.get("/api/v1/evaluation/sheets").json()["count"] == 3
