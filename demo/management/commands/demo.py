"""Load the demo bureau; harmless to repeat."""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection

from core import commands
from demo import services

SEED = 2026


class Command(commands.Command):
    help = "载入演示数据；可以重复运行（--size s|m|l，--seed N，--reset，--json）"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--size", choices=["s", "m", "l"], default="s")
        parser.add_argument("--seed", type=int, help=f"默认 {SEED}，或库里已有演示数据的种子")
        parser.add_argument("--reset", action="store_true", help="先清空整个数据库和上传的文件")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_where_it_must_not_run(options["size"])
        with contextlib.ExitStack() as stack:
            if options["reset"]:
                stack.enter_context(_nobody_else_runs())
                services.reset()
            seed = _seed(options["seed"])
            services.build(size=options["size"], seed=seed)
        if options["json"]:
            facts = services.report(size=options["size"], seed=seed)
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write(services.summary())

    def _refuse_where_it_must_not_run(self, size: str) -> None:
        reason = ""
        if settings.LMS_MODE == "production" or not settings.DEMO_SIGN_INS:
            reason = "正式环境不能载入演示数据。"
        elif size == "l" and connection.vendor != "postgresql":
            reason = "规模 l 需要 PostgreSQL，请设置 DATABASE_URL。"
        if reason:
            raise commands.Refused("not_here", reason)


def _seed(wanted: int | None) -> int:
    """The seed to build with. Raises Refused where people of another seed stand already."""
    standing = services.standing_seed()
    if standing is not None and wanted not in {None, standing}:
        raise commands.Refused(
            "another_seed",
            f"库里的演示数据由种子 {standing} 生成，不能再用 {wanted}；要换，请加 --reset 重建。",
        )
    if standing is not None:
        return standing
    return SEED if wanted is None else wanted


@contextlib.contextmanager
def _nobody_else_runs() -> Iterator[None]:
    """Keep ``make run`` out while tables are dropped. Raises Refused where it runs already."""
    folder = settings.VAR_DIR / "run"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise commands.Refused(
                "running", "网站正在运行（make run），请先停止它，再重置演示数据。"
            ) from None
        yield
