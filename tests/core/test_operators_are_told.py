"""A fault reaches the operators by mail, with where the code broke and nothing of a person."""

from __future__ import annotations

import logging
import re
import threading
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from core import actors, alarms, logs

OPERATORS = ["it@example.cn", "night@example.cn"]


@pytest.fixture
def log():
    """A logger of its own that mails to the operators."""
    logger = logging.Logger("shop")
    logger.addHandler(alarms.OperatorMail("lms@example.cn", OPERATORS))
    return logger


def sent() -> list[EmailMessage]:
    for thread in threading.enumerate():
        if thread.name == "operator-mail":
            thread.join(20)
    return list(mail.outbox)


def fail(log: logging.Logger, name: str, error: type[Exception] = ValueError) -> None:
    try:
        raise error(f"{name} 13800138000")
    except error:
        log.exception("import of %s failed", "13800138000")


def test_a_fault_is_mailed_with_its_place_and_without_what_it_held(log):
    origin = actors.origin.set(actors.Origin(request_id="req-7", address="10.0.0.1"))
    try:
        fail(log, "王小明")
    finally:
        actors.origin.reset(origin)
    (letter,) = sent()
    assert letter.to == OPERATORS
    assert letter.from_email == "lms@example.cn"
    assert letter.subject == "[LMS] ERROR import of %s failed"
    assert "异常：ValueError" in letter.body
    assert "test_operators_are_told.py" in letter.body
    assert "请求编号：req-7" in letter.body
    for word in ("王小明", "13800138000", "10.0.0.1"):
        assert word not in letter.body + letter.subject


def test_the_same_fault_is_told_once_in_ten_minutes_and_another_at_once(log, monkeypatch):
    seconds = [5.0]
    monkeypatch.setattr(alarms.time, "monotonic", lambda: seconds[0])
    fail(log, "甲")
    fail(log, "乙")
    assert len(sent()) == 1
    fail(log, "丙", KeyError)
    assert len(sent()) == 2
    seconds[0] += 599
    fail(log, "丁")
    assert len(sent()) == 2
    seconds[0] += 1
    fail(log, "戊")
    assert len(sent()) == 3


def test_a_line_without_an_exception_is_told_too_and_a_warning_is_not(log):
    log.warning("slow")
    log.error("disk %s is\nfull", "/srv/王小明")
    (letter,) = sent()
    assert letter.subject == "[LMS] ERROR disk %s is full"
    assert "异常" not in letter.body


def test_what_was_filled_into_the_words_stays_on_the_machine_but_ids_go(log):
    version = UUID("0193f0a1-0000-7000-8000-000000000001")
    log.error("encoding %s: %s", version, "Could not open 王小明的录像.mp4: 张老师")
    (letter,) = sent()
    assert letter.body.splitlines()[0] == "encoding %s: %s"
    assert f"编号：{version}" in letter.body
    assert "级别：ERROR" in letter.body
    assert "记录器：shop" in letter.body
    assert re.search(r"^时间：\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$", letter.body, re.M)
    assert "王小明" not in letter.body + letter.subject
    assert "张老师" not in letter.body + letter.subject


def test_words_made_at_run_time_are_told_by_their_place(log):
    log.error("".join(["家长", "王小明"]))
    (letter,) = sent()
    assert re.fullmatch(r"\[LMS\] ERROR test_operators_are_told\.py:\d+", letter.subject)


def test_an_unreachable_mail_server_is_no_fault_of_the_request(log, monkeypatch, caplog):
    def away(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", away)
    fail(log, "甲")
    assert sent() == []
    assert "operators not reached: ConnectionRefusedError" in caplog.text
    monkeypatch.undo()
    fail(log, "甲")
    assert len(sent()) == 1, "what did not arrive is not told yet"


def test_operators_are_named_in_the_logging_configuration_or_nobody_is():
    told = logs.configuration("INFO", sender="lms@example.cn", operators=OPERATORS)
    assert told["root"]["handlers"] == ["stderr", "operators"]
    assert told["handlers"]["operators"]["operators"] == OPERATORS
    assert logs.configuration("INFO")["root"]["handlers"] == ["stderr"]


def test_of_an_event_only_named_parts_leave_the_machine():
    event = {
        "event_id": "e1",
        "level": "error",
        "transaction": "/sign-in/",
        "user": {"username": "王小明"},
        "extra": {"celery-job": {"args": ["王小明"]}},
        "breadcrumbs": {"values": [{"message": "王小明"}]},
        "logentry": {"message": "电话 13800138000", "params": ["王小明"]},
        "request": {"method": "POST", "url": "https://x/?name=王小明", "data": "王小明"},
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "module": None,
                    "value": "王小明",
                    "stacktrace": {"frames": [{"lineno": 3, "vars": {"name": "王小明"}}]},
                },
                {"type": "KeyError", "value": "王小明"},
            ]
        },
    }
    kept = alarms.without_people(event)
    assert "王小明" not in str(kept)
    assert kept["exception"]["values"][0]["stacktrace"] == {"frames": [{"lineno": 3}]}
    assert [fault["type"] for fault in kept["exception"]["values"]] == ["ValueError", "KeyError"]
    assert kept["logentry"] == {"message": "电话 [已隐去]"}
    assert kept["request"] == {"method": "POST"}
    assert (kept["event_id"], kept["transaction"]) == ("e1", "/sign-in/")
    assert alarms.without_people({"level": "info"}) == {"level": "info"}
