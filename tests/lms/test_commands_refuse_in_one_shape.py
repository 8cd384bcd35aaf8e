"""What a command refuses is said in one shape and in one line, never by a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

from django.conf import settings
from django.core.management import get_commands

from core import commands
from tests.faults.house import ROOT, house

OURS = {app.partition(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()}


def test_every_command_of_ours_stands_on_the_one_base():
    strangers = [
        name
        for name, app in get_commands().items()
        if app in OURS
        and not issubclass(
            import_module(f"{app}.management.commands.{name}").Command, commands.Command
        )
    ]
    assert strangers == []


def manage(place, *words: str) -> tuple[int, str, str]:
    ended = place.manage(*words, check=False)
    return ended.returncode, ended.stdout, ended.stderr


EMPTY = """
import io, json, sys
from contextlib import redirect_stdout
from django.core.management import call_command
for words in json.loads(sys.stdin.read()):
    out = io.StringIO()
    try:
        with redirect_stdout(out):
            call_command(*words, stdout=out)
        print(words[0], 0, json.dumps(out.getvalue()))
    except SystemExit as end:
        print(words[0], end.code, out.getvalue().strip())
"""


def test_on_a_database_without_tables_every_command_says_what_to_do_first(tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("证书编号,姓名\n信教体培证字〔2026〕第000001号,王小明\n", encoding="utf-8")
    wanted = [
        ["demo", "--json"],
        ["reconcile", "--json"],
        ["verify_audit", "--json"],
        ["seal_audit", "--json"],
        ["verify_field_keys", "--json"],
        ["rotate_field_keys", "--json"],
        ["issue_certificates", "--run", "XL102-03", "--json"],
        ["import_roster", str(roster), "--json"],
        ["verify_certificates", str(roster), "--json"],
        ["backup", "create", str(tmp_path / "backup"), "--json"],
    ]
    from core import crypto

    crypto.new_key_file(tmp_path / "fields.json")
    with house(tmp_path, FIELD_KEYS_FILE=str(tmp_path / "fields.json")) as place:
        ended = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{EMPTY}"],
            cwd=ROOT,
            env=place.environment | {"DJANGO_SETTINGS_MODULE": "lms.settings"},
            input=json.dumps(wanted),
            capture_output=True,
            text=True,
            check=True,
        )
    said = {
        name: (code, json.loads(answer)["refused"]["code"])
        for name, code, answer in (line.split(" ", 2) for line in ended.stdout.splitlines())
    }
    assert said == {words[0]: ("2", "not_prepared") for words in wanted} | {
        "backup": ("2", "backup")
    }


def test_a_refused_command_line_is_one_line_and_under_json_one_object(tmp_path):
    with house(tmp_path) as place:
        words = ("watch_replay", str(tmp_path / "none.json"))
        said = f"{tmp_path}/none.json：没有这个文件或目录，请检查路径，目录须先建好。"
        assert manage(place, *words) == (2, "", f"{said}\n")
        code, out, err = manage(place, *words, "--json")
        assert (code, json.loads(out), err) == (
            2,
            {"refused": {"code": "file", "message": said}},
            "",
        )
        code, out, err = manage(place, "watch_replay", "--json")
        assert (code, json.loads(out)["refused"]["code"], err) == (2, "usage", "")
        place.environment["LMS_FAKE_NOW"] = "2026-03-01"
        code, out, err = manage(place, *words, "--json")
        assert (code, json.loads(out)["refused"]["code"], err) == (2, "settings", "")
