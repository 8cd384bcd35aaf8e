"""Import a roster file without the screens."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock, commands
from schools import services
from schools.models import Unit, UnitKind
from schools.rules.judging import Verdict
from schools.selectors.imports import rejection
from schools.services import Examination

DONE, FINDINGS, REFUSED = 0, 1, 2


class Command(commands.Command):
    """`import_roster FILE [--org CODE] [--dry-run] [--partial] [--json]`: exit 0, 1 or 2."""

    help = "导入学校、班级、教师与学生名册（.xlsx 或 CSV）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="名册文件")
        parser.add_argument("--org", default="", help="单位代码；默认为市教育局")
        parser.add_argument("--dry-run", action="store_true", help="只预览，不写入")
        parser.add_argument("--partial", action="store_true", help="文件只含部分人员")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        unit = self.unit_named(options["org"])
        file: Path = options["file"]
        if unit is None or not file.is_file():
            reason = _("没有这个单位。") if unit is None else _("没有这个文件。")
            return self.end(options, ("not_found", reason))
        with transaction.atomic(), file.open("rb") as stream:
            examination = services.examine_file(
                actor=None, unit=unit, file=stream, name=file.name, partial=options["partial"]
            )
            if not examination.refusal[0] and not options["dry_run"]:
                services.import_file(
                    actor=None,
                    unit=unit,
                    examination=examination,
                    day=clock.today(),
                    name=file.name[:200],
                )
        if examination.refusal[0]:
            return self.end(options, examination.refusal)
        return self.report(options, examination)

    def unit_named(self, code: str) -> Unit | None:
        """The unit with this code; the bureau when none is given."""
        if not code:
            return Unit.objects.filter(kind=UnitKind.BUREAU).first()
        return Unit.objects.filter(code=code.upper()).first()

    def end(self, options: dict[str, Any], refusal: tuple[str, str]) -> None:
        """Say why nothing was done; exit 2."""
        code, message = refusal
        if options["json"]:
            answer = {"refused": {"code": code, "message": str(message)}}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            sys.exit(REFUSED)
        raise CommandError(str(message), returncode=REFUSED)

    def report(self, options: dict[str, Any], examination: Examination) -> None:
        """Print what was done (or would be); exit 1 when rows were rejected."""
        roster = examination.roster
        rejected = [
            {
                "sheet": item.raw.sheet,
                "row": item.raw.number,
                **rejection(
                    {"column": problem.column, "code": problem.code, "params": problem.params}
                ),
            }
            for item in roster.lines
            for problem in item.judgement.problems
        ]
        counts = {
            "rows": len(roster.lines),
            "created": roster.count(Verdict.CREATED),
            "updated": roster.count(Verdict.UPDATED),
            "unchanged": roster.count(Verdict.UNCHANGED),
        }
        if options["json"]:
            answer = {**counts, "rejected": rejected}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.write_words(counts, rejected)
        if rejected:
            sys.exit(FINDINGS)

    def write_words(self, counts: dict[str, int], rejected: list[dict[str, Any]]) -> None:
        """The same in words, a line for each rejection."""
        words = _("共 %(rows)s 行：新增 %(created)s，更新 %(updated)s，不变 %(unchanged)s。")
        self.stdout.write(words % counts)
        for item in rejected:
            self.stdout.write(_("%(sheet)s第 %(row)s 行 %(column)s：%(message)s") % item)
