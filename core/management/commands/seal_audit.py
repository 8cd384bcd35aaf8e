"""Chain the audit rows that are not sealed yet."""

import json
from typing import Any

from core import audit, commands


class Command(commands.Command):
    help = "把尚未封存的审计记录接入哈希链；见证文件丢失后补写见证"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--renew-witness", metavar="原因", help="见证缺失的原因；为没有见证的记录补写见证"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["renew_witness"]
        note = None if reason is None else audit.renew_witness(reason)
        sealed = audit.seal()
        if options["json"]:
            renewed = {"witnessed_anew": [note.first, note.last]} if note else {}
            self.stdout.write(json.dumps({"sealed": sealed} | renewed))
            return
        if note:
            self.stdout.write(f"已为第 {note.first} 至 {note.last} 条补写见证。")
        elif reason is not None:
            self.stdout.write("没有缺失的见证。")
        if sealed:
            self.stdout.write(f"已封存 {sealed} 条审计记录。")
