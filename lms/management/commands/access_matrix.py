"""``access_matrix``: what the door of every address answers to every role."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from core import commands
from lms.matrix import STANDINGS, Row, matrix


class Command(commands.Command):
    help = "打印访问矩阵：角色 × 地址 × 结论"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = matrix()
        unruled = [row.route for row in rows if row.rule == "unclassified"]
        if options["json"]:
            routes = [asdict(row) for row in rows]
            content = {"roles": list(STANDINGS), "routes": routes, "unclassified": unruled}
            self.stdout.write(json.dumps(content, ensure_ascii=False))
        else:
            for row in rows:
                self.stdout.write(_line(row))
            self.stdout.write(f"{len(rows)} 个地址，{len(unruled)} 个未分类")
        if unruled:
            sys.exit(1)


def _line(row: Row) -> str:
    inside = [who for who, verdict in row.verdicts.items() if verdict in {"open", "gate"}]
    return f"/{row.route}  {row.rule}  → {', '.join(inside) or '无'}"
