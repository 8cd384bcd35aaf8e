"""Fold a log of watch sessions and beats into coverage and verdicts, without a database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core import commands
from core.documented_json import Malformed
from courses.rules.intervals import pairs
from courses.rules.replay import Coverage, fold_log
from courses.rules.replay_log import WatchLog, read_log
from courses.rules.watching import POLICY, POLICY_VERSION

FINDINGS = 1


class Command(commands.Command):
    """`watch_replay FILE [--json]`: exit 0, 1 where a beat was refused, 2 for an unreadable log."""

    help = "离线重算观看记录：由会话和上报日志得出覆盖区间与结论，不使用数据库"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON 日志，格式见 docs/features/watching.md")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            log = read_log(json.loads(options["file"].read_text(encoding="utf-8-sig")))
        except Malformed as error:
            raise commands.Refused(
                "malformed", _("日志格式不对：%(where)s。") % {"where": str(error)}
            ) from error
        except (ValueError, RecursionError) as error:
            raise commands.Refused("not_json", _("文件不是 UTF-8 编码的 JSON。")) from error
        return self.report(options, log)

    def report(self, options: dict[str, Any], log: WatchLog) -> None:
        coverage, reasons = fold_log(log.durations, log.sessions, log.beats)
        if options["json"]:
            self.stdout.write(json.dumps(_document(log, coverage, reasons), ensure_ascii=False))
        else:
            for row in coverage:
                self.stdout.write(_line(row))
        if any(reasons):
            sys.exit(FINDINGS)


def _document(log: WatchLog, coverage: list[Coverage], reasons: list[str]) -> dict[str, Any]:
    beats = [
        {"session": logged.session, "accepted": not reason, "reason": reason}
        for logged, reason in zip(log.beats, reasons, strict=True)
    ]
    rows = [asdict(row) | {"ranges": pairs(row.ranges)} for row in coverage]
    policy = {"version": POLICY_VERSION, **asdict(POLICY)}
    return {"policy": policy, "coverage": rows, "beats": beats}


def _line(row: Coverage) -> str:
    state = _("已看完") if row.watched else _("未看完")
    return _("%(person)s · %(recording)s：%(percent)s%%，%(state)s，未采纳 %(refused)s 次") % {
        "person": row.person,
        "recording": row.recording,
        "percent": row.percent,
        "state": state,
        "refused": row.refused,
    }
