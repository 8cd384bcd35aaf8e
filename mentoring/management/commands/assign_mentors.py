"""Give every pupil of a school a mentor: the best assignment with its proof, or what is lacking."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core import clock, commands, jobs
from core.documented_json import Malformed
from core.errors import DomainError
from mentoring import services
from mentoring.rules.assigning import Optimum, assign_mentors
from mentoring.rules.certificate import NotProven
from mentoring.rules.dossier import (
    read_instance,
    write_certificate,
    write_dossier,
    write_shortage,
)
from mentoring.rules.flow import SolverRefused
from mentoring.rules.instance import Instance
from mentoring.rules.lottery import RangeTooNarrow
from mentoring.rules.shortage import Shortage
from mentoring.selectors.wording import optimum_in_words, repair_in_words, shortage_in_words
from mentoring.services.proposing import solve_for
from schools.models import Term, Unit
from schools.selectors import term_on

FINDINGS = 1
Solved = tuple[Instance, Optimum | Shortage]


class Command(commands.Command):
    """`assign_mentors (--school | --all | --instance)`: exit 0, 1 where places lack, 2 refused."""

    help = "导师分配：计算一所学校、全部学校或一份分配文件的最优方案和证明，或说明缺什么"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--school", default="", help="学校代码")
        whose.add_argument("--all", action="store_true", help="全部有在班学生的学校")
        whose.add_argument(
            "--instance",
            type=Path,
            help="JSON 分配文件，格式见 docs/features/assignment.md；不用数据库",
        )
        parser.add_argument("--term", default="", help="学期代码；默认为当前学期")
        parser.add_argument("--dry-run", action="store_true", help="只计算，不保存")
        parser.add_argument("--publish", action="store_true", help="算出最优方案后立即发布")
        parser.add_argument("--reason", default="", help="发布说明，与 --publish 一起使用")
        parser.add_argument("--out", type=Path, help="写出分配文件、代价、方案和证明")
        parser.add_argument("--json", action="store_true", help="每所学校输出一行 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"] and options["out"]:
            raise commands.Refused("one_school_only", _("--out 一次只写一所学校，请用 --school。"))
        started = time.perf_counter()
        if options["instance"]:
            found = [self.report(options, _solved(options["instance"]), started)]
        else:
            found = list(self.assign(options, _term(options["term"])))
        if any(isinstance(result, Shortage) for result in found):
            sys.exit(FINDINGS)

    def assign(self, options: dict[str, Any], term: Term) -> Iterator[Optimum | Shortage]:
        """Solve each school; keep and publish what is wanted."""
        for unit in _schools(options):
            started = time.perf_counter()
            try:
                if options["dry_run"]:
                    solved = solve_for(unit, term)
                else:
                    run, solved = services.assign_school(actor=None, unit=unit, term=term)
                    if options["publish"] and isinstance(solved[1], Optimum):
                        services.publish_assignment(actor=None, run=run, reason=options["reason"])
            except (DomainError, jobs.Failed) as error:
                raise commands.Refused(error.code, f"{unit.code}：{error.message}") from error
            yield self.report(options, solved, started)

    def report(self, options: dict[str, Any], solved: Solved, started: float) -> Any:
        """Write the file and the line of one school; gives its result."""
        instance, result = solved
        if options["out"]:
            dossier = json.dumps(write_dossier(instance, result), ensure_ascii=False, indent=1)
            options["out"].write_text(dossier + "\n", encoding="utf-8")
        if options["json"]:
            row = _row(instance, result) | {"seconds": round(time.perf_counter() - started, 3)}
            self.stdout.write(json.dumps(row, ensure_ascii=False))
            return result
        for line in _lines(instance, result):
            self.stdout.write(line if options["instance"] else f"{instance.school}：{line}")
        return result


def _solved(file: Path) -> Solved:
    try:
        instance = read_instance(json.loads(file.read_text(encoding="utf-8-sig")))
        return instance, assign_mentors(instance)
    except Malformed as error:
        raise commands.Refused(
            "malformed", _("分配文件格式不对：%(where)s。") % {"where": str(error)}
        ) from error
    except RangeTooNarrow as error:
        raise commands.Refused(
            "too_large", _("权重过大，超出求解器的数值范围，请减小后重试。")
        ) from error
    except (SolverRefused, NotProven) as error:
        reason = _("结果未通过最优性证明，未保存任何内容（%(code)s）。")
        raise commands.Refused("not_proven", reason % {"code": str(error)}) from error
    except (ValueError, RecursionError) as error:
        raise commands.Refused("not_json", _("文件不是 UTF-8 编码的 JSON。")) from error


def _term(code: str) -> Term:
    term = Term.objects.filter(code=code).first() if code else term_on(clock.today())
    if term is None:
        raise commands.Refused("not_found", _("没有这个学期，请用 --term 写明学期代码。"))
    return term


def _schools(options: dict[str, Any]) -> list[Unit]:
    if options["all"]:
        with_pupils = Unit.objects.filter(kind="school", classes__memberships__isnull=False)
        return list(with_pupils.distinct())
    found = list(Unit.objects.filter(kind="school", code=options["school"].upper()))
    if not found:
        raise commands.Refused("not_found", _("没有这所学校。"))
    return found


def _row(instance: Instance, result: Optimum | Shortage) -> dict[str, Any]:
    row = {
        "school": instance.school,
        "pupils": len(instance.pupils),
        "mentors": len(instance.mentors),
    }
    if isinstance(result, Shortage):
        return row | {"status": "infeasible", "shortage": write_shortage(result)}
    return row | {
        "status": "optimal",
        "objective": result.objective,
        "moves": result.moves,
        "max_load": result.max_load,
        "certificate": write_certificate(instance, result),
    }


def _lines(instance: Instance, result: Optimum | Shortage) -> list[str]:
    if isinstance(result, Optimum):
        counts = (len(instance.pupils), len(instance.mentors), result.max_load)
        return [optimum_in_words(*counts)]
    plain = write_shortage(result)
    changes = repair_in_words(plain["repairs"][0])
    return [
        *shortage_in_words(plain),
        *(_("最小调整：%(change)s") % {"change": c} for c in changes),
    ]
