"""Refuse a database that holds demo sign-ins, as the start of every production process does."""

from typing import Any

from django.core.management.base import BaseCommand

from lms import preparing


class Command(BaseCommand):
    help = "正式环境的数据库里有演示账号时，退出码为 2"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        refusal = preparing.demo_refusal()
        if refusal:
            self.stderr.write(refusal)
            raise SystemExit(2)
