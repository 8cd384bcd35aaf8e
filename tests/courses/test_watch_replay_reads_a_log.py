"""`watch_replay` folds the documented log and names the place where a log is wrong.

No test here has a database: the command needs none.
"""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from core.documented_json import Malformed
from courses.rules.replay_log import read_log

LOG = {
    "recordings": [{"id": "青春期", "duration_ms": 20_000}],
    "sessions": [
        {
            "id": "a",
            "person": "王敏",
            "recording": "青春期",
            "started_at": "2026-03-02T08:00:00+08:00",
            "expires_ms": 1_772_416_800_000,
        }
    ],
    "beats": [
        {
            "session": "a",
            "received_at": "2026-03-02T08:00:15+08:00",
            "ranges": [[0, 15_000]],
            "position_ms": 15_000,
            "visible": True,
        }
    ],
}


@pytest.fixture
def replay(tmp_path, capsys):
    def run(content, *arguments):
        path = tmp_path / "log.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        code = 0
        try:
            call_command("watch_replay", str(path), *arguments)
        except SystemExit as stop:
            code = stop.code
        return code, capsys.readouterr().out

    return run


def test_an_honest_log_is_folded(replay):
    code, out = replay(LOG, "--json")
    result = json.loads(out)
    assert code == 0
    assert result["coverage"] == [
        {
            "person": "王敏",
            "recording": "青春期",
            "ranges": [[0, 15_000]],
            "watched_ms": 15_000,
            "wall_ms": 15_000,
            "percent": 100,
            "watched": True,
            "position_ms": 15_000,
            "refused": 0,
        }
    ]
    assert result["beats"] == [{"session": "a", "accepted": True, "reason": ""}]
    assert (result["policy"]["cap_numerator"], result["policy"]["cap_denominator"]) == (3, 2)


def test_a_refused_beat_is_a_finding(replay):
    late = {"session": "a", "received_ms": 1_772_416_800_000, "ranges": []}
    code, out = replay(LOG | {"beats": [*LOG["beats"], late]}, "--json")
    assert code == 1
    assert [beat["reason"] for beat in json.loads(out)["beats"]] == ["", "token_expired"]


def test_people_read_a_line_each(replay):
    assert replay(LOG) == (0, "王敏 · 青春期：100%，已看完，未采纳 0 次\n")


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("", "not_json", "文件不是 UTF-8 编码的 JSON。"),
        ("{", "not_json", "文件不是 UTF-8 编码的 JSON。"),
        ("[" * 100_000, "not_json", "文件不是 UTF-8 编码的 JSON。"),
        ('{"recordings": ' + "9" * 5000 + "}", "not_json", "文件不是 UTF-8 编码的 JSON。"),
        ({"recordings": []}, "malformed", "日志格式不对：sessions。"),
    ],
)
def test_an_unreadable_log_is_refused(replay, content, code, words):
    ended, out = replay(content, "--json")
    assert (ended, json.loads(out)) == (2, {"refused": {"code": code, "message": words}})


def test_a_log_saved_by_a_windows_editor_is_read(replay):
    assert replay("\ufeff" + json.dumps(LOG))[0] == 0


VALUES = [None, True, -1, 1.5, float("inf"), 10**30, "", "\ud800", "x", [], [[0]], {}, "9999-12-31"]


def places(value, path=()):
    yield path
    steps = value.items() if isinstance(value, dict) else ()
    steps = enumerate(value) if isinstance(value, list) else steps
    for step, part in steps:
        yield from places(part, (*path, step))


@pytest.mark.parametrize("path", [path for path in places(LOG) if path], ids=str)
def test_whatever_stands_in_a_place_is_folded_or_refused_in_words(replay, path):
    for value in VALUES:
        code, out = replay(changed(list(path), value), "--json")
        out.encode()
        assert code in {0, 1} or "日志格式不对" in json.loads(out)["refused"]["message"]


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match="没有这个文件") as refusal:
        call_command("watch_replay", str(tmp_path / "none.json"))
    assert refusal.value.returncode == 2


def changed(path, value):
    log = json.loads(json.dumps(LOG))
    target = log
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return log


@pytest.mark.parametrize(
    ("log", "where"),
    [
        ([], "$"),
        (changed(["beats"], None), "beats"),
        (changed(["beats", 0], 5), "beats[0]"),
        (changed(["recordings", 0, "duration_ms"], 0), "recordings[0].duration_ms"),
        (changed(["recordings", 0, "duration_ms"], 1.5), "recordings[0].duration_ms"),
        (changed(["recordings", 0, "id"], ""), "recordings[0].id"),
        (changed(["sessions", 0, "recording"], "别的"), "sessions[0].recording"),
        (changed(["sessions", 0, "person"], 7), "sessions[0].person"),
        (changed(["sessions", 0, "started_at"], "gestern"), "sessions[0].started_at"),
        (changed(["sessions", 0, "started_at"], "2026-03-02T08:00"), "sessions[0].started_at"),
        (changed(["sessions", 0, "started_ms"], True), "sessions[0].started_ms"),
        (changed(["beats", 0, "ranges"], "all"), "beats[0].ranges"),
        (changed(["beats", 0, "ranges", 0], [1]), "beats[0].ranges[0]"),
        (changed(["beats", 0, "ranges", 0, 1], "2"), "beats[0].ranges[0]"),
        (changed(["beats", 0, "visible"], 1), "beats[0].visible"),
        (changed(["beats", 0, "session"], None), "beats[0].session"),
        (changed(["beats", 0, "received_ms"], float("nan")), "beats[0].received_ms"),
        (changed(["sessions", 0, "id"], "\ud800"), "sessions[0].id"),
        (LOG | {"sessions": LOG["sessions"] * 2}, "sessions[1].id"),
        (LOG | {"recordings": LOG["recordings"] * 2}, "recordings[1].id"),
    ],
)
def test_a_wrong_place_is_named(log, where):
    with pytest.raises(Malformed) as error:
        read_log(log)
    assert str(error.value) == where
