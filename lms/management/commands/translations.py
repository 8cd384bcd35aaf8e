"""Collect, check and compile the catalogues."""

import json
import sys
from typing import Any

from core import commands
from lms import translations

BOOKS = (("en", "django"), ("en", "djangojs"), ("zh_Hans", "django"), ("zh_Hans", "djangojs"))


class Command(commands.Command):
    help = "整理、检查、编译译文：translations collect|check|compile"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("act", choices=["collect", "check", "compile"])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "compile":
            self.stdout.write(f"已编译 {translations.compile_all()} 个译文目录。")
        elif options["act"] == "collect":
            for language, domain in BOOKS:
                added, dropped = translations.collect(language, domain)
                self.stdout.write(f"{language}/{domain}：新增 {added} 条，移除 {dropped} 条。")
        else:
            self._check(as_json=options["json"])

    def _check(self, *, as_json: bool) -> None:
        found = {
            f"{language}/{domain}": [
                text.singular
                for text in translations.missing(language, domain)
                + translations.superfluous(language, domain)
            ]
            for language, domain in BOOKS
        }
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for book, texts in found.items():
                for text in texts:
                    self.stdout.write(f"{book}：缺译文或已无人使用：{text[:80]}")
        if any(found.values()):
            sys.exit(1)
