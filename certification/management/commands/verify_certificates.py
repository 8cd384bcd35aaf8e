"""A verdict for each row of a workbook of certificates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from certification.selectors import Finding, findings
from certification.services import claim_tables
from certification.services.checking import counts
from core import commands


class Command(commands.Command):
    help = "Judges every row of a workbook: number, name and whatever else it says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--out", type=Path, help="the workbook again, with verdicts; replaces an older file"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        out: Path | None = options["out"]
        if out is not None:
            _refuse_wrong_place(out, path)
        with path.open("rb") as file:
            table = claim_tables.read_claims(file, path.name)
        found = list(findings(table.claims()))
        if out is not None:
            content = claim_tables.result_workbook(table, found, footer=_("命令行查验"))
            _write_whole(out, content)
        self._report(table, found, as_json=options["json"])
        if any(finding.verdict != "valid" for finding in found):
            raise SystemExit(1)

    def _report(
        self, table: claim_tables.ClaimTable, found: list[Finding], *, as_json: bool
    ) -> None:
        if as_json:
            rows = [
                {
                    "row": finding.row,
                    "verdict": finding.verdict,
                    "field": finding.field,
                    "notes": [*finding.notes, *claim_tables.notes_of(table, row)],
                }
                for finding, row in zip(found, table.sheet.rows, strict=True)
            ]
            report = {"rows": len(found), "counts": counts(found), "results": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for verdict, number in counts(found).items():
            if number:
                self.stdout.write(f"{claim_tables.VERDICT_WORDS[verdict]}\t{number}")


def _refuse_wrong_place(out: Path, source: Path) -> None:
    """Raises Refused before any work where the result cannot or must not be written."""
    if out.is_dir():
        raise commands.Refused("out", _("--out 是一个文件夹，请写明结果文件的名称。"))
    if not out.parent.is_dir():
        raise commands.Refused("out", _("--out 所在的文件夹不存在，请先建立。"))
    if out.exists() and source.exists() and out.samefile(source):
        raise commands.Refused("out", _("结果不能覆盖原表，请给 --out 换一个文件名。"))


def _write_whole(out: Path, content: bytes) -> None:
    """Put the file there at once, in place of an older one; never half a file."""
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise commands.Refused("out", _("结果文件写不进去，请检查权限和剩余空间。")) from error
