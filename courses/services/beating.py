"""Beats of a watch session, folded one after another without holding a lock while thinking.

Source: docs/features/watching.md and docs/decisions/0016.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import DomainError
from courses.models import Enrolment, Lesson, WatchLease, WatchRow
from courses.permissions import LEARNING_STATES
from courses.rules.intervals import Interval, decode, encode, length
from courses.rules.repeats import Answered, from_plain, plain, recall, remember
from courses.rules.tokens import LOOK_AGAIN, WatchToken, read
from courses.rules.watching import (
    Beat,
    Reason,
    State,
    is_watched,
    record_beat,
    watched_percent,
)
from courses.services.load import METER
from courses.services.watching import (
    BeatKeyReused,
    LeaseLost,
    RunLeft,
    TokenExpired,
    TokenInvalid,
    complete_watched,
    epoch_ms,
    kept_row,
    seconds_to_next_beat,
    signing_key,
)
from schools.permissions import scope_of

TRIES = 50
_SEEN = (
    "session",
    "beats",
    "recent",
    "row_id",
    "row__media",
    "row__wall",
    "row__position_ms",
    "row__position_at_ms",
    "row__refused",
    "lesson_id",
    "enrolment_id",
    "enrolment__state",
)


class TooManyAtOnce(DomainError):
    """Other beats of the same person came in between, again and again."""

    code = "too_many_at_once"
    status = 409
    message = _("同一账号正在多处同时上报观看进度，请只保留一个播放窗口。")


@dataclass(frozen=True, slots=True)
class WatchAnswer:
    """The verdict on a beat, and what the server holds after it."""

    accepted: bool
    reason: str
    ranges: Sequence[Interval]
    watched_ms: int
    percent: int
    completed: bool
    beat_seconds: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """A person's lease and the row under it, as one query found them."""

    session: UUID
    beats: int
    recent: tuple[Answered, ...]
    row_id: UUID
    state: State
    lesson_id: UUID
    enrolment_id: UUID
    enrolment_state: str


def record_watch(
    *,
    actor: Any,
    token: str,
    ranges: Sequence[Interval],
    position_ms: int,
    visible: bool,
    key: str = "",
    body_digest: str = "",
) -> WatchAnswer:
    """Fold one beat of the acting person's session; a repeated beat is harmless.

    One of the person's last beats, told by `key` and `body_digest`, gets its first answer. Raises
    TokenInvalid, TokenExpired, LeaseLost, RunLeft, BeatKeyReused; none of these changes a row.
    """
    received_ms = epoch_ms(clock.now())
    facts = read(token, signing_key())
    if facts is None or facts.teacher != getattr(scope_of(actor).teacher, "pk", None):
        raise TokenInvalid
    if facts.policy == LOOK_AGAIN:
        return _seen_again(facts, received_ms)
    key_digest = hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
    beat, pause = Beat(ranges, position_ms, visible), seconds_to_next_beat(METER.tick())
    for _try in range(TRIES):
        seen = _look(facts)
        first = recall(seen.recent, key_digest) if key else None
        if first is not None:
            return _repeated(first, facts, body_digest)
        _refuse_unless_it_counts(seen, facts, received_ms)
        outcome = record_beat(
            seen.state,
            beat,
            started_ms=facts.started_ms,
            received_ms=received_ms,
            duration_ms=facts.duration_ms,
        )
        answered = Answered(key_digest, body_digest, outcome.reason, pause, outcome.state.media)
        if _keep(actor, facts, seen, outcome.state, answered):
            return _answer(answered, facts.duration_ms)
    raise TooManyAtOnce


def _look(facts: WatchToken) -> _Seen:
    """The lease and its row, not locked: `_keep` finds out whether they moved since."""
    found = WatchLease.objects.filter(teacher=facts.teacher).values_list(*_SEEN).first()
    if found is None:
        raise LeaseLost
    session, beats, recent, row_id, media, wall, position, position_at, refused, *ids = found
    state = State(decode(media), decode(wall), position, position_at, refused)
    return _Seen(session, beats, from_plain(recent), row_id, state, *ids)


def _refuse_unless_it_counts(seen: _Seen, facts: WatchToken, received_ms: int) -> None:
    if received_ms >= facts.expires_ms:
        raise TokenExpired
    if seen.session != facts.session:
        raise LeaseLost
    if seen.enrolment_state not in LEARNING_STATES:
        raise RunLeft


@transaction.atomic
def _keep(actor: Any, facts: WatchToken, seen: _Seen, state: State, answered: Answered) -> bool:
    """Write what a beat changed, unless another beat or session came first; tells whether it did.

    The update of the lease locks it, so that what was read of the row under it still holds.
    """
    changes: dict[str, Any] = {"beats": F("beats") + 1}
    if answered.key:
        changes["recent"] = plain(remember(seen.recent, answered))
    same = WatchLease.objects.filter(teacher=facts.teacher, session=seen.session, beats=seen.beats)
    if not same.update(**changes):
        return False
    if answered.reason is Reason.CLOCK_BACK:
        return True
    watched_ms = length(state.media)
    WatchRow.objects.filter(pk=seen.row_id).update(
        media=encode(state.media),
        wall=encode(state.wall),
        watched_ms=watched_ms,
        position_ms=state.position_ms,
        position_at_ms=state.position_at_ms,
        refused=state.refused,
    )
    before = length(seen.state.media)
    if is_watched(watched_ms, facts.duration_ms) and not is_watched(before, facts.duration_ms):
        complete_watched(
            actor,
            Enrolment.objects.get(pk=seen.enrolment_id),
            Lesson.objects.get(pk=seen.lesson_id),
            WatchRow.objects.get(pk=seen.row_id),
        )
    return True


def _seen_again(facts: WatchToken, received_ms: int) -> WatchAnswer:
    """Answer a beat that counts for nothing with what was counted before."""
    if received_ms >= facts.expires_ms:
        raise TokenExpired
    media = kept_row(facts.teacher, facts.version).state.media
    pause = seconds_to_next_beat(METER.tick())
    return _answer(Answered("", "", Reason.NONE, pause, media), facts.duration_ms)


def _repeated(first: Answered, facts: WatchToken, body_digest: str) -> WatchAnswer:
    if body_digest != first.body:
        raise BeatKeyReused
    return _answer(first, facts.duration_ms)


def _answer(answered: Answered, duration_ms: int) -> WatchAnswer:
    watched_ms = length(answered.media)
    return WatchAnswer(
        accepted=answered.reason is Reason.NONE,
        reason=answered.reason.value,
        ranges=answered.media,
        watched_ms=watched_ms,
        percent=watched_percent(watched_ms, duration_ms),
        completed=is_watched(watched_ms, duration_ms),
        beat_seconds=answered.beat_seconds,
    )
