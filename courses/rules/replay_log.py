"""The documented JSON log of sessions and beats, read into what `replay` folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courses.rules.replay import LoggedBeat, LoggedSession
from courses.rules.watching import Beat


class LogMalformed(ValueError):
    """The log is not in the documented form; the text names the place."""


@dataclass(frozen=True, slots=True)
class WatchLog:
    """Durations in milliseconds by recording, sessions, and beats in the file's order."""

    durations: Mapping[str, int]
    sessions: Sequence[LoggedSession]
    beats: Sequence[LoggedBeat]


def read_log(data: Any) -> WatchLog:
    """Read a parsed JSON log. Raises LogMalformed with the path of the first wrong value."""
    if not isinstance(data, dict):
        raise LogMalformed("$")
    recordings = [_recording(row, where) for row, where in _rows(data, "recordings")]
    durations = dict(recordings)
    sessions = [_session(row, where, durations) for row, where in _rows(data, "sessions")]
    _refuse_twice([name for name, _duration_ms in recordings], "recordings")
    _refuse_twice([session.session for session in sessions], "sessions")
    beats = [_beat(row, where) for row, where in _rows(data, "beats")]
    return WatchLog(durations, sessions, beats)


def _rows(data: Mapping[str, Any], name: str) -> list[tuple[dict[str, Any], str]]:
    rows = data.get(name)
    if not isinstance(rows, list):
        raise LogMalformed(name)
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise LogMalformed(f"{name}[{index}]")
    return [(row, f"{name}[{index}]") for index, row in enumerate(rows)]


def _refuse_twice(ids: Sequence[str], name: str) -> None:
    seen: set[str] = set()
    for index, known in enumerate(ids):
        if known in seen:
            raise LogMalformed(f"{name}[{index}].id")
        seen.add(known)


def _recording(row: Mapping[str, Any], where: str) -> tuple[str, int]:
    duration_ms = _whole(row.get("duration_ms"), f"{where}.duration_ms")
    if duration_ms < 1:
        raise LogMalformed(f"{where}.duration_ms")
    return _text(row.get("id"), f"{where}.id"), duration_ms


def _session(row: Mapping[str, Any], where: str, durations: Mapping[str, int]) -> LoggedSession:
    recording = _text(row.get("recording"), f"{where}.recording")
    if recording not in durations:
        raise LogMalformed(f"{where}.recording")
    expires = "expires_ms" in row or "expires_at" in row
    return LoggedSession(
        session=_text(row.get("id"), f"{where}.id"),
        person=_text(row.get("person"), f"{where}.person"),
        recording=recording,
        started_ms=_instant(row, "started", where),
        expires_ms=_instant(row, "expires", where) if expires else None,
    )


def _beat(row: Mapping[str, Any], where: str) -> LoggedBeat:
    ranges = row.get("ranges")
    if not isinstance(ranges, list):
        raise LogMalformed(f"{where}.ranges")
    visible = row.get("visible", True)
    if not isinstance(visible, bool):
        raise LogMalformed(f"{where}.visible")
    beat = Beat(
        ranges=[_pair(pair, f"{where}.ranges[{index}]") for index, pair in enumerate(ranges)],
        position_ms=_whole(row.get("position_ms", 0), f"{where}.position_ms"),
        visible=visible,
    )
    session = _text(row.get("session"), f"{where}.session")
    return LoggedBeat(session, _instant(row, "received", where), beat)


def _pair(value: Any, where: str) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise LogMalformed(where)
    return _whole(value[0], where), _whole(value[1], where)


def _instant(row: Mapping[str, Any], name: str, where: str) -> int:
    """Milliseconds of `<name>_ms`, or of the ISO 8601 instant `<name>_at` with its offset."""
    if f"{name}_ms" in row:
        return _whole(row[f"{name}_ms"], f"{where}.{name}_ms")
    where = f"{where}.{name}_at"
    try:
        instant = datetime.fromisoformat(_text(row.get(f"{name}_at"), where))
    except ValueError as error:
        raise LogMalformed(where) from error
    if instant.tzinfo is None:
        raise LogMalformed(where)
    return round(instant.timestamp() * 1000)


def _whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise LogMalformed(where)
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value or not value.isprintable():
        raise LogMalformed(where)
    return value
