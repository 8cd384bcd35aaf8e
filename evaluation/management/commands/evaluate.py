"""Compute the indicators of a term from a file of facts, without a database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core import commands
from core.documented_json import Malformed
from evaluation.rules.counting import Counted, Excluded
from evaluation.rules.facts import Facts
from evaluation.rules.facts_file import read_facts
from evaluation.rules.indicators import Indicator, Results, compute


class Command(commands.Command):
    """`evaluate --facts FILE [--json]`: exit 0, or 2 for a file that cannot be taken."""

    help = "导师评价：不用数据库，由一份事实文件计算各项指标"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--facts",
            type=Path,
            required=True,
            help="JSON 事实文件，格式见 docs/features/evaluation.md",
        )
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            facts = read_facts(json.loads(options["facts"].read_text(encoding="utf-8-sig")))
        except Malformed as error:
            raise commands.Refused(
                "malformed", _("事实文件格式不对：%(where)s。") % {"where": str(error)}
            ) from error
        except (ValueError, RecursionError) as error:
            raise commands.Refused("not_json", _("文件不是 UTF-8 编码的 JSON。")) from error
        results = compute(facts)
        if options["json"]:
            self.stdout.write(json.dumps(_document(facts, results), ensure_ascii=False))
            return None
        for row in results.indicators:
            self.stdout.write(_line(row))
        return None


def _document(facts: Facts, results: Results) -> dict[str, Any]:
    return {
        "term": {"from": facts.term.start.isoformat(), "to": facts.end.isoformat()},
        "indicators": [
            {
                "mentor": row.mentor,
                "code": row.code,
                "version": row.version,
                "value": row.value,
                "numerator": row.numerator,
                "denominator": row.denominator,
            }
            for row in results.indicators
        ],
        "rows": list(_counted(results.counted)),
        "excluded": list(_excluded(results.excluded)),
    }


def _counted(rows: Iterable[Counted]) -> Iterable[dict[str, Any]]:
    for row in rows:
        yield {
            "id": row.contact.id,
            "pupil": row.pupil,
            "mentor": row.contact.mentor,
            "effective_on": row.effective_on.isoformat(),
            "half": row.half,
        }


def _excluded(rows: Iterable[Excluded]) -> Iterable[dict[str, Any]]:
    for row in rows:
        yield {
            "id": row.contact.id,
            "pupil": row.pupil,
            "mentor": row.contact.mentor,
            "reason": row.reason.value,
        }


def _line(row: Indicator) -> str:
    value = _("无应计") if row.value is None else str(row.value)
    return _("%(mentor)s · %(code)s（第 %(version)d 版）：%(value)s（%(upper)d / %(lower)d）") % {
        "mentor": row.mentor or _("全校"),
        "code": row.code,
        "version": row.version,
        "value": value,
        "upper": row.numerator,
        "lower": row.denominator,
    }
