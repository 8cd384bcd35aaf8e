"""Watch sessions, started with the server's word; `beating` folds their beats.

Source: docs/features/watching.md.
"""

from __future__ import annotations

import hmac
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
from courses.rules.intervals import Intervals
from courses.rules.tokens import LOOK_AGAIN, WatchToken, expires_ms, sign
from courses.rules.watching import POLICY_VERSION, beat_seconds, is_watched, watched_percent
from courses.services.completing import complete_lesson
from courses.services.learners import enrolment_with, learner, refuse_unless_learning_is_open
from courses.services.load import METER
from courses.services.reading import WrongKind
from media.models import RecordingVersion
from media.selectors import Playback, current_version, playback_of
from schools.models import Teacher


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


class RunLeft(DomainError):
    """The person has left the run in which the session began."""

    code = "run_left"
    message = _("您已退出这个班次，观看不再计入；重新报名后可以接着看。")


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


@transaction.atomic
def start_watch(*, actor: Any, lesson: Lesson, enrolment: UUID | None = None) -> WatchStart:
    """Begin watching a recording lesson; the person's older session stops counting.

    Whoever has completed a run whose learning is over only looks again: nothing is counted and
    no other session is disturbed. It counts for the enrolment if one is named, otherwise for the
    one that fits best.

    Raises WrongKind, RecordingNotReady, Missing, LearningClosed.
    """
    teacher = learner(actor)
    counts_for = enrolment_with(teacher, lesson, enrolment)
    again = looks_again(counts_for)
    if not again:
        refuse_unless_learning_is_open(counts_for)
    if lesson.kind != LessonKind.RECORDING or lesson.recording is None:
        raise WrongKind
    version = current_version(lesson.recording)
    if version is None:
        raise RecordingNotReady
    if again:
        return _look_again(actor, teacher, counts_for, lesson, version)
    row = _row(teacher, version)
    token = _take_lease(teacher, counts_for, lesson, row, version)
    if is_watched(row.watched_ms, version.duration_ms):
        complete_watched(actor, counts_for, lesson, row)
    return _started(actor, lesson, token, row, version)


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
        token=sign(token, signing_key()),
        duration_ms=version.duration_ms,
        ranges=row.state.media,
        position_ms=row.position_ms,
        watched_ms=row.watched_ms,
        percent=watched_percent(row.watched_ms, version.duration_ms),
        completed=is_watched(row.watched_ms, version.duration_ms),
        beat_seconds=seconds_to_next_beat(METER.tick()),
        playback=playback_of(version, seconds=(token.expires_ms - token.started_ms) // 1000),
    )


def _look_again(
    actor: Any, teacher: Teacher, enrolment: Enrolment, lesson: Lesson, version: RecordingVersion
) -> WatchStart:
    row = kept_row(teacher.pk, version.pk)
    token = _token(uuid4(), enrolment, lesson, version, policy=LOOK_AGAIN)
    return _started(actor, lesson, token, row, version)


def kept_row(teacher_id: UUID, version_id: UUID) -> WatchRow:
    """What was counted of a cut; an empty row that is not saved where nothing was."""
    place = {"teacher_id": teacher_id, "version_id": version_id}
    return WatchRow.objects.filter(**place).first() or WatchRow(**place)


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


def complete_watched(actor: Any, enrolment: Enrolment, lesson: Lesson, row: WatchRow) -> None:
    """Complete a recording lesson, with what was watched as its evidence."""
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


def seconds_to_next_beat(rate: float) -> int:
    """How long a player waits for its next beat while this process takes `rate` a second."""
    return beat_seconds(rate, settings.WATCH_BUSY_BEATS_PER_SECOND)


@lru_cache(maxsize=1)
def signing_key() -> bytes:
    """The key that signs watch tokens, derived from the site's secret."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"courses.watch.token.v1", "sha256")
