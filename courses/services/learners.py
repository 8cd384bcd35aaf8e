"""Who acts as a learner, and whether learning counts today."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import DomainError, Missing
from courses.models import Enrolment, Lesson
from courses.selectors.learning import learning_enrolment
from schools.models import Teacher
from schools.selectors import teacher_of


class NotATeacher(DomainError):
    """The sign-in belongs to nobody in the register."""

    code = "not_a_teacher"
    message = _("您的账号还没有对应的教师信息，请联系学校管理员。")


class LearningClosed(DomainError):
    """Learning in the run has not begun or is over."""

    code = "run_closed"
    message = _("现在不在本班次的学习时间内，学习不计入进度。")


def learner(actor: Any) -> Teacher:
    """The teacher who acts. Raises NotATeacher."""
    teacher = teacher_of(actor)
    if teacher is None:
        raise NotATeacher
    return teacher


def enrolment_to_learn(teacher: Teacher, lesson: Lesson, named: UUID | None = None) -> Enrolment:
    """The enrolment that work on the lesson counts for. Raises Missing or LearningClosed."""
    enrolment = enrolment_with(teacher, lesson, named)
    refuse_unless_learning_is_open(enrolment)
    return enrolment


def enrolment_with(teacher: Teacher, lesson: Lesson, named: UUID | None = None) -> Enrolment:
    """The enrolment in which the lesson may be opened, counting or not: the one that the person
    works in if it is named. Raises Missing.
    """
    enrolment = learning_enrolment(teacher, lesson, named)
    if enrolment is None or lesson.withdrawn_at is not None:
        raise Missing
    return enrolment


def refuse_unless_learning_is_open(enrolment: Enrolment) -> None:
    """Raise LearningClosed outside the run's learning dates."""
    if not enrolment.run.learning_window.holds(clock.today()):
        raise LearningClosed
