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


class Command(commands.Command):
    help = "Posts credits and issues certificates for everybody who completed a run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", required=True, metavar="CODE")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not CourseRun.objects.filter(code=options["run"]).exists():
            raise commands.Refused("not_found", _("没有这个班次。"))
        done = issue_run(actor=None, run_code=options["run"])
        if options["json"]:
            self.stdout.write(json.dumps(asdict(done), ensure_ascii=False))
        else:
            words = _(
                "完成 %(completions)s 人，新编号 %(issued)s，已有 %(already)s，暂缓 %(held)s。"
            )
            self.stdout.write(words % asdict(done))
        if done.held:
            raise SystemExit(1)
