"""The equal path to a recording lesson: its transcript, and check questions on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from core.errors import Missing
from courses.models import Enrolment, Lesson, LessonKind, Quiz
from courses.rules.quizzes import attempts_left
from courses.selectors.attempts import attempts_used, current_versions
from courses.selectors.learning import has_begun, learning_enrolment
from media.selectors import current_version, transcript_text
from schools.permissions import scope_of


@dataclass(frozen=True, slots=True)
class TranscriptPath:
    """What is read and how many questions are answered instead of watching."""

    quiz: Quiz
    text: str
    questions: int

    @property
    def digest(self) -> str:
        """SHA-256 of the transcript, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def transcript_path(lesson: Lesson) -> TranscriptPath | None:
    """The equal path of a recording lesson; None without a transcript or without questions."""
    if lesson.kind != LessonKind.RECORDING or lesson.recording is None:
        return None
    version = current_version(lesson.recording)
    quiz = Quiz.objects.filter(lesson=lesson).first()
    if version is None or quiz is None:
        return None
    text, questions = transcript_text(version).strip(), len(current_versions(quiz.bank_id))
    if not text or not questions:
        return None
    return TranscriptPath(quiz, text, min(questions, quiz.pick or questions))


def get_transcript_path(lesson: Lesson) -> TranscriptPath:
    """Like `transcript_path`; raises Missing where the path is not offered."""
    path = transcript_path(lesson)
    if path is None:
        raise Missing
    return path


def get_transcript_path_for(*, viewer: Any, lesson: Lesson) -> TranscriptPath:
    """Like `get_transcript_path`; Missing too where learning has not begun for the viewer."""
    teacher = scope_of(viewer).teacher
    if teacher is None or not has_begun(teacher, lesson):
        raise Missing
    return get_transcript_path(lesson)


def transcript_attempts_left(viewer: Any, lesson: Lesson, path: TranscriptPath) -> int | None:
    """How many attempts the viewer has left on the path; None where they are not limited."""
    teacher = scope_of(viewer).teacher
    enrolment: Enrolment | None = learning_enrolment(teacher, lesson) if teacher else None
    used = attempts_used(enrolment, path.quiz) if enrolment else 0
    return attempts_left(used, path.quiz.max_attempts)
