"""Make, check and put back a backup folder."""

import json
from pathlib import Path
from typing import Any

from core import backup, commands


class Command(commands.Command):
    help = "备份：create 生成，verify 检查，restore 恢复"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("action", choices=["create", "verify", "restore"])
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="恢复时覆盖已有数据")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        result, findings = getattr(self, f"_{options['action']}")(options)
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write("完成。" if not findings else f"发现 {len(findings)} 处不符。")
            for finding in findings:
                self.stdout.write(f"  {finding}")
        if findings:
            raise SystemExit(1)

    def _create(self, options: Any) -> tuple[Any, list[Any]]:
        return backup.create(options["folder"]), []

    def _verify(self, options: Any) -> tuple[Any, list[Any]]:
        findings = backup.verify(options["folder"])
        return {"findings": findings}, findings

    def _restore(self, options: Any) -> tuple[Any, list[Any]]:
        result = backup.restore(options["folder"], replace=options["replace"])
        return result, [f"{name}: {rows}" for name, rows in result["differing"].items()]
