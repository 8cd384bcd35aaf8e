"""Post credits and issue certificates for a run; harmless to repeat."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from certification.services import issue_run
from core import commands
from courses.models import CourseRun
from courses.selectors import runs_with_code


class Command(commands.Command):
    help = "Posts credits and issues certificates for everybody who completed a run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", required=True, metavar="CODE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        done = issue_run(actor=None, run=_run(options["run"]))
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done), ensure_ascii=False))
        else:
            words = _(
                "完成 %(completions)s 人，新编号 %(issued)s，已有 %(already)s，暂缓 %(held)s。"
            )
            self.stdout.write(words % asdict(done))
            if done.failed:
                failed = _("%(failed)s 人的学时没有入账，原因见服务器日志；修正后请再运行一次。")
                self.stdout.write(failed % asdict(done))
        if done.held or done.failed:
            raise SystemExit(1)


def _run(code: str) -> CourseRun:
    """The run with this code, or the one that bore it before its code was corrected."""
    runs = runs_with_code(code)
    if not runs:
        raise commands.Refused("not_found", _("没有这个班次。"))
    if len(runs) > 1:
        codes = "、".join(run.code for run in runs)
        words = _("“%(code)s”曾是几个班次的代码，请改用其中一个的现用代码：%(codes)s。")
        raise commands.Refused("several_runs", words % {"code": code, "codes": codes})
    return runs[0]
