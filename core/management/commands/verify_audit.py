"""Check the audit chain from its beginning."""

import json
import sys
from typing import Any

from django.conf import settings

from core import audit, commands


class Command(commands.Command):
    help = "检查审计哈希链，指出第一条被改动或缺失的记录"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = audit.verify()
        result = {
            "sealed": verdict.sealed,
            "witnessed": verdict.witnessed,
            "broken_at": verdict.broken_at,
            "reason": verdict.reason,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        elif verdict.broken_at is None:
            self.stdout.write(f"审计链完整，共 {verdict.sealed} 条。")
        elif verdict.reason == "unwitnessed":
            self.stdout.write(
                f"数据库之外的见证（{settings.AUDIT_SEAL_FILE}）从第 {verdict.broken_at} 条起缺失："
                "文件被移走、截短或改写，请取回备份并查明原因；"
                "确实找不回来的，用 seal_audit --renew-witness 写明原因，补写见证。"
            )
        elif verdict.reason == "forgotten":
            self.stdout.write(
                "有审计记录既没有封存，也不在待封存之列，请查明原因；"
                "运行 reconcile --repair 使它们重新排队封存。"
            )
        else:
            self.stdout.write(f"审计链在第 {verdict.broken_at} 条断裂：{verdict.reason}。")
        if verdict.broken_at is not None:
            sys.exit(1)
