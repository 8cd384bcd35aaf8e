"""Give every pupil of a school a mentor: the best assignment with its proof, or what is lacking."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core import commands
from core.documented_json import Malformed
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

FINDINGS = 1


class Command(commands.Command):
    """`assign_mentors --instance FILE [--out FILE]`: exit 0, 1 where places lack, 2 refused."""

    help = "导师分配：不用数据库，计算一份分配文件的最优方案和证明，或说明缺什么"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--instance",
            type=Path,
            required=True,
            help="JSON 分配文件，格式见 docs/features/assignment.md",
        )
        parser.add_argument("--out", type=Path, help="写出分配文件、代价、方案和证明")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        try:
            text = options["instance"].read_text(encoding="utf-8-sig")
            instance = read_instance(json.loads(text))
            result = assign_mentors(instance)
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
        return self.report(options, instance, result, time.perf_counter() - started)

    def report(
        self,
        options: dict[str, Any],
        instance: Instance,
        result: Optimum | Shortage,
        seconds: float,
    ) -> None:
        if options["out"]:
            dossier = json.dumps(write_dossier(instance, result), ensure_ascii=False, indent=1)
            options["out"].write_text(dossier + "\n", encoding="utf-8")
        row = _row(instance, result) | {"seconds": round(seconds, 3)}
        if options["json"]:
            self.stdout.write(json.dumps(row, ensure_ascii=False))
        else:
            for line in _lines(instance, result):
                self.stdout.write(line)
        if isinstance(result, Shortage):
            sys.exit(FINDINGS)


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
        text = _("%(pupils)d 名学生、%(mentors)d 名导师：已得到最优方案，最多一人带 %(load)d 名。")
        load = result.max_load
        return [
            text % {"pupils": len(instance.pupils), "mentors": len(instance.mentors), "load": load}
        ]
    return [*(_lack_line(row) for row in result.lacks), _repair_line(result)]


def _lack_line(lack: Any) -> str:
    texts = {
        "qualification": _(
            "%(pupils)d 名需要有资质导师的学生只能由 %(mentors)d 名有资质的导师承担，"
            "他们共有 %(places)d 个名额，还差 %(short)d 个。"
        ),
        "capacity": _(
            "%(pupils)d 名学生，%(mentors)d 名可任导师的教师上限共 %(places)d 人，"
            "还差 %(short)d 个名额。"
        ),
        "conflict": _("%(short)d 名学生没有一名可以担任其导师的教师，需要外校导师。"),
    }
    values = {
        "pupils": len(lack.pupils),
        "mentors": len(lack.mentors),
        "places": lack.places,
        "short": lack.short,
    }
    return texts[lack.binds] % values


def _repair_line(shortage: Shortage) -> str:
    best = shortage.repairs[0]
    return _(
        "最小调整：%(mentors)d 名导师各超额，最多每人超 %(most)d 人；"
        "%(supervised)d 名学生在心理教师督导下由无资质导师承担；%(without)d 名仍无导师。"
    ) % {
        "mentors": len(best.extra_places),
        "most": max(best.extra_places.values(), default=0),
        "supervised": len(best.supervised),
        "without": len(best.without),
    }
