"""What each page of the learning room shows, gathered in a few queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core import clock
from courses.models import (
    Attempt,
    Course,
    CourseRun,
    Enrolment,
    EnrolmentState,
    Evidence,
    Lesson,
    LessonCompletion,
    LessonKind,
    Quiz,
    WatchRow,
)
from courses.rules.intervals import Interval
from courses.rules.quizzes import attempts_left, is_over, is_right, right_needed
from courses.rules.watching import watched_percent
from courses.selectors.attempts import attempts_at, attempts_used
from courses.selectors.earnings import earned_in
from courses.selectors.learning import is_ahead, my_enrolments, standing_in
from courses.selectors.progress import progress_of, progress_of_many, run_progress
from courses.selectors.transcripts import get_transcript_path, transcript_path
from media.models import RecordingVersion
from media.selectors import current_version, playback_of, transcript_text
from schools.permissions import scope_of

RUN_CHOICES_SHOWN = 6
WHOLE: list[Interval] = [(0, 1000)]


@dataclass(frozen=True, slots=True)
class RunChoice:
    """A run on offer with what can be done about it today."""

    run: CourseRun
    state: str


def run_screen(enrolment: Enrolment) -> dict[str, Any]:
    """A run as its learner sees it."""
    progress = progress_of(enrolment)
    return {
        "enrolment": enrolment,
        "run": enrolment.run,
        "course": enrolment.run.course,
        "progress": progress,
        "earned": earned_in([enrolment.pk]).get(enrolment.pk),
        "missing": frozenset(progress.explanation.missing()),
        "is_open": enrolment.run.learning_window.holds(clock.today()),
        "can_withdraw": enrolment.state == EnrolmentState.ENROLLED,
    }


def learn_screen(viewer: Any) -> dict[str, Any]:
    """What the viewer learns and has learned, with what it earned."""
    enrolments = list(my_enrolments(viewer).select_related("completion"))
    progress = progress_of_many(enrolments)
    earned = earned_in([row.pk for row in enrolments])
    return {
        "rows": [
            {"enrolment": row, "progress": progress[row.pk], "earned": earned.get(row.pk)}
            for row in enrolments
        ]
    }


def lesson_screen(viewer: Any, enrolment: Enrolment, lesson: Lesson) -> dict[str, Any]:
    """A lesson as its learner sees it, with the one that follows."""
    progress = progress_of(enrolment)
    order = [row.lesson for row in progress.lessons]
    place = next((number for number, row in enumerate(order) if row.pk == lesson.pk), 0)
    screen = {
        "enrolment": enrolment,
        "run": enrolment.run,
        "course": enrolment.run.course,
        "lesson": lesson,
        "own": progress.of(lesson),
        "progress": progress,
        "following": order[place + 1] if place + 1 < len(order) else None,
        "is_open": enrolment.run.learning_window.holds(clock.today()),
        "is_ahead": is_ahead(enrolment),
    }
    if screen["is_ahead"]:
        return screen | {"playback": None}
    return screen | _PARTS[LessonKind(lesson.kind)](viewer, enrolment, lesson)


def transcript_screen(viewer: Any, enrolment: Enrolment, lesson: Lesson) -> dict[str, Any]:
    """A recording lesson as whoever reads instead of watching sees it. Raises Missing where this
    path is not offered.
    """
    path = get_transcript_path(lesson)
    screen = lesson_screen(viewer, enrolment, lesson)
    if screen["is_ahead"]:
        return screen
    return screen | _quiz_part(viewer, enrolment, lesson) | {"path": path}


def attempt_screen(attempt: Attempt) -> dict[str, Any]:
    """An attempt to take."""
    now = clock.now()
    rows: list[dict[str, Any]] = [
        {"response": response, "right": is_right(response.chosen, response.version.correct)}
        for response in attempt.responses.all()
    ]
    return {
        "attempt": attempt,
        "lesson": attempt.quiz.lesson,
        "run": attempt.enrolment.run,
        "back": lesson_address(attempt.enrolment.run, attempt.quiz.lesson),
        "rows": rows,
        "answered": sum(bool(row["response"].chosen) for row in rows),
        "seconds_left": _seconds_left(attempt, now),
        "ends_with_run": _ends_with_run(attempt),
        "is_over": is_over(attempt.deadline_at, now),
        "left": attempts_left(attempt.number, attempt.quiz.max_attempts),
    }


def result_screen(attempt: Attempt) -> dict[str, Any]:
    """The result of an attempt with what to look at again, and whether another can follow."""
    screen = attempt_screen(attempt)
    run, quiz = attempt.enrolment.run, attempt.quiz
    again = attempts_left(attempts_used(attempt.enrolment, quiz), quiz.max_attempts)
    is_open = run.learning_window.holds(clock.today())
    return screen | {
        "needed": right_needed(attempt.total, attempt.pass_percent),
        "again": again,
        "can_start": not attempt.passed and is_open and (again is None or again > 0),
    }


def lesson_address(run: CourseRun, lesson: Lesson) -> str:
    """Where the questions of a lesson are begun: a recording asks them beside its transcript."""
    page = "transcript" if transcript_path(lesson) else "lesson"
    return reverse(f"courses:{page}", args=[run.code, lesson.pk])


def standing_screen(viewer: Any, course: Course, back: str) -> dict[str, Any]:
    """The viewer's standing to a course, and the runs that can be chosen."""
    standing = standing_in(viewer=viewer, course=course)
    today = clock.today()
    choices = [RunChoice(run, run_state(run, today)) for run in standing.runs]
    mine = standing.enrolment
    progress = progress_of(mine) if mine else None
    return {
        "course": course,
        "standing": standing,
        "progress": progress,
        "earned": earned_in([mine.pk]).get(mine.pk) if mine else None,
        "choices": [choice for choice in choices if choice.state != "closed"][:RUN_CHOICES_SHOWN],
        "back": back,
    }


def learners(viewer: Any, run: CourseRun) -> Any:
    """The learners of a run whom the viewer may see."""
    return run_progress(viewer=viewer, run=run)


def progress_screen(run: CourseRun, page: Any) -> dict[str, Any]:
    """One page of a run's learners with their progress, in constant queries."""
    rows = list(page.object_list)
    progress = progress_of_many(rows)
    return {
        "run": run,
        "course": run.course,
        "page": page,
        "rows": [{"enrolment": row, "progress": progress[row.pk]} for row in rows],
    }


def run_state(run: CourseRun, today: Any) -> str:
    if run.enrolment_window.is_ahead(today):
        return "ahead"
    if not run.enrolment_window.holds(today):
        return "closed"
    return "open" if run.seats_left > 0 else "full"


def _ends_with_run(attempt: Attempt) -> bool:
    """Whether only the last day of the run ends the attempt: no clock is set for it."""
    closes_at = attempt.enrolment.run.learning_window.closes_at()
    return attempt.quiz.minutes is None and attempt.deadline_at == closes_at


def _seconds_left(attempt: Attempt, now: Any) -> int | None:
    if attempt.deadline_at is None or _ends_with_run(attempt):
        return None
    return max(0, int((attempt.deadline_at - now).total_seconds()))


def _recording_part(viewer: Any, enrolment: Enrolment, lesson: Lesson) -> dict[str, Any]:
    version = current_version(lesson.recording) if lesson.recording else None
    if version is None:
        return {"playback": None}
    row = WatchRow.objects.filter(teacher=scope_of(viewer).teacher, version=version).first()
    seconds = 2 * version.duration_ms // 1000 + 7200
    return {
        "playback": playback_of(version, seconds=seconds),
        "transcript": transcript_text(version),
        "watch_row": row,
        "position_ms": row.position_ms if row else 0,
        "segments": WHOLE if _is_watched(enrolment, lesson) else _segments(row, version),
        "coverage": watched_percent(row.watched_ms, version.duration_ms) if row else 0,
        "path": transcript_path(lesson),
    }


def _is_watched(enrolment: Enrolment, lesson: Lesson) -> bool:
    """Whether the lesson counts as watched, whichever cut that was: bar and percentage agree."""
    done = LessonCompletion.objects.filter(enrolment=enrolment, lesson=lesson)
    return done.filter(evidence=Evidence.WATCHED).exists()


def _segments(row: WatchRow | None, version: RecordingVersion) -> list[Interval]:
    """The watched parts in thousandths of the recording, as (start, width)."""
    if row is None:
        return []
    total = version.duration_ms
    return [
        (1000 * start // total, max(1, 1000 * (end - start) // total))
        for start, end in row.state.media
    ]


def _quiz_part(viewer: Any, enrolment: Enrolment, lesson: Lesson) -> dict[str, Any]:
    quiz = Quiz.objects.filter(lesson=lesson).first()
    if quiz is None:
        return {"quiz": None, "attempts": []}
    attempts = attempts_at(enrolment, quiz)
    left = attempts_left(attempts_used(enrolment, quiz), quiz.max_attempts)
    under_way = attempts[-1] if attempts and attempts[-1].ended_at is None else None
    return {
        "quiz": quiz,
        "attempts": attempts,
        "left": left,
        "under_way": under_way,
        "can_start": under_way is not None or left is None or left > 0,
    }


def _reading_part(viewer: Any, enrolment: Enrolment, lesson: Lesson) -> dict[str, Any]:
    return {}


_PARTS = {
    LessonKind.RECORDING: _recording_part,
    LessonKind.READING: _reading_part,
    LessonKind.QUIZ: _quiz_part,
}
