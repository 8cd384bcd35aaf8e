"""``evaluate --facts``: a documented file in, indicators with their rows out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GOOD = {
    "term": {"from": "2026-03-01", "to": "2026-04-10"},
    "pupils": [
        {
            "id": "李想",
            "enrolled": [{"from": "2025-09-01"}],
            "cadences": [{"from": "2025-09-01", "days": 10, "weight": 2}],
        }
    ],
    "assignments": [{"pupil": "李想", "mentor": "王老师", "from": "2025-09-01"}],
    "contacts": [
        {
            "id": "c1",
            "mentor": "王老师",
            "pupils": ["李想"],
            "kind": "visit",
            "outcome": "made",
            "occurred_at": "2026-03-06T16:00:00+08:00",
            "recorded_at": "2026-03-08T16:00:00",
        },
        {
            "id": "c2",
            "mentor": "王老师",
            "pupils": ["李想"],
            "kind": "group",
            "outcome": "made",
            "occurred_at": "2026-03-01T23:30:00+00:00",
            "recorded_at": "2026-03-12T16:00:00+08:00",
        },
    ],
}


def refused(code: str, message: str) -> dict:
    return {"refused": {"code": code, "message": message}}


def run(capsys: pytest.CaptureFixture[str], path: Path, data: object) -> tuple[int, dict]:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    code = 0
    try:
        call_command("evaluate", "--facts", str(path), "--json")
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_every_figure_opens_its_rows_and_every_row_has_its_reason(capsys, tmp_path):
    code, answer = run(capsys, tmp_path / "facts.json", GOOD)
    assert code == 0
    assert answer["term"] == {"from": "2026-03-01", "to": "2026-04-10"}
    figures = {
        (row["mentor"], row["code"]): (row["value"], row["numerator"], row["denominator"])
        for row in answer["indicators"]
    }
    assert figures == {
        (None, "coverage"): (1.0, 40, 40),
        ("王老师", "covered_days"): (0.275, 22, 80),
        ("王老师", "required_products"): (0.3333, 1, 3),
        ("王老师", "late_entries"): (0.5, 1, 2),
        ("王老师", "entry_lag_median"): (2.0, 2, 1),
        ("王老师", "entry_lag_p90"): (10.0, 10, 1),
    }
    assert {row["version"] for row in answer["indicators"]} == {1}
    assert answer["rows"] == [
        {
            "id": "c1",
            "pupil": "李想",
            "mentor": "王老师",
            "effective_on": "2026-03-06",
            "half": False,
        }
    ]
    assert answer["excluded"] == [
        {"id": "c2", "pupil": "李想", "mentor": "王老师", "reason": "group"}
    ]


def test_where_nothing_is_due_there_is_no_value(capsys, tmp_path):
    _code, answer = run(capsys, tmp_path / "facts.json", GOOD | {"as_of": "2026-03-01"})
    assert {row["value"] for row in answer["indicators"]} == {None}


def test_without_json_it_speaks_in_sentences(capsys, tmp_path):
    (tmp_path / "facts.json").write_text(json.dumps(GOOD), encoding="utf-8")
    call_command("evaluate", "--facts", str(tmp_path / "facts.json"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "全校 · coverage（第 1 版）：1.0（40 / 40）",
        "王老师 · covered_days（第 1 版）：0.275（22 / 80）",
    ]


PUPIL, FIRST = GOOD["pupils"][0], GOOD["contacts"][0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"term": {"from": "2026-03-01"}}, "term.to"),
        ({"term": {"from": "2026-03-01", "to": "2026-03-01"}}, "term.to"),
        ({"term": {"from": "1900-01-01", "to": "2026-03-01"}}, "term.to"),
        ({"as_of": "三月"}, "as_of"),
        ({"calendar": []}, "calendar"),
        ({"calendar": {"stopped": [{"from": "2026-05-01"}]}}, "calendar.stopped[0].to"),
        ({"default": {"days": 0}}, "default.days"),
        ({"allowed_lag_days": True}, "allowed_lag_days"),
        ({"pupils": None}, "pupils"),
        ({"pupils": ["李想"]}, "pupils[0]"),
        ({"pupils": [PUPIL, PUPIL]}, "pupils: one id twice"),
        ({"pupils": [PUPIL | {"household": 7}]}, "pupils[0].household"),
        (
            {"pupils": [PUPIL | {"cadences": [*PUPIL["cadences"], *PUPIL["cadences"]]}]},
            "cadences: two at once for 李想",
        ),
        ({"assignments": GOOD["assignments"] * 2}, "assignments: two at once for 李想"),
        (
            {"assignments": [GOOD["assignments"][0] | {"from": "1026-09-01"}]},
            "assignments: 1026-09-01",
        ),
        ({"pupils": [PUPIL | {"enrolled": [{"from": "1026-09-01"}]}]}, "pupils: 1026-09-01"),
        (
            {"contacts": [FIRST | {"occurred_at": "1026-03-06T16:00:00+08:00"}]},
            "contacts: 1026-03-06",
        ),
        ({"contacts": [FIRST | {"kind": "chat"}]}, "contacts[0].kind"),
        ({"contacts": [FIRST | {"pupils": "李想"}]}, "contacts[0].pupils"),
        ({"contacts": [FIRST | {"occurred_at": "yesterday"}]}, "contacts[0].occurred_at"),
        ({"contacts": [FIRST | {"voided": "no"}]}, "contacts[0].voided"),
        ({"contacts": [FIRST, FIRST]}, "contacts: one id twice"),
    ],
)
def test_a_file_that_is_not_in_the_form_is_refused_with_the_place(capsys, tmp_path, change, place):
    code, answer = run(capsys, tmp_path / "facts.json", GOOD | change)
    assert (code, answer) == (2, refused("malformed", f"事实文件格式不对：{place}。"))


def test_what_is_no_file_no_json_or_no_object_is_refused(capsys, tmp_path):
    answer = refused("malformed", "事实文件格式不对：$。")
    assert run(capsys, tmp_path / "facts.json", [1]) == (2, answer)
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("evaluate", "--facts", str(tmp_path / "none.json"))
    (tmp_path / "gbk.json").write_bytes("信阳".encode("gbk"))
    with pytest.raises(CommandError) as refusal:
        call_command("evaluate", "--facts", str(tmp_path / "gbk.json"))
    assert (str(refusal.value), refusal.value.returncode) == ("文件不是 UTF-8 编码的 JSON。", 2)
