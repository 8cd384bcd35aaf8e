"""Read every encrypted value once and name those that cannot be read."""

import json
from typing import Any

from core import commands, crypto, rotation


class Command(commands.Command):
    help = "逐条试读加密内容，列出读不出的记录；不显示内容"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        ring = crypto.key_ring()
        faults = [
            {"field": field, "row": row, "fault": fault} for field, row, fault in rotation.faults()
        ]
        by_key = rotation.count_by_key()
        unused = sorted(ring.keys.keys() - by_key.keys() - {ring.current})
        result = {"current": ring.current, "by_key": by_key, "unused": unused, "faults": faults}
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(f"共 {sum(by_key.values())} 条，读不出 {len(faults)} 条。")
            for fault in faults:
                self.stdout.write(f"  {fault['field']} {fault['row']} {fault['fault']}")
        if faults:
            raise SystemExit(1)
