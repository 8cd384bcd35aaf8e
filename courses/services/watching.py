"""Watch sessions: started with the server's word, folded beat by beat.

Source: docs/features/watching.md.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import DomainError
from courses.models import (
    Enrolment,
    EnrolmentState,
    Evidence,
    Lesson,
    LessonKind,
    WatchLease,
    WatchRow,
)
from courses.rules.intervals import Interval, Intervals, length
from courses.rules.repeats import Answered, recall, remember
from courses.rules.tokens import LOOK_AGAIN, WatchToken, expires_ms, read, sign
from courses.rules.watching import (
    POLICY_VERSION,
    Beat,
    Reason,
    beat_seconds,
    is_watched,
    record_beat,
    watched_percent,
)
from courses.services.completing import complete_lesson
from courses.services.learners import enrolment_with, learner, refuse_unless_learning_is_open
from courses.services.load import METER
from courses.services.reading import WrongKind
from media.models import RecordingVersion
from media.selectors import Playback, current_version, playback_of
from schools.models import Teacher

_STATE = ["media", "wall", "watched_ms", "position_ms", "position_at_ms", "refused"]


class RecordingNotReady(DomainError):
    """The recording cannot be shown yet, or no longer."""

    code = "recording_not_ready"
    message = _("录像正在准备中，请稍后再来。")


class TokenInvalid(DomainError):
    """The token is not one of this server's for this person."""

    code = "token_invalid"
    status = 422
    message = _("观看凭证无效，请刷新页面后重新播放。")


class TokenExpired(DomainError):
    """The session is over; a new one may begin."""

    code = "token_expired"
    message = _("本次观看已超时，请重新开始播放，已看部分不会丢失。")


class LeaseLost(DomainError):
    """A later session of the same person counts now."""

    code = "lease_lost"
    message = _("已在其他窗口播放，这里已暂停。")


class BeatKeyReused(DomainError):
    """The key of an earlier beat came with another body."""

    code = "idempotency_key_reused"
    status = 422
    message = _("同一个 Idempotency-Key 不能用于不同的请求内容。")


@dataclass(frozen=True, slots=True)
class WatchStart:
    """What a player needs to begin: times in milliseconds, the next beat in seconds."""

    token: str
    duration_ms: int
    ranges: Intervals
    position_ms: int
    watched_ms: int
    percent: int
    completed: bool
    beat_seconds: int
    playback: Playback


@dataclass(frozen=True, slots=True)
class WatchAnswer:
    """The verdict on a beat, and what the server holds after it."""

    accepted: bool
    reason: str
    ranges: Intervals
    watched_ms: int
    percent: int
    completed: bool
    beat_seconds: int


@transaction.atomic
def start_watch(*, actor: Any, lesson: Lesson) -> WatchStart:
    """Begin watching a recording lesson; the person's older session stops counting.

    Whoever has completed a run whose learning is over only looks again: nothing is counted and
    no other session is disturbed.

    Raises WrongKind, RecordingNotReady, Missing, LearningClosed.
    """
    teacher = learner(actor)
    enrolment = enrolment_with(teacher, lesson)
    again = looks_again(enrolment)
    if not again:
        refuse_unless_learning_is_open(enrolment)
    if lesson.kind != LessonKind.RECORDING or lesson.recording is None:
        raise WrongKind
    version = current_version(lesson.recording)
    if version is None:
        raise RecordingNotReady
    if again:
        return _look_again(actor, teacher, enrolment, lesson, version)
    row = _row(teacher, version)
    token = _take_lease(teacher, enrolment, lesson, row, version)
    if is_watched(row.watched_ms, version.duration_ms):
        _complete(actor, enrolment, lesson, row)
    return _started(actor, lesson, token, row, version)


@transaction.atomic
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
    TokenInvalid, TokenExpired, LeaseLost, BeatKeyReused; none of these changes a row.
    """
    received_ms = epoch_ms(clock.now())
    facts = read(token, _key())
    if facts is None:
        raise TokenInvalid
    if facts.policy == LOOK_AGAIN:
        return _seen_again(actor, facts, received_ms)
    lease = _lease(facts)
    if lease.teacher.user_id != actor.pk:
        raise TokenInvalid
    key_digest = hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
    first = recall(lease.answered, key_digest) if key else None
    if first is not None:
        return _repeated(first, facts, body_digest)
    _refuse_unless_it_counts(lease, facts, received_ms)
    reason = _fold(actor, lease, facts, Beat(ranges, position_ms, visible), received_ms)
    media = lease.row.state.media
    answered = Answered(key_digest, body_digest, reason, _beat_seconds(METER.tick()), media)
    if key:
        lease.answered = remember(lease.answered, answered)
        lease.save(update_fields=["recent"])
    return _answer(answered, facts.duration_ms)


def epoch_ms(instant: datetime) -> int:
    """Whole milliseconds since 1970, rounded down."""
    return int(instant.timestamp() * 1000)


def looks_again(enrolment: Enrolment) -> bool:
    """Whether watching in this enrolment counts for nothing more: completed, and learning over."""
    over = not enrolment.run.learning_window.holds(clock.today())
    return over and enrolment.state == EnrolmentState.COMPLETED


def _started(
    actor: Any, lesson: Lesson, token: WatchToken, row: WatchRow, version: RecordingVersion
) -> WatchStart:
    audit.record(actor, "courses.start_watch", lesson, session=str(token.session))
    return WatchStart(
        token=sign(token, _key()),
        duration_ms=version.duration_ms,
        ranges=row.state.media,
        position_ms=row.position_ms,
        watched_ms=row.watched_ms,
        percent=watched_percent(row.watched_ms, version.duration_ms),
        completed=is_watched(row.watched_ms, version.duration_ms),
        beat_seconds=_beat_seconds(METER.tick()),
        playback=playback_of(version, seconds=(token.expires_ms - token.started_ms) // 1000),
    )


def _look_again(
    actor: Any, teacher: Teacher, enrolment: Enrolment, lesson: Lesson, version: RecordingVersion
) -> WatchStart:
    row = _kept_row(teacher.pk, version.pk)
    token = _token(uuid4(), enrolment, lesson, version, policy=LOOK_AGAIN)
    return _started(actor, lesson, token, row, version)


def _seen_again(actor: Any, facts: WatchToken, received_ms: int) -> WatchAnswer:
    """Answer a beat that counts for nothing with what was counted before."""
    if received_ms >= facts.expires_ms:
        raise TokenExpired
    if facts.teacher != learner(actor).pk:
        raise TokenInvalid
    media = _kept_row(facts.teacher, facts.version).state.media
    answered = Answered("", "", Reason.NONE, _beat_seconds(METER.tick()), media)
    return _answer(answered, facts.duration_ms)


def _kept_row(teacher_id: UUID, version_id: UUID) -> WatchRow:
    """What was counted of a cut; an empty row that is not saved where nothing was."""
    place = {"teacher_id": teacher_id, "version_id": version_id}
    return WatchRow.objects.filter(**place).first() or WatchRow(**place)


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


def _row(teacher: Teacher, version: RecordingVersion) -> WatchRow:
    try:
        with transaction.atomic():
            row, _made = WatchRow.objects.get_or_create(teacher=teacher, version=version)
    except IntegrityError:
        row = WatchRow.objects.get(teacher=teacher, version=version)
    return row


def _take_lease(
    teacher: Teacher,
    enrolment: Enrolment,
    lesson: Lesson,
    row: WatchRow,
    version: RecordingVersion,
) -> WatchToken:
    """Lock the person's lease before the clock is read, so that sessions never overlap."""
    WatchLease.objects.select_for_update(of=("self",)).filter(teacher=teacher).first()
    now = clock.now()
    lease = WatchLease(
        teacher=teacher,
        session=uuid4(),
        row=row,
        lesson=lesson,
        enrolment=enrolment,
        started_at=now,
    )
    WatchLease.objects.bulk_create(
        [lease],
        update_conflicts=True,
        unique_fields=["teacher"],
        update_fields=["session", "row", "lesson", "enrolment", "started_at"],
    )
    return _token(lease.session, enrolment, lesson, version, policy=POLICY_VERSION)


def _token(
    session: UUID, enrolment: Enrolment, lesson: Lesson, version: RecordingVersion, *, policy: int
) -> WatchToken:
    """A session that counts ends with learning; one that only looks again does not."""
    now_ms = epoch_ms(clock.now())
    closes_at = enrolment.run.learning_window.closes_at() if policy != LOOK_AGAIN else None
    return WatchToken(
        session=session,
        teacher=enrolment.teacher_id,
        version=version.pk,
        lesson=lesson.pk,
        enrolment=enrolment.pk,
        started_ms=now_ms,
        expires_ms=expires_ms(
            now_ms, version.duration_ms, epoch_ms(closes_at) if closes_at else None
        ),
        duration_ms=version.duration_ms,
        policy=policy,
    )


def _lease(facts: WatchToken) -> WatchLease:
    """The person's lease and its row, both locked in one query; another session may hold it."""
    rows = WatchLease.objects.select_for_update(of=("self", "row")).select_related(
        "row", "teacher", "lesson", "enrolment"
    )
    lease = rows.filter(teacher=facts.teacher).first()
    if lease is None:
        raise LeaseLost
    return lease


def _refuse_unless_it_counts(lease: WatchLease, facts: WatchToken, received_ms: int) -> None:
    if received_ms >= facts.expires_ms:
        raise TokenExpired
    if lease.session != facts.session:
        raise LeaseLost


def _fold(actor: Any, lease: WatchLease, facts: WatchToken, beat: Beat, received_ms: int) -> Reason:
    """Merge a beat into the locked row; the lesson is completed when its threshold is crossed."""
    row = lease.row
    before = row.watched_ms
    outcome = record_beat(
        row.state,
        beat,
        started_ms=facts.started_ms,
        received_ms=received_ms,
        duration_ms=facts.duration_ms,
    )
    if outcome.reason is not Reason.CLOCK_BACK:
        row.state = outcome.state
        row.save(update_fields=_STATE)
    if is_watched(row.watched_ms, facts.duration_ms) and not is_watched(before, facts.duration_ms):
        _complete(actor, lease.enrolment, lease.lesson, row)
    return outcome.reason


def _complete(actor: Any, enrolment: Enrolment, lesson: Lesson, row: WatchRow) -> None:
    complete_lesson(
        actor=actor,
        enrolment=enrolment,
        lesson=lesson,
        evidence=Evidence.WATCHED,
        facts={
            "version": str(row.version_id),
            "media": bytes(row.media).hex(),
            "wall": bytes(row.wall).hex(),
        },
    )


def _beat_seconds(rate: float) -> int:
    return beat_seconds(rate, settings.WATCH_BUSY_BEATS_PER_SECOND)


@lru_cache(maxsize=1)
def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"courses.watch.token.v1", "sha256")
