"""Refuse a database that holds demo sign-ins, as the start of every production process does."""

from typing import Any

from core import commands
from lms import preparing


class Command(commands.Command):
    help = "正式环境的数据库里有演示账号时，退出码为 2"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        refusal = preparing.demo_refusal()
        if refusal:
            raise commands.Refused("demo_sign_ins", refusal)
