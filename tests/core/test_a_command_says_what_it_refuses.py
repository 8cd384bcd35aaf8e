"""What a command refuses: which faults an operator can mend, and in which shape it is said."""

from __future__ import annotations

import json
import sys

import pytest
from django.core.checks import Error
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, ProgrammingError

from core import commands
from core.backup import BackupFault
from core.crypto import KeyFault


class UndefinedTable(Exception):
    """As psycopg says it."""

    sqlstate = "42P01"


def on_postgresql() -> ProgrammingError:
    fault = ProgrammingError('relation "schools_unit" does not exist')
    fault.__cause__ = UndefinedTable()
    return fault


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (commands.Refused("much_smaller", "名册太小。"), "much_smaller"),
        (CommandError("x"), "refused"),
        (SystemCheckError("x"), "refused"),
        (BackupFault("x"), "backup"),
        (KeyFault("x"), "field_keys"),
        (FileNotFoundError(2, "No such file", "/none/out.json"), "file"),
        (IsADirectoryError(21, "Is a directory", "/tmp"), "file"),
        (OSError(28, "No space left on device", "/full/out.json"), "file"),
        (OperationalError("no such table: schools_unit"), "not_prepared"),
        (on_postgresql(), "not_prepared"),
        (OperationalError("database is locked"), "database_away"),
    ],
)
def test_what_an_operator_can_mend_is_said_in_words(fault, code):
    said = commands.refusal_of(fault)
    assert said is not None
    assert said[0] == code


@pytest.mark.parametrize(
    "fault", [ValueError("x"), OSError("x"), ProgrammingError("syntax error at or near")]
)
def test_a_fault_of_ours_stays_a_fault(fault):
    assert commands.refusal_of(fault) is None


def test_a_failed_check_is_a_refusal_too(monkeypatch, capsys):
    class Quiet(commands.Command):
        def check(self, **_: object) -> None:
            raise SystemCheckError(str(Error("演示账号", id="lms.E001")))

        def handle(self, *args: object, **options: object) -> None:
            raise AssertionError

    command = Quiet()
    with pytest.raises(SystemExit) as ended:
        command.execute(
            json=True, skip_checks=False, force_color=False, no_color=False, traceback=False
        )
    assert ended.value.code == 2
    assert json.loads(capsys.readouterr().out)["refused"]["message"] == "?: (lms.E001) 演示账号"


class Refusing(commands.Command):
    """A command that finds the roster too small."""

    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        raise commands.Refused("much_smaller", "名册太小。")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["roster.csv"], ("", "名册太小。\n")),
        (
            ["roster.csv", "--json"],
            ('{"refused": {"code": "much_smaller", "message": "名册太小。"}}\n', ""),
        ),
        (
            ["--json"],
            (
                '{"refused": {"code": "usage", '
                '"message": "the following arguments are required: file"}}\n',
                "",
            ),
        ),
    ],
)
def test_on_the_command_line_it_is_one_line_or_one_object(words, said, monkeypatch, capsys):
    argv = ["manage.py", "refusing", *words]
    monkeypatch.setattr(sys, "argv", argv)
    with pytest.raises(SystemExit) as ended:
        Refusing(no_color=True).run_from_argv(argv)
    assert ended.value.code == 2
    assert tuple(capsys.readouterr()) == said


def test_a_fault_that_nobody_can_mend_ends_as_itself():
    class Broken(commands.Command):
        requires_system_checks = ()

        def handle(self, *args: object, **options: object) -> None:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Broken().execute(force_color=False, no_color=False, skip_checks=True)


class Closed(commands.Command):
    def handle(self, *args, **options):
        raise commands.Refused("closed", "名册已经封存。")


def test_a_command_called_by_a_program_raises_its_refusal():
    with pytest.raises(CommandError, match="名册已经封存。") as refusal:
        call_command(Closed())
    assert refusal.value.returncode == 2
