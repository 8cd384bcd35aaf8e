"""Compare every derived figure with its facts; exit 1 where something differs."""

import json
from typing import Any

from core import commands, reconciliation


class Command(commands.Command):
    help = "核对所有派生数据与事实，--repair 先修复再核对"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--repair", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        repaired: list[str] = []
        drift: list[dict[str, str]] = []
        for comparison in reconciliation.comparisons():
            found = list(comparison.differences())
            if found and options["repair"] and comparison.repair is not None:
                comparison.repair()
                repaired.append(comparison.name)
                found = list(comparison.differences())
            drift += [
                {
                    "figure": comparison.name,
                    "kind": item.kind,
                    "id": str(item.thing_id),
                    "detail": item.detail,
                }
                for item in found
            ]
        self._say(options["json"], repaired, drift)
        if drift:
            raise SystemExit(1)

    def _say(self, as_json: bool, repaired: list[str], drift: list[dict[str, str]]) -> None:
        if as_json:
            result = {"drift": drift, "repaired": repaired}
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        self.stdout.write(
            f"发现 {len(drift)} 处不一致，已尝试修复：{'、'.join(repaired) or '无'}。"
        )
        for row in drift:
            self.stdout.write(f"  {row['figure']} {row['kind']} {row['id']} {row['detail']}")
