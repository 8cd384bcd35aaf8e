"""``assign_mentors --instance``: a documented file in, the solution with its proof out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mentoring.rules.dossier import read_instance, write_instance
from tests.mentoring.making import a_school, optimum_by_highs


def refused(code: str, message: str) -> dict:
    return {"refused": {"code": code, "message": message}}


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    code = 0
    try:
        call_command("assign_mentors", *words, "--json")
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(capsys.readouterr().out)


def write(path: Path, data: object) -> str:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_the_answer_names_the_optimum_and_its_proof(capsys, tmp_path):
    instance = a_school(1, pupils=120)
    source = write(tmp_path / "in.json", write_instance(instance))
    code, row = run(capsys, "--instance", source, "--out", str(tmp_path / "out.json"))
    assert code == 0
    assert (row["school"], row["status"], row["pupils"]) == ("4115020001", "optimal", 120)
    assert row["objective"] == row["certificate"]["objective"] == optimum_by_highs(instance)
    dossier = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert dossier["format"] == "assignment/1"
    pairs = sum(pair["closeness"] - pair["bonus"] for pair in dossier["costs"]["pairs"])
    loads = sum(load["cost"] for load in dossier["costs"]["loads"])
    assert pairs + loads == row["objective"]
    assert len(dossier["solution"]["mentor_of"]) == 120


def test_the_file_that_was_written_is_solved_again_to_the_same_names(capsys, tmp_path):
    first = write(tmp_path / "in.json", write_instance(a_school(1, pupils=120)))
    _code, before = run(capsys, "--instance", first, "--out", str(tmp_path / "out.json"))
    code, after = run(capsys, "--instance", str(tmp_path / "out.json"))
    assert code == 0
    assert after["certificate"] == before["certificate"]


def test_a_school_that_lacks_places_ends_with_one_and_says_what_lacks(capsys, tmp_path):
    instance = a_school(4, pupils=60, per_mentor=20)
    source = write(tmp_path / "in.json", write_instance(instance))
    code, row = run(capsys, "--instance", source, "--out", str(tmp_path / "out.json"))
    assert (code, row["status"]) == (1, "infeasible")
    assert row["shortage"]["unplaced"] == 30
    assert row["shortage"]["repairs"][0]["extra_places"] == {"T000": 15, "T002": 15}
    assert json.loads((tmp_path / "out.json").read_text())["solution"] == {"status": "infeasible"}


def test_without_json_it_speaks_in_sentences(capsys, tmp_path):
    source = write(tmp_path / "in.json", write_instance(a_school(4, pupils=60, per_mentor=20)))
    with pytest.raises(SystemExit):
        call_command("assign_mentors", "--instance", source)
    lines = capsys.readouterr().out.splitlines()
    assert "2 名可任导师的教师上限共 30 人" in lines[0]
    assert lines[-1].startswith("最小调整：2 名导师各超额，最多每人超 15 人。")
    fine = write(tmp_path / "fine.json", write_instance(a_school(1, pupils=120)))
    call_command("assign_mentors", "--instance", fine)
    assert "已得到最优方案" in capsys.readouterr().out


GOOD = {
    "school": "4115020001",
    "term": "2026-1",
    "seed": "公开的种子",
    "pupils": [{"id": "李想", "grade": "2024", "group": "2024-1"}],
    "mentors": [{"id": "王老师", "soft_cap": 15, "hard_cap": 20, "groups": ["2024-1"]}],
}


def spoilt(**values: object) -> dict:
    return GOOD | values


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "instance"),
        (spoilt(pupils=None), "pupils"),
        (spoilt(pupils=["李想"]), "pupils[0]"),
        (spoilt(pupils=GOOD["pupils"] * 2), "pupils: one id twice"),
        (spoilt(pupils=[{"id": " ", "grade": "2024", "group": "1"}]), "pupils[0].id"),
        (spoilt(pupils=[GOOD["pupils"][0] | {"wishes": "王老师"}]), "pupils[0].wishes"),
        (spoilt(pupils=[GOOD["pupils"][0] | {"wishes": [7]}]), "pupils[0].wishes[0]"),
        (spoilt(pupils=[GOOD["pupils"][0] | {"present": 7}]), "pupils[0].present"),
        (
            spoilt(pupils=[*GOOD["pupils"], {"id": "赵敏", "grade": "2025", "group": "2024-1"}]),
            "pupils: one class, two grades",
        ),
        (spoilt(mentors=[{"id": "王老师", "soft_cap": 21, "hard_cap": 20}]), "mentors[0].soft_cap"),
        (
            spoilt(mentors=[{"id": "王老师", "soft_cap": 1, "hard_cap": True}]),
            "mentors[0].hard_cap",
        ),
        (
            spoilt(mentors=[GOOD["mentors"][0] | {"qualified": "yes"}]),
            "mentors[0].qualified",
        ),
        (spoilt(weights={"distance": 1}), "weights"),
        (spoilt(weights={"load": -1}), "weights.load"),
        (spoilt(weights={"wishes": 60}), "weights.wishes"),
        (spoilt(weights={"wishes": [60, None]}), "weights.wishes[1]"),
        (spoilt(weights={"same_grade": 90}), "weights: same_class <= same_grade <= elsewhere"),
        (spoilt(seed=""), "seed"),
    ],
)
def test_a_file_that_is_not_in_the_form_is_refused_with_the_place(capsys, tmp_path, data, place):
    code, answer = run(capsys, "--instance", write(tmp_path / "in.json", data))
    assert (code, answer) == (2, refused("malformed", f"分配文件格式不对：{place}。"))


def test_what_is_no_file_or_no_json_is_refused(capsys, tmp_path):
    none = tmp_path / "none.json"
    words = f"{none}：没有这个文件或目录，请检查路径，目录须先建好。"
    assert run(capsys, "--instance", str(none)) == (2, refused("file", words))
    (tmp_path / "gbk.json").write_bytes('{"信阳": 1}'.encode("gbk"))
    assert run(capsys, "--instance", str(tmp_path / "gbk.json")) == (
        2,
        refused("not_json", "文件不是 UTF-8 编码的 JSON。"),
    )
    with pytest.raises(CommandError) as refusal:
        call_command("assign_mentors", "--instance", str(none))
    assert (str(refusal.value), refusal.value.returncode) == (words, 2)


def test_a_dossier_for_a_folder_that_is_not_there_is_refused_in_words(capsys, tmp_path):
    source = write(tmp_path / "in.json", write_instance(a_school(1, pupils=4)))
    out = tmp_path / "none" / "out.json"
    words = f"{out}：没有这个文件或目录，请检查路径，目录须先建好。"
    assert run(capsys, "--instance", source, "--out", str(out)) == (2, refused("file", words))


def test_weights_too_large_for_the_solver_are_refused_in_words(capsys, tmp_path):
    instance = write_instance(a_school(1, pupils=400, caps=(400, 400)))
    instance["weights"] |= {"present": 10**8, "beyond_soft": 10**8, "load": 10**8}
    code, answer = run(capsys, "--instance", write(tmp_path / "in.json", instance))
    assert (code, answer) == (
        2,
        refused("too_large", "权重过大，超出求解器的数值范围，请减小后重试。"),
    )


def test_reading_what_was_written_gives_the_same_instance():
    instance = a_school(7, pupils=80, present=0.3)
    assert read_instance({"instance": write_instance(instance)}) == instance


def test_who_teaches_a_class_teaches_its_grade():
    [mentor] = read_instance(GOOD).mentors
    assert mentor.grades == {"2024"}
