"""A process whose view of its SQLite file is broken ends; any other fault ends nothing."""

from __future__ import annotations

import logging
import signal
import sqlite3
from contextlib import closing

import pytest
from celery.signals import task_failure
from django.core.signals import got_request_exception
from django.db import OperationalError

from core import draining, giving_way


def broken_view(place) -> sqlite3.OperationalError:
    """What SQLite really says once the log is shorter than it knows it to be."""
    with closing(sqlite3.connect(place / "db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (x)")
        database.commit()
        (place / "db-wal").write_bytes(b"")
        with closing(sqlite3.connect(place / "db")) as another:
            with pytest.raises(sqlite3.OperationalError) as told:
                another.execute("SELECT * FROM t")
            return told.value


def as_django_tells_it(cause: BaseException | None) -> OperationalError:
    fault = OperationalError(str(cause))
    fault.__cause__ = cause
    return fault


@pytest.fixture
def ended(monkeypatch) -> list[int]:
    signals: list[int] = []
    monkeypatch.setattr(giving_way.os, "kill", lambda process, number: signals.append(number))
    return signals


def test_a_broken_view_ends_the_worker_the_web_process_and_the_drain(
    ended, tmp_path, monkeypatch, caplog
):
    fault = as_django_tells_it(broken_view(tmp_path))
    assert str(fault) == "disk I/O error"
    task_failure.send(sender=None, exception=fault)
    try:
        raise fault
    except OperationalError:
        got_request_exception.send(sender=None)

    def read() -> None:
        raise fault

    monkeypatch.setattr(draining, "PAUSE_SECONDS", 0)
    with caplog.at_level(logging.CRITICAL, logger="core.giving_way"):
        draining.Drain({}).guarded(read)
    assert ended == [signal.SIGTERM] * 3
    critical = [record for record in caplog.records if record.levelno == logging.CRITICAL]
    assert [record.getMessage() for record in critical] == [
        "数据库文件读写出错，本进程退出，由新进程接替。"
    ] * 3


@pytest.mark.parametrize(
    "fault",
    [
        None,
        ValueError("disk I/O error"),
        as_django_tells_it(None),
        as_django_tells_it(sqlite3.OperationalError("database is locked")),
    ],
)
def test_any_other_fault_ends_nothing(ended, fault):
    task_failure.send(sender=None, exception=fault)
    assert ended == []
