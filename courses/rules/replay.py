"""A whole log of watch sessions and beats folded into coverage and verdicts, without a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from courses.rules.intervals import Intervals, length
from courses.rules.watching import (
    POLICY,
    Beat,
    Outcome,
    Policy,
    Reason,
    State,
    is_watched,
    record_beat,
    watched_percent,
)

Viewing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LoggedSession:
    """One start of watching: who, which recording, and the server's stamp; without an expiry
    it lasts.
    """

    session: str
    person: str
    recording: str
    started_ms: int
    expires_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LoggedBeat:
    """One beat as the server received it."""

    session: str
    received_ms: int
    beat: Beat


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one person watched of one recording after the whole log."""

    person: str
    recording: str
    ranges: Intervals
    watched_ms: int
    wall_ms: int
    percent: int
    watched: bool
    position_ms: int
    refused: int


@dataclass(slots=True)
class _Fold:
    durations: Mapping[str, int]
    policy: Policy
    sessions: dict[str, LoggedSession]
    ends: Mapping[str, int]
    states: dict[Viewing, State] = field(default_factory=dict)
    refused: dict[Viewing, list[LoggedBeat]] = field(default_factory=dict)

    def viewing(self, session: LoggedSession) -> Viewing:
        return session.person, session.recording

    def verdict(self, logged: LoggedBeat) -> str:
        session = self.sessions.get(logged.session)
        if session is None:
            return "unknown_session"
        if session.expires_ms is not None and logged.received_ms >= session.expires_ms:
            return "token_expired"
        if self._is_replaced(session, logged.received_ms):
            return "lease_lost"
        return self._fold(session, logged)

    def retry(self) -> None:
        """Offer refused claims again until nothing more is taken: a claim may have come too
        early.
        """
        for viewing, waiting in self.refused.items():
            taken = True
            while taken:
                still = [logged for logged in waiting if not self._is_taken_now(viewing, logged)]
                taken = len(still) < len(waiting)
                waiting = still

    def _is_taken_now(self, viewing: Viewing, logged: LoggedBeat) -> bool:
        session = self.sessions[logged.session]
        state = self.states[viewing]
        outcome = self._outcome(state, session, logged)
        if outcome.accepted:
            self.states[viewing] = outcome.state
        return outcome.accepted

    def _is_replaced(self, session: LoggedSession, at_ms: int) -> bool:
        return session.session in self.ends and self.ends[session.session] <= at_ms

    def _fold(self, session: LoggedSession, logged: LoggedBeat) -> str:
        viewing = self.viewing(session)
        outcome = self._outcome(self.states.get(viewing, State()), session, logged)
        self.states[viewing] = outcome.state
        if outcome.reason is Reason.TOO_FAST:
            self.refused.setdefault(viewing, []).append(logged)
        return outcome.reason.value

    def _outcome(self, state: State, session: LoggedSession, logged: LoggedBeat) -> Outcome:
        return record_beat(
            state,
            logged.beat,
            started_ms=session.started_ms,
            received_ms=logged.received_ms,
            duration_ms=self.durations[session.recording],
            policy=self.policy,
        )


def fold_log(
    durations: Mapping[str, int],
    sessions: Iterable[LoggedSession],
    beats: Sequence[LoggedBeat],
    policy: Policy = POLICY,
) -> tuple[list[Coverage], list[str]]:
    """Give the coverage per person and recording, and the reason of a refusal per beat, in order.

    Beats are folded by their receive stamp; a claim refused as too fast is offered again at the
    end, so a shuffled log gives the same coverage. An empty reason means accepted.
    """
    by_id = {session.session: session for session in sessions}
    fold = _Fold(durations, policy, by_id, _ends(by_id.values()))
    for session in fold.sessions.values():
        fold.states.setdefault(fold.viewing(session), State())
    order = sorted(range(len(beats)), key=lambda index: _place(beats[index]))
    reasons = [""] * len(beats)
    for index in order:
        reasons[index] = fold.verdict(beats[index])
    fold.retry()
    coverage = [
        _coverage(viewing, state, durations, policy)
        for viewing, state in sorted(fold.states.items())
    ]
    return coverage, reasons


def _place(logged: LoggedBeat) -> tuple[int, str, int]:
    """Where a beat stands in the log; of one millisecond the furthest position comes last."""
    return logged.received_ms, logged.session, logged.beat.position_ms


def _ends(sessions: Iterable[LoggedSession]) -> dict[str, int]:
    """When each session was replaced: at the person's next start. Of two starts in one millisecond
    one counts, always the same whatever the order of the log.
    """
    ends: dict[str, int] = {}
    last: dict[str, LoggedSession] = {}
    for session in sorted(sessions, key=lambda row: (row.started_ms, row.session)):
        if session.person in last:
            ends[last[session.person].session] = session.started_ms
        last[session.person] = session
    return ends


def _coverage(
    viewing: Viewing, state: State, durations: Mapping[str, int], policy: Policy
) -> Coverage:
    person, recording = viewing
    watched_ms, duration_ms = length(state.media), durations[recording]
    return Coverage(
        person=person,
        recording=recording,
        ranges=state.media,
        watched_ms=watched_ms,
        wall_ms=length(state.wall),
        percent=watched_percent(watched_ms, duration_ms, policy),
        watched=is_watched(watched_ms, duration_ms, policy),
        position_ms=state.position_ms,
        refused=state.refused,
    )
