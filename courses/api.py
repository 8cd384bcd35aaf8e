"""The learning room's part of the API."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from core.api import Router, idempotent, key_of, page_of
from core.openapi import refusals
from courses import schemas, services
from courses.selectors import (
    catalogue_asked,
    get_attempt_for,
    get_enrolment_for,
    get_lesson_for,
    progress_of,
)
from courses.selectors.learning import get_run_by_id_for
from courses.selectors.transcripts import get_transcript_path_for, transcript_attempts_left
from courses.services.answering import AttemptOver
from courses.services.attempting import AttemptsUsedUp, QuizNotReady
from courses.services.beating import TooManyAtOnce
from courses.services.enrolling import RunClosed, RunFull
from courses.services.learners import LearningClosed, NotATeacher
from courses.services.reading import WrongKind
from courses.services.watching import (
    LeaseLost,
    RecordingNotReady,
    RunLeft,
    TokenExpired,
    TokenInvalid,
)

router = Router(tags=["courses"])


@router.get("courses", auth=None, response=schemas.CoursePage, url_name="courses")
def list_courses(request: HttpRequest, asked: Query[schemas.CoursesAsked]) -> dict[str, Any]:
    """Courses on offer that meet the filters, by code."""
    return page_of(catalogue_asked(asked.filters()), request, asked, schemas.course_out)


@router.post(
    "runs/{uuid:run_id}/enrolments",
    response={201: schemas.EnrolledOut, 200: schemas.EnrolledOut},
    url_name="enrolments",
    openapi_extra=refusals(RunFull, RunClosed, NotATeacher),
)
@idempotent
def enrol(request: HttpRequest, run_id: UUID) -> Any:
    """Take a seat: 201 the first time, 200 again; 409 run_full or run_closed."""
    run = get_run_by_id_for(viewer=request.user, run_id=run_id)
    enrolment, fresh = services.enrol_once(actor=request.user, run=run)
    return (201 if fresh else 200), {"id": str(enrolment.pk), "state": enrolment.state}


@router.get("enrolments/{uuid:enrolment_id}", response=schemas.EnrolmentOut, url_name="enrolment")
def show_enrolment(request: HttpRequest, enrolment_id: UUID) -> dict[str, Any]:
    """How far an enrolment is, for its teacher and those who may see it."""
    enrolment = get_enrolment_for(viewer=request.user, enrolment_id=enrolment_id)
    return schemas.enrolment_out(enrolment, progress_of(enrolment))


@router.post(
    "lessons/{uuid:lesson_id}/reading",
    response=schemas.ReadingOut,
    url_name="reading",
    openapi_extra=refusals(WrongKind, LearningClosed, NotATeacher),
)
@idempotent
def read_lesson(
    request: HttpRequest, lesson_id: UUID, body: schemas.ReadingIn | None = None
) -> dict[str, Any]:
    """Record that a reading was read; the body may name the enrolment for which it counts."""
    lesson = get_lesson_for(viewer=request.user, lesson_id=lesson_id)
    enrolment = body.enrolment if body else None
    services.mark_reading(actor=request.user, lesson=lesson, enrolment=enrolment)
    return {"lesson": str(lesson.pk), "percent": 100}


@router.get(
    "lessons/{uuid:lesson_id}/transcript", response=schemas.TranscriptOut, url_name="transcript"
)
def show_transcript(request: HttpRequest, lesson_id: UUID) -> dict[str, Any]:
    """The equal path of a recording lesson: `POST attempts` on it asks the check questions.

    404 where the path is not offered, or learning has not begun.
    """
    lesson = get_lesson_for(viewer=request.user, lesson_id=lesson_id)
    path = get_transcript_path_for(viewer=request.user, lesson=lesson)
    left = transcript_attempts_left(request.user, lesson, path)
    return schemas.transcript_out(lesson, path, left)


@router.post(
    "watch",
    response=schemas.WatchOut,
    url_name="watch",
    openapi_extra=refusals(WrongKind, RecordingNotReady, LearningClosed, NotATeacher),
)
@idempotent
def start_watch(request: HttpRequest, body: schemas.LessonIn) -> dict[str, Any]:
    """Begin a watch session on a recording lesson."""
    lesson = get_lesson_for(viewer=request.user, lesson_id=body.lesson)
    return schemas.watch_out(
        services.start_watch(actor=request.user, lesson=lesson, enrolment=body.enrolment)
    )


@router.post(
    "watch/beats",
    response=schemas.BeatOut,
    url_name="beats",
    openapi_extra=refusals(TokenInvalid, TokenExpired, LeaseLost, RunLeft, TooManyAtOnce),
)
def beat(request: HttpRequest, body: schemas.BeatIn) -> dict[str, Any]:
    """Fold one beat. One of the last beats that comes again gets its first answer; an older one
    counts as new, which earns nothing more.
    """
    answer = services.record_watch(
        actor=request.user,
        token=body.token,
        ranges=body.ranges,
        position_ms=body.position_ms,
        visible=body.visible,
        key=key_of(request),
        body_digest=hashlib.sha256(request.body).hexdigest()[:32],
    )
    return schemas.beat_out(answer)


@router.post(
    "attempts",
    response={201: schemas.AttemptOut},
    url_name="attempts",
    openapi_extra=refusals(AttemptsUsedUp, QuizNotReady, WrongKind, LearningClosed, NotATeacher),
)
@idempotent
def start_attempt(request: HttpRequest, body: schemas.LessonIn) -> Any:
    """Begin an attempt at a quiz lesson or at the check questions of a transcript, or go on with
    the one under way.
    """
    lesson = get_lesson_for(viewer=request.user, lesson_id=body.lesson)
    attempt = services.start_attempt(actor=request.user, lesson=lesson, enrolment=body.enrolment)
    shown = get_attempt_for(viewer=request.user, attempt_id=attempt.pk)
    return 201, schemas.attempt_out(shown)


@router.get("attempts/{uuid:attempt_id}", response=schemas.AttemptOut, url_name="attempt")
def show_attempt(request: HttpRequest, attempt_id: UUID) -> dict[str, Any]:
    """The viewer's own attempt."""
    return schemas.attempt_out(get_attempt_for(viewer=request.user, attempt_id=attempt_id))


@router.put(
    "attempts/{uuid:attempt_id}/answers/{uuid:question}",
    response=schemas.AnswerOut,
    url_name="answer",
    openapi_extra=refusals(AttemptOver),
)
@idempotent
def save_answer(
    request: HttpRequest, attempt_id: UUID, question: UUID, body: schemas.AnswerIn
) -> dict[str, Any]:
    """Keep an answer; one that is older than the kept one changes nothing and is told so."""
    saved = services.save_answer(
        actor=request.user,
        attempt=get_attempt_for(viewer=request.user, attempt_id=attempt_id),
        question=question,
        options=body.options,
        sequence=body.sequence,
        seen=body.seen,
    )
    return {"options": saved.chosen, "sequence": saved.sequence, "kept": saved.kept}


@router.post(
    "attempts/{uuid:attempt_id}/submission", response=schemas.SubmissionOut, url_name="submission"
)
@idempotent
def submit_attempt(request: HttpRequest, attempt_id: UUID) -> dict[str, Any]:
    """Hand the attempt in; again gives the same mark."""
    attempt = get_attempt_for(viewer=request.user, attempt_id=attempt_id)
    attempt = services.submit_attempt(actor=request.user, attempt=attempt)
    return {"score": attempt.percent, "passed": attempt.passed}
