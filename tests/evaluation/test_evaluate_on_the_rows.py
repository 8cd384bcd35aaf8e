"""``evaluate --term``: sheets of one school or all, and what another scheme would make of them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command

from core import clock
from core.models import AuditEvent
from evaluation.models import Scheme, Sheet, TermEvaluation
from tests.evaluation.build import AFTER_NOTICE, JULY, a_worked_term, frozen
from tests.mentoring.build import a_small_school, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_worked_term()


def run(capsys, *options: str, at: str = JULY) -> tuple[int, list[dict]]:
    code = 0
    with clock.frozen(at):
        try:
            call_command("evaluate", *options, "--json")
        except SystemExit as end:
            code = int(end.code or 0)
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def quality(answer: dict, school) -> dict[str, tuple[int, str]]:
    names = {str(teacher.pk): name for name, teacher in school.people.items()}
    return {
        names[row["teacher"]]: (row["quality"], row["band"])
        for row in answer["sheets"]
        if row["teacher"]
    }


def test_the_sheets_of_a_school_are_kept_and_told(school, capsys):
    code, (answer,) = run(capsys, "--term", "2026-1", "--school", school.unit.code)
    assert code == 0
    assert {name: answer[name] for name in ("school", "term", "scheme", "as_of", "frozen")} == {
        "school": school.unit.code, "term": "2026-1", "scheme": 1, "as_of": "2026-07-11",
        "frozen": False,
    }  # fmt: skip
    assert quality(answer, school) == {"王芳": (8413, "good"), "李强": (0, "below")}
    wang = next(row for row in answer["sheets"] if row["quality"] == 8413)
    assert wang["indicators"][1] == {
        "code": "required_products", "version": 1, "value": 0.5556, "numerator": 5,
        "denominator": 9,
    }  # fmt: skip
    assert TermEvaluation.objects.get().sha256 == answer["sha256"]
    assert run(capsys, "--term", "2026-1", "--school", school.unit.code)[1] == [answer]


@pytest.mark.parametrize("options", [("--all",), ()])
def test_without_a_school_every_school_with_mentors_is_evaluated(school, capsys, options):
    with clock.frozen("2026-03-02T12:00:00+08:00"):
        published(a_small_school("浉河区第二小学"))
        a_small_school("浉河区第三小学")
    _code, answers = run(capsys, "--term", "2026-1", *options)
    assert len(answers) == TermEvaluation.objects.filter(as_of="2026-07-11").count() == 2


def test_what_if_compares_with_the_scheme_in_force_and_writes_nothing(school, capsys):
    Scheme.objects.create(
        version=2, starts_on=date(2027, 2, 1), weights={"required_products": 1},
        floors=[9000, 7500, 5000], margin=0, effective_from=7500, notice_days=5,
    )  # fmt: skip
    before = AuditEvent.objects.count()
    code, (answer,) = run(
        capsys, "--term", "2026-1", "--school", school.unit.code, "--scheme", "2", "--what-if"
    )
    assert (code, answer["simulation"], answer["scheme"], answer["compared_with"]) == (
        0, True, 2, 1,
    )  # fmt: skip
    assert quality(answer, school) == {"王芳": (5556, "fair"), "李强": (0, "below")}
    assert answer["differences"] == [
        {
            "teacher": str(school.people["王芳"].pk),
            "before": {"quality": 8413, "band": "good", "preferred": False},
            "after": {"quality": 5556, "band": "fair", "preferred": False},
        }
    ]
    assert not TermEvaluation.objects.exclude(sha256="").exists()
    assert (Sheet.objects.count(), AuditEvent.objects.count()) == (0, before)


def test_a_frozen_term_is_told_as_it_was_frozen(school, capsys):
    row = frozen(school)
    _code, (answer,) = run(
        capsys, "--term", "2026-1", "--school", school.unit.code, at=AFTER_NOTICE
    )
    assert (answer["frozen"], answer["sha256"]) == (True, row.sha256)


def test_the_facts_of_a_school_leave_as_a_file_that_gives_the_same_figures(
    school, capsys, tmp_path
):
    file = tmp_path / "facts.json"
    code = school.unit.code
    _code, (answer,) = run(capsys, "--term", "2026-1", "--school", code, "--out", str(file))
    _code, (again,) = run(capsys, "--facts", str(file))
    figures = {
        (row["teacher"], line["code"]): line["value"]
        for row in answer["sheets"]
        for line in row["indicators"]
        if line["code"] != "workload"
    }
    assert {(row["mentor"], row["code"]): row["value"] for row in again["indicators"]} == figures


def test_without_json_each_mentor_is_a_line(school, capsys):
    with clock.frozen(JULY):
        call_command("evaluate", "--term", "2026-1", "--what-if")
    lines = capsys.readouterr().out.splitlines()
    wang = school.people["王芳"].pk
    assert f"【模拟】{school.unit.code} · {wang}：工作质量 84.13%，等级 good" in lines
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--term", "1999-1"), "not_found"),
        (("--term", "2026-1", "--school", "S9999"), "not_found"),
        (("--term", "2026-1", "--scheme", "9"), "no_scheme"),
        (("--term", "2026-1", "--out", "facts.json"), "one_school_only"),
        ((), "not_found"),
    ],
)
def test_what_does_not_exist_is_refused(school, capsys, options, code):
    status, (answer,) = run(capsys, *options, at="2030-01-01T08:00:00+08:00")
    assert (status, answer["refused"]["code"]) == (2, code)
    assert not Sheet.objects.exists()
