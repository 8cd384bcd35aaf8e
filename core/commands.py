"""The base of all our commands: what is refused is said in one shape, and never by a traceback.

With ``--json`` ``{"refused": {"code", "message"}}`` on standard output, otherwise one line on
standard error; the exit code is 2. A fault that the operator cannot mend stays a fault.
"""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from core.backup.databases import BackupFault
from core.crypto import KeyFault
from core.errors import DomainError
from core.unavailable import database_is_away

REFUSED = 2
_MISSING_TABLE = {"42P01", "42703"}
_MISSING_TABLE_ON_SQLITE = ("no such table", "no such column")


class Refused(DomainError):
    """The command does nothing; ``code`` and message say why."""

    def __init__(self, code: str, message: Any) -> None:
        super().__init__(message)
        self.code = code


class Command(BaseCommand):
    """A command whose refusals look like all others."""

    _called_from_command_line: bool

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if self._called_from_command_line and "--json" in sys.argv:
            parser.error = self._misused  # type: ignore[method-assign]
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except Exception as fault:
            refusal = refusal_of(fault)
            if refusal is None:
                raise
            self._refuse(*refusal, as_json=bool(options.get("json")))

    def _misused(self, message: str) -> NoReturn:
        self._refuse("usage", message, as_json=True)

    def _refuse(self, code: str, message: str, *, as_json: bool) -> NoReturn:
        if as_json:
            answer = {"refused": {"code": code, "message": message}}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        elif self._called_from_command_line:
            self.stderr.write(message)
        else:
            raise CommandError(message, returncode=REFUSED)
        sys.exit(REFUSED)


def refusal_of(fault: Exception) -> tuple[str, str] | None:
    """Code and message for what the operator can mend; None for a fault of ours."""
    if isinstance(fault, DomainError):
        return fault.code, str(fault)
    if isinstance(fault, CommandError):
        return "refused", str(fault)
    if isinstance(fault, BackupFault):
        return "backup", str(fault)
    if isinstance(fault, KeyFault):
        path = settings.FIELD_KEYS_FILE
        return "field_keys", f"FIELD_KEYS_FILE：{path} 读不出可用的密钥，请检查内容与权限。"
    if isinstance(fault, OSError):
        return _refusal_of_file(fault)
    return _refusal_of_database(fault) if isinstance(fault, DatabaseError) else None


def _refusal_of_file(fault: OSError) -> tuple[str, str] | None:
    if fault.filename is None:
        return None
    reasons = {
        FileNotFoundError: "没有这个文件或目录，请检查路径，目录须先建好。",
        PermissionError: "没有权限，请检查所有者与权限。",
        IsADirectoryError: "这是目录，请给出文件。",
    }
    return "file", f"{fault.filename}：{reasons.get(type(fault), fault.strerror)}"


def _refusal_of_database(fault: DatabaseError) -> tuple[str, str] | None:
    missing = getattr(fault.__cause__, "sqlstate", "") in _MISSING_TABLE
    if missing or str(fault).startswith(_MISSING_TABLE_ON_SQLITE):
        return "not_prepared", "数据库还没有建好，请先运行 manage.py prepare。"
    if database_is_away(fault):
        return "database_away", "连不上数据库或数据库正忙，请检查 DATABASE_URL 与数据库服务后重试。"
    return None
