"""Readings that a learner has read to the end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from courses.models import Evidence, Lesson, LessonKind
from courses.rules.completion import digest
from courses.services.completing import complete_lesson
from courses.services.learners import enrolment_to_learn, learner


class WrongKind(DomainError):
    """The lesson is of another kind."""

    code = "wrong_kind"
    message = _("这一课节不能这样完成。")


@transaction.atomic
def mark_reading(*, actor: Any, lesson: Lesson, enrolment: UUID | None = None) -> None:
    """Record that the acting teacher has read a reading; again changes nothing.

    It counts for the enrolment if one is named, otherwise for the one that fits best. Raises
    WrongKind for other lessons, Missing, LearningClosed.
    """
    counts_for = enrolment_to_learn(learner(actor), lesson, enrolment)
    if lesson.kind != LessonKind.READING:
        raise WrongKind
    complete_lesson(
        actor=actor,
        enrolment=counts_for,
        lesson=lesson,
        evidence=Evidence.READ,
        facts={"lesson": str(lesson.pk), "text": digest({"text": lesson.text})},
    )
