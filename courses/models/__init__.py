"""Rows of the learning room, by use case."""

from courses.models.attempts import Attempt, AttemptState, Response
from courses.models.catalogue import (
    Course,
    CourseEditor,
    CourseState,
    CreditCategory,
    Level,
    Mode,
    Stage,
    Subject,
)
from courses.models.enrolments import Enrolment, EnrolmentEvent, EnrolmentState
from courses.models.lessons import CompletionRule, Lesson, LessonKind
from courses.models.outcomes import CourseCompletion, Evidence, LessonCompletion
from courses.models.pages import CourseIndexPage, CoursePage
from courses.models.questions import Question, QuestionBank, QuestionKind, QuestionVersion, Quiz
from courses.models.runs import CourseRun, RunState
from courses.models.watching import WatchLease, WatchRow

__all__ = [
    "Attempt",
    "AttemptState",
    "CompletionRule",
    "Course",
    "CourseCompletion",
    "CourseEditor",
    "CourseIndexPage",
    "CoursePage",
    "CourseRun",
    "CourseState",
    "CreditCategory",
    "Enrolment",
    "EnrolmentEvent",
    "EnrolmentState",
    "Evidence",
    "Lesson",
    "LessonCompletion",
    "LessonKind",
    "Level",
    "Mode",
    "Question",
    "QuestionBank",
    "QuestionKind",
    "QuestionVersion",
    "Quiz",
    "Response",
    "RunState",
    "Stage",
    "Subject",
    "WatchLease",
    "WatchRow",
]
