"""Telling the operators of a fault: by mail and to an error collector, never with a person's data.

What leaves the machine is where the code broke, not what it held: no request body, query,
cookie, header, user, local variable or message of an exception. The log line on the machine
has the rest, found by the request's id.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core import actors
from core.logs import HIDDEN, redact

QUIET_SECONDS = 600.0
KEPT_OF_EVENT = (
    "event_id", "timestamp", "platform", "level", "logger", "release", "environment",
    "server_name", "sdk", "modules",
)  # fmt: skip


class OperatorMail(logging.Handler):
    """Mails each kind of error to the operators, once in ten minutes for a process.

    It sends apart from the request, and an unreachable mail server is no fault of the request.
    """

    def __init__(self, sender: str, operators: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.sender, self.operators = sender, operators
        self._told: dict[tuple[str, ...], float] = {}
        self._sending: set[tuple[str, ...]] = set()

    def emit(self, record: logging.LogRecord) -> None:
        kind = _kind(record)
        now = time.monotonic()
        if now - self._told.get(kind, -QUIET_SECONDS) < QUIET_SECONDS or kind in self._sending:
            return
        self._sending.add(kind)
        words = (kind, now, *describe(record))
        threading.Thread(target=self._send, args=words, name="operator-mail", daemon=True).start()

    def _send(self, kind: tuple[str, ...], at: float, subject: str, text: str) -> None:
        """Told is what was taken by the mail server; otherwise the next such error tries again."""
        from django.core.mail import EmailMessage

        try:
            EmailMessage(subject, text, self.sender, self.operators).send()
            self._told[kind] = at
        except Exception as error:
            logging.getLogger(__name__).warning("operators not reached: %s", type(error).__name__)
        finally:
            self._sending.discard(kind)


def _kind(record: logging.LogRecord) -> tuple[str, ...]:
    """Where it was logged and where the code broke: bounded by the code, not by what happens."""
    fault = record.exc_info[1] if record.exc_info else None
    broke = (type(fault).__name__, *_places(fault)[-1:]) if fault is not None else ()
    return (record.name, record.pathname, str(record.lineno), *broke)


def describe(record: logging.LogRecord) -> tuple[str, str]:
    """Subject and text of the mail: the event as the code words it, ids, and where it broke.

    What was filled into the words stays on the machine: it may quote a file or name a person.
    """
    event = _event(record)
    when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
    lines = [event, "", f"级别：{record.levelname}", f"时间：{when}", f"记录器：{record.name}"]
    lines.append(f"进程：{record.process}")
    lines += [f"编号：{value}" for value in _ids(record)]
    request_id = actors.origin.get().request_id
    if request_id:
        lines.append(f"请求编号：{request_id}（在日志中查找这一编号）")
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None:
        lines += ["", f"异常：{type(fault).__name__}", *_places(fault)]
    subject = " ".join(f"[LMS] {record.levelname} {event}".split())[:120]
    return subject, "\n".join(lines)


def _event(record: logging.LogRecord) -> str:
    """The words of the code with their placeholders; words made at run time stay here."""
    if isinstance(record.msg, str) and record.args:
        return str(_clean(record.msg))
    return f"{record.filename}:{record.lineno}"


def _ids(record: logging.LogRecord) -> list[str]:
    args = record.args if isinstance(record.args, tuple) else ()
    return [str(value) for value in args if isinstance(value, UUID)]


def _places(fault: BaseException) -> list[str]:
    frames = traceback.extract_tb(fault.__traceback__)
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def report_to(dsn: str, environment: str) -> None:
    """Send faults to an error collector, each without a person's data (the library's default)."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        before_send=lambda event, hint: without_people(event),
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def without_people(event: Any) -> Any:
    """What of an event may leave the machine: named parts only, everything else stays here."""
    kept = {name: event[name] for name in KEPT_OF_EVENT if name in event}
    if "exception" in event:
        faults = event["exception"].get("values") or []
        kept["exception"] = {"values": [_bare_fault(fault) for fault in faults]}
    if "logentry" in event:
        kept["logentry"] = {"message": _clean(event["logentry"].get("message"))}
    if "request" in event:
        kept["request"] = {"method": event["request"].get("method", "")}
    if "transaction" in event:
        kept["transaction"] = event["transaction"]
    return kept


def _clean(text: Any) -> Any:
    return redact(None, "", {"event": text})["event"]


def _bare_fault(fault: Any) -> dict[str, Any]:
    frames = (fault.get("stacktrace") or {}).get("frames") or []
    bare = [{name: value for name, value in frame.items() if name != "vars"} for frame in frames]
    return {
        "type": fault.get("type"),
        "module": fault.get("module"),
        "value": HIDDEN,
        "mechanism": {"type": "generic", "handled": False},
        "stacktrace": {"frames": bare},
    }
