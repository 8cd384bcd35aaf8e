"""Load the demo bureau; harmless to repeat."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import connection

from core import commands
from demo import services


class Command(commands.Command):
    help = "载入演示数据；可以重复运行（--size s|m|l，--seed N，--reset，--json）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--size", choices=["s", "m", "l"], default="s")
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--reset", action="store_true", help="先清空整个数据库和上传的文件")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_where_it_must_not_run(options["size"])
        if options["reset"]:
            services.reset()
        services.build(size=options["size"], seed=options["seed"])
        if options["json"]:
            facts = services.report(size=options["size"], seed=options["seed"])
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write(services.summary(options["size"]))

    def _refuse_where_it_must_not_run(self, size: str) -> None:
        reason = ""
        if settings.LMS_MODE == "production" or not settings.DEMO_SIGN_INS:
            reason = "正式环境不能载入演示数据。"
        elif size == "l" and connection.vendor != "postgresql":
            reason = "规模 l 需要 PostgreSQL，请设置 DATABASE_URL。"
        if reason:
            raise commands.Refused("not_here", reason)
