"""The documented JSON log of sessions and beats, read into what `replay` folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.documented_json import Malformed, a_list, an_object, flag, rows, text, whole
from courses.rules.replay import LoggedBeat, LoggedSession
from courses.rules.watching import Beat


@dataclass(frozen=True, slots=True)
class WatchLog:
    """Durations in milliseconds by recording, sessions, and beats in the file's order."""

    durations: Mapping[str, int]
    sessions: Sequence[LoggedSession]
    beats: Sequence[LoggedBeat]


def read_log(data: Any) -> WatchLog:
    """Read a parsed JSON log. Raises Malformed with the path of the first wrong value."""
    data = an_object(data, "$")
    recordings = [_recording(row, where) for row, where in rows(data, "recordings")]
    durations = dict(recordings)
    sessions = [_session(row, where, durations) for row, where in rows(data, "sessions")]
    _refuse_twice([name for name, _duration_ms in recordings], "recordings")
    _refuse_twice([session.session for session in sessions], "sessions")
    beats = [_beat(row, where) for row, where in rows(data, "beats")]
    return WatchLog(durations, sessions, beats)


def _refuse_twice(ids: Sequence[str], name: str) -> None:
    seen: set[str] = set()
    for index, known in enumerate(ids):
        if known in seen:
            raise Malformed(f"{name}[{index}].id")
        seen.add(known)


def _recording(row: Mapping[str, Any], where: str) -> tuple[str, int]:
    duration_ms = whole(row.get("duration_ms"), f"{where}.duration_ms", 1)
    return text(row.get("id"), f"{where}.id"), duration_ms


def _session(row: Mapping[str, Any], where: str, durations: Mapping[str, int]) -> LoggedSession:
    recording = text(row.get("recording"), f"{where}.recording")
    if recording not in durations:
        raise Malformed(f"{where}.recording")
    expires = "expires_ms" in row or "expires_at" in row
    return LoggedSession(
        session=text(row.get("id"), f"{where}.id"),
        person=text(row.get("person"), f"{where}.person"),
        recording=recording,
        started_ms=_instant(row, "started", where),
        expires_ms=_instant(row, "expires", where) if expires else None,
    )


def _beat(row: Mapping[str, Any], where: str) -> LoggedBeat:
    ranges = a_list(row.get("ranges"), f"{where}.ranges")
    visible = flag(row.get("visible", True), f"{where}.visible")
    beat = Beat(
        ranges=[_pair(pair, f"{where}.ranges[{index}]") for index, pair in enumerate(ranges)],
        position_ms=whole(row.get("position_ms", 0), f"{where}.position_ms"),
        visible=visible,
    )
    session = text(row.get("session"), f"{where}.session")
    return LoggedBeat(session, _instant(row, "received", where), beat)


def _pair(value: Any, where: str) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise Malformed(where)
    return whole(value[0], where), whole(value[1], where)


def _instant(row: Mapping[str, Any], name: str, where: str) -> int:
    """Milliseconds of `<name>_ms`, or of the ISO 8601 instant `<name>_at` with its offset."""
    if f"{name}_ms" in row:
        return whole(row[f"{name}_ms"], f"{where}.{name}_ms")
    where = f"{where}.{name}_at"
    try:
        instant = datetime.fromisoformat(text(row.get(f"{name}_at"), where))
    except ValueError as error:
        raise Malformed(where) from error
    if instant.tzinfo is None:
        raise Malformed(where)
    return round(instant.timestamp() * 1000)
