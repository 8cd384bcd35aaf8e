"""Make keys, tables and catalogues; say what the supervisor needs to know."""

import json
from typing import Any

from core import commands
from lms import preparing


class Command(commands.Command):
    help = "建立密钥、数据表和翻译目录；可以重复运行"
    requires_migrations_checks = False

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        preparing.prepare()
        refusal = preparing.demo_refusal()
        if refusal:
            raise commands.Refused("demo_sign_ins", refusal)
        if options["json"]:
            state = {"wants_demo": preparing.wants_demo(), "sign_ins": preparing.sign_ins()}
            self.stdout.write(json.dumps(state, ensure_ascii=False))
        else:
            self.stdout.write("数据库、密钥和翻译已就绪。")
