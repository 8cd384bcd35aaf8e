"""Compute the sheets of a term, try another scheme, or take a file of facts without a database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core import clock, commands
from core.documented_json import Malformed
from evaluation import services
from evaluation.models import Scheme
from evaluation.rules.counting import Counted, Excluded
from evaluation.rules.facts import Facts
from evaluation.rules.facts_file import read_facts
from evaluation.rules.facts_writing import write_facts
from evaluation.rules.indicators import Indicator, Results, compute
from evaluation.selectors import facts_of_term
from evaluation.selectors.sheets import (
    differences_by_mentor,
    document_of,
    figures_of,
    kept_document,
    rejudged,
    scheme_for,
    sheets_of_term,
    standing,
)
from evaluation.services.computing import is_frozen
from mentoring.selectors.records import schools_with_mentors
from schools.models import Term, Unit
from schools.selectors import term_on


class Command(commands.Command):
    """`evaluate --term T [--school CODE | --all] [--scheme V] [--what-if]`, or `--facts FILE`.

    Exit 0, or 2 for what cannot be taken.
    """

    help = "导师评价：计算一个学期的评价表、试算另一版方案，或由一份事实文件计算各项指标"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument(
            "--facts",
            type=Path,
            help="JSON 事实文件，格式见 docs/features/evaluation.md；不用数据库",
        )
        whose.add_argument("--school", default="", help="学校代码；默认为全部有导师结对的学校")
        whose.add_argument("--all", action="store_true", help="全部有导师结对的学校")
        parser.add_argument("--term", default="", help="学期代码；默认为当前学期")
        parser.add_argument("--scheme", type=int, help="评价方案的版本；默认为学期开始时有效的")
        parser.add_argument("--what-if", action="store_true", help="只试算并比较，不写任何内容")
        parser.add_argument("--out", type=Path, help="把一所学校的事实写成事实文件，不含文字")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["facts"]:
            self.show_facts(_read(options["facts"]), as_json=options["json"])
            return
        if options["out"] and not options["school"]:
            raise commands.Refused("one_school_only", _("--out 一次只写一所学校，请用 --school。"))
        term = _term(options["term"])
        scheme = _scheme(term, options["scheme"])
        for unit in _schools(options["school"], term):
            if options["out"]:
                facts = json.dumps(write_facts(facts_of_term(unit, term)), ensure_ascii=False)
                options["out"].write_text(facts + "\n", encoding="utf-8")
            self.show_sheets(
                _simulated(unit, term, scheme)
                if options["what_if"]
                else _evaluated(unit, term, scheme),
                as_json=options["json"],
            )

    def show_facts(self, facts: Facts, *, as_json: bool) -> None:
        """The indicators of a file of facts."""
        results = compute(facts)
        if as_json:
            self.stdout.write(json.dumps(_document(facts, results), ensure_ascii=False))
            return
        for row in results.indicators:
            self.stdout.write(_line(row))

    def show_sheets(self, answer: dict[str, Any], *, as_json: bool) -> None:
        """One school: a line of JSON, or a line for each mentor."""
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for line in _sentences(answer):
            self.stdout.write(line)


def _read(file: Path) -> Facts:
    try:
        return read_facts(json.loads(file.read_text(encoding="utf-8-sig")))
    except Malformed as error:
        raise commands.Refused(
            "malformed", _("事实文件格式不对：%(where)s。") % {"where": str(error)}
        ) from error
    except (ValueError, RecursionError) as error:
        raise commands.Refused("not_json", _("文件不是 UTF-8 编码的 JSON。")) from error


def _term(code: str) -> Term:
    term = Term.objects.filter(code=code).first() if code else term_on(clock.today())
    if term is None:
        raise commands.Refused("not_found", _("没有这个学期，请用 --term 写明学期代码。"))
    return term


def _scheme(term: Term, version: int | None) -> Scheme:
    try:
        return scheme_for(term, version)
    except Scheme.DoesNotExist as error:
        raise commands.Refused("no_scheme", _("没有这一版评价方案。")) from error


def _schools(code: str, term: Term) -> list[Unit]:
    if not code:
        return schools_with_mentors(term)
    found = list(Unit.objects.filter(kind="school", code=code.upper()))
    if not found:
        raise commands.Refused("not_found", _("没有这所学校。"))
    return found


def _evaluated(unit: Unit, term: Term, scheme: Scheme) -> dict[str, Any]:
    """Sheets that are kept; those of a frozen term stay as they are."""
    row = standing(unit, term, scheme)
    frozen = row is not None and is_frozen(row)
    if not frozen:
        row, _computed = services.evaluate_now(unit=unit, term=term, scheme=scheme)
    assert row is not None
    return figures_of(kept_document(row)) | {"frozen": frozen, "sha256": row.sha256}


def _simulated(unit: Unit, term: Term, scheme: Scheme) -> dict[str, Any]:
    """Sheets as they would be, beside those of the scheme in force; nothing is written."""
    base = _scheme(term, None)
    computed = sheets_of_term(unit, term, base)
    tried = rejudged(computed, scheme)
    return figures_of(document_of(tried, unit, term, scheme)) | {
        "simulation": True,
        "compared_with": base.version,
        "differences": differences_by_mentor(computed, tried),
    }


def _sentences(answer: dict[str, Any]) -> Iterator[str]:
    text = _("%(mark)s%(school)s · %(mentor)s：工作质量 %(quality)s，等级 %(band)s")
    mark = _("【模拟】") if answer.get("simulation") else ""
    for sheet in answer["sheets"]:
        if sheet["teacher"] is not None:
            quality = sheet["quality"]
            yield text % {
                "mark": mark,
                "school": answer["school"],
                "mentor": sheet["teacher"],
                "quality": _("无应计") if quality is None else f"{quality / 100:.2f}%",
                "band": sheet["band"] or "–",
            }


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
