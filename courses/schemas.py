"""Shapes of the learning room's API; names and states as the contracts write them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, Field, StrictBool, StrictInt

from core.api import AskedPage
from courses.models import (
    Attempt,
    Course,
    CourseRun,
    Enrolment,
    EnrolmentState,
    Evidence,
    Lesson,
    LessonKind,
    Mode,
    QuestionKind,
    Stage,
    Subject,
)
from courses.rules.intervals import pairs
from courses.rules.watching import Reason
from courses.selectors import CatalogueFilters, Progress
from courses.selectors.transcripts import TranscriptPath
from courses.services.beating import WatchAnswer
from courses.services.watching import WatchStart

Milliseconds = StrictInt
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Hours = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]{2}$")]
Percent = Annotated[int, Field(ge=0, le=100)]
Ranges = list[tuple[int, int]]


class Span(StrEnum):
    """How many hours a course counts: under 5, from 5 to under 10, from 10."""

    SHORT = "short"
    MIDDLE = "middle"
    LONG = "long"


class CoursesAsked(AskedPage):
    """Filters of the courses on offer."""

    q: str = Field("", max_length=200, description="标题与简介中的文字")
    stage: Stage | None = None
    subject: Subject | None = None
    category: str = Field("", max_length=40, description="学分类别代码")
    mode: Mode | None = None
    hours: Span | None = None
    open: bool = Field(False, description="只列今天可以报名的课程")

    def filters(self) -> CatalogueFilters:
        """The filters as the catalogue takes them."""
        return CatalogueFilters(
            q=self.q.strip(),
            stage=self.stage or "",
            subject=self.subject or "",
            category=self.category,
            mode=self.mode or "",
            hours=self.hours or "",
            open=self.open,
        )


class LessonIn(Schema):
    """Which lesson, and for which enrolment it counts; without one, for the one that fits best."""

    lesson: UUID
    enrolment: UUID | None = None


class ReadingIn(BaseModel, extra="forbid"):
    """For which enrolment a reading counts; without one, for the one that fits best."""

    enrolment: UUID | None = None


class BeatIn(Schema):
    """One beat: cumulative ranges of the session in media milliseconds."""

    token: str = Field(max_length=2000)
    ranges: list[tuple[Milliseconds, Milliseconds]] = Field(max_length=5000)
    position_ms: Milliseconds
    visible: StrictBool


class AnswerIn(Schema):
    """The chosen options, and the number of this saving: a later one wins. `seen` is the number
    that the window last knew; with it an answer of another window is never replaced.
    """

    options: list[str] = Field(max_length=50)
    sequence: StrictInt = Field(ge=0, le=2**53)
    seen: StrictInt | None = Field(default=None, ge=0, le=2**53)


class RunOut(Schema):
    """One run of a course on offer; its dates are days in Asia/Shanghai, the last one excluded."""

    id: UUID
    code: str
    name: str
    capacity: int
    taken: int
    enrol_opens_on: Day
    enrol_closes_on: Day | None
    learn_opens_on: Day
    learn_closes_on: Day | None


class CourseOut(Schema):
    """One course on offer."""

    id: UUID
    code: str
    title: str
    category: str
    category_name: str
    credit_hours: Hours
    stage: Stage
    subject: Subject
    mode: Mode
    runs: list[RunOut]


class CoursePage(Schema):
    """Courses on offer."""

    count: int
    next: str | None
    results: list[CourseOut]


class EnrolledOut(Schema):
    """A seat that was taken."""

    id: UUID
    state: EnrolmentState


class LessonProgressOut(Schema):
    """How far one lesson is, and by what it was completed."""

    id: UUID
    kind: LessonKind
    percent: Percent
    evidence: Evidence | None


class EnrolmentOut(Schema):
    """How far an enrolment is."""

    id: UUID
    state: EnrolmentState
    percent: Percent
    completed_at: datetime | None
    lessons: list[LessonProgressOut]


class ReadingOut(Schema):
    """A reading that was read."""

    lesson: UUID
    percent: Percent


class WatchOut(Schema):
    """What a player begins with."""

    token: str
    duration_ms: int
    ranges: Ranges
    position_ms: int
    watched_ms: int
    percent: Percent
    completed: bool
    beat_seconds: int
    playlist: str


class BeatOut(Schema):
    """The verdict on a beat, and what the server holds after it."""

    accepted: bool
    reason: Reason
    ranges: Ranges
    watched_ms: int
    percent: Percent
    completed: bool
    beat_seconds: int


class TranscriptOut(Schema):
    """The transcript of a recording lesson, and what is asked of it."""

    lesson: UUID
    text: str
    questions: int
    pass_percent: Percent
    attempts_left: int | None


class OptionOut(Schema):
    """One answer to choose."""

    id: str
    text: str


class QuestionOut(Schema):
    """One question as it was put, and what is saved of its answer."""

    id: UUID
    kind: QuestionKind
    text: str
    options: list[OptionOut]
    chosen: list[str]
    sequence: int


class AttemptOut(Schema):
    """An attempt under way."""

    id: UUID
    deadline_at: datetime | None
    questions: list[QuestionOut]


class AnswerOut(Schema):
    """The answer that stands, and whether it is the one just sent."""

    options: list[str]
    sequence: int
    kept: bool


class SubmissionOut(Schema):
    """The mark of an attempt."""

    score: Percent
    passed: bool


def run_out(run: CourseRun) -> dict[str, Any]:
    """One run of a course on offer."""
    return {
        "id": str(run.pk),
        "code": run.code,
        "name": run.name,
        "capacity": run.capacity,
        "taken": run.taken,
        "enrol_opens_on": run.enrol_opens_on.isoformat(),
        "enrol_closes_on": run.enrol_closes_on and run.enrol_closes_on.isoformat(),
        "learn_opens_on": run.learn_opens_on.isoformat(),
        "learn_closes_on": run.learn_closes_on and run.learn_closes_on.isoformat(),
    }


def course_out(course: Course) -> dict[str, Any]:
    """One course on offer; hours as a string."""
    return {
        "id": str(course.pk),
        "code": course.code,
        "title": course.title,
        "category": course.category.code,
        "category_name": course.category.name,
        "credit_hours": str(course.credit_hours),
        "stage": course.stage,
        "subject": course.subject,
        "mode": course.mode,
        "runs": [run_out(run) for run in course.offered],
    }


def enrolment_out(enrolment: Enrolment, progress: Progress) -> dict[str, Any]:
    """How far one enrolment is."""
    return {
        "id": str(enrolment.pk),
        "state": enrolment.state,
        "percent": progress.percent,
        "completed_at": progress.completed_at,
        "lessons": [
            {
                "id": str(row.lesson.pk),
                "kind": row.lesson.kind,
                "percent": row.percent,
                "evidence": row.evidence or None,
            }
            for row in progress.lessons
        ],
    }


def watch_out(start: WatchStart) -> dict[str, Any]:
    """What a player begins with."""
    return {
        "token": start.token,
        "duration_ms": start.duration_ms,
        "ranges": pairs(start.ranges),
        "position_ms": start.position_ms,
        "watched_ms": start.watched_ms,
        "percent": start.percent,
        "completed": start.completed,
        "beat_seconds": start.beat_seconds,
        "playlist": start.playback.playlist,
    }


def beat_out(answer: WatchAnswer) -> dict[str, Any]:
    """The verdict on a beat."""
    return {
        "accepted": answer.accepted,
        "reason": answer.reason,
        "ranges": pairs(answer.ranges),
        "watched_ms": answer.watched_ms,
        "percent": answer.percent,
        "completed": answer.completed,
        "beat_seconds": answer.beat_seconds,
    }


def transcript_out(lesson: Lesson, path: TranscriptPath, left: int | None) -> dict[str, Any]:
    """The transcript of a recording lesson, and what is asked of it."""
    return {
        "lesson": str(lesson.pk),
        "text": path.text,
        "questions": path.questions,
        "pass_percent": path.quiz.pass_percent,
        "attempts_left": left,
    }


def attempt_out(attempt: Attempt) -> dict[str, Any]:
    """An attempt under way: its questions without the right answers."""
    return {
        "id": str(attempt.pk),
        "deadline_at": attempt.deadline_at,
        "questions": [
            {
                "id": str(response.version.question_id),
                "kind": response.version.question.kind,
                "text": response.version.text,
                "options": [
                    {"id": option["id"], "text": option["text"]} for option in response.options
                ],
                "chosen": response.chosen,
                "sequence": response.sequence,
            }
            for response in attempt.responses.all()
        ],
    }
