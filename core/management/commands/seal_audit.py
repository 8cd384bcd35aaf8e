"""Chain the audit rows that are not sealed yet."""

import json
from typing import Any

from core import audit, commands


class Command(commands.Command):
    help = "把尚未封存的审计记录接入哈希链"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = audit.seal()
        if options["json"]:
            self.stdout.write(json.dumps({"sealed": sealed}))
        elif sealed:
            self.stdout.write(f"已封存 {sealed} 条审计记录。")
