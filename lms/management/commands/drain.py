"""The worker of a machine without a broker: executes due rows itself, one by one."""

import signal
from typing import Any

from core import commands, draining


class Command(commands.Command):
    help = "没有队列服务时的工作进程：逐件执行到期的任务"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="做完到期的就结束")

    def handle(self, *args: Any, **options: Any) -> None:
        drain = draining.Drain()
        if options["once"]:
            self.stdout.write(str(drain.round()))
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, drain.stop)
        drain.run_until_stopped()
