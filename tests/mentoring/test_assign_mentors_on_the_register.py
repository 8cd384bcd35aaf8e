"""`assign_mentors` for a school on the register: a preview, a publication, or a refusal."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command

from mentoring.models import AssignmentRun, MentorAssignment
from schools.models import Employment
from tests.people import a_school


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refused(capsys, *words: str) -> dict:
    with pytest.raises(SystemExit) as end:
        call_command("assign_mentors", *words, "--json")
    assert end.value.code == 2
    return lines(capsys)[0]["refused"]


def test_a_school_is_computed_and_kept_as_a_preview(school, capsys):
    call_command("assign_mentors", "--school", school.unit.code.lower(), "--json")
    (row,) = lines(capsys)
    assert (row["school"], row["status"]) == (school.unit.code, "optimal")
    assert (row["pupils"], row["mentors"], row["moves"], row["max_load"]) == (6, 3, 0, 3)
    run = AssignmentRun.objects.get()
    assert (run.state, run.objective) == ("previewed", row["objective"])
    assert row["certificate"]["solution_sha256"] == run.solution_sha256
    assert not MentorAssignment.objects.exists()


def test_a_dry_run_keeps_nothing(school, capsys):
    call_command("assign_mentors", "--school", school.unit.code, "--dry-run", "--json")
    assert lines(capsys)[0]["status"] == "optimal"
    assert not AssignmentRun.objects.exists()


def test_publishing_makes_it_effective_and_needs_a_reason(school, capsys):
    words = ("--school", school.unit.code, "--publish")
    assert refused(capsys, *words)["code"] == "reason_missing"
    assert not MentorAssignment.objects.exists()
    call_command("assign_mentors", *words, "--reason", "新学期结对", "--json")
    assert lines(capsys)[0]["status"] == "optimal"
    assert MentorAssignment.objects.count() == 6


def test_the_file_that_is_written_solves_to_the_same_without_a_database(school, capsys, tmp_path):
    out = tmp_path / "dossier.json"
    call_command("assign_mentors", "--school", school.unit.code, "--out", out, "--json")
    call_command("assign_mentors", "--instance", out, "--json")
    kept, alone = lines(capsys)
    for row in (kept, alone):
        assert row.pop("seconds") >= 0
    assert alone == kept


def test_all_schools_with_pupils_are_computed_and_a_shortage_is_a_finding(school, capsys):
    a_school("没有学生的小学")
    Employment.objects.filter(unit=school.unit).update(ends_on=date(2026, 3, 2))
    with pytest.raises(SystemExit) as end:
        call_command("assign_mentors", "--all", "--json")
    assert end.value.code == 1
    (row,) = lines(capsys)
    assert (row["school"], row["status"], row["mentors"]) == (school.unit.code, "infeasible", 0)
    assert AssignmentRun.objects.get().state == "infeasible"


def test_unknown_schools_and_terms_are_refused(school, capsys):
    assert refused(capsys, "--school", "NONE")["code"] == "not_found"
    known = ("--school", school.unit.code)
    assert refused(capsys, *known, "--term", "1999-1")["code"] == "not_found"
    assert refused(capsys, "--all", "--out", "x.json")["code"] == "one_school_only"
    assert refused(capsys, "--school", a_school("没有学生的小学").code)["code"] == "no_pupils"
    assert not AssignmentRun.objects.exists()


def test_in_words_each_school_is_named(school, capsys):
    call_command("assign_mentors", "--school", school.unit.code)
    words = capsys.readouterr().out.strip()
    assert words == (f"{school.unit.code}：6 名学生、3 名导师：已得到最优方案，最多一人带 3 名。")
