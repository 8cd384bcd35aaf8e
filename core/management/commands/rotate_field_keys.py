"""Re-encrypt what older keys wrote; may be stopped and repeated at any time."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from core import commands, crypto, rotation


class Command(commands.Command):
    help = "用当前密钥重新加密旧密钥写下的内容；可以随时中断、重复运行"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--batch", type=int, default=1000)
        parser.add_argument("--add-key", action="store_true", help="先生成一把新密钥并启用")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add_key"]:
            crypto.add_key(Path(settings.FIELD_KEYS_FILE))
        total = 0
        for field, done, _left in rotation.rotate(max(1, options["batch"])):
            total += done
            if not options["json"]:
                self.stdout.write(f"{field}：已重新加密 {done} 条，累计 {total} 条。")
        current = crypto.key_ring().current
        by_key = rotation.count_by_key()
        remaining = sum(count for key, count in by_key.items() if key != current)
        result = {"current": current, "rotated": total, "remaining": remaining, "by_key": by_key}
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(f"当前密钥 {current}，仍由旧密钥加密的有 {remaining} 条。")
        if remaining:
            raise SystemExit(1)
