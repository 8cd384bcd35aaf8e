"""A process that can no longer read its SQLite file ends, and a new one begins from the disk.

SQLite keeps what it knows of the log beside the file in memory that all connections of a process
share. Where that knowledge no longer fits the log, every statement of the process fails with an
input/output error, over new connections too, while other processes work on. It is forgotten with
the last connection of the process. Nothing is lost by the end: rows are the truth of all work.
"""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import sys
from typing import Any

from celery.signals import task_failure
from django.core.signals import got_request_exception

logger = logging.getLogger(__name__)
PRIMARY_CODE = 0xFF


def watch() -> None:
    """Look at every fault of a request and of a task."""
    got_request_exception.connect(_after_a_request)
    task_failure.connect(_after_a_task)


def cannot_read(fault: BaseException | None) -> bool:
    """Whether a fault, or one that led to it, is SQLite's input/output error."""
    while fault is not None:
        if isinstance(fault, sqlite3.OperationalError):
            code = getattr(fault, "sqlite_errorcode", 0)
            return bool(code & PRIMARY_CODE == sqlite3.SQLITE_IOERR)
        fault = fault.__cause__
    return False


def give_way(fault: BaseException | None) -> None:
    """End this process in order if it cannot read its database any more; whoever keeps it running
    starts a new one.
    """
    if cannot_read(fault):
        logger.critical("数据库文件读写出错，本进程退出，由新进程接替。")
        os.kill(os.getpid(), signal.SIGTERM)


def _after_a_request(**_: Any) -> None:
    give_way(sys.exc_info()[1])


def _after_a_task(exception: BaseException | None = None, **_: Any) -> None:
    give_way(exception)
