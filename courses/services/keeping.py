"""Keeping what an editor changed under /cms/: only what the form shows, never under learners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelsearch.index import insert_or_update_object

from core import audit
from core.errors import Invalid
from courses.models import (
    Attempt,
    CompletionRule,
    Course,
    CourseRun,
    CourseState,
    CreditCategory,
    Enrolment,
    Lesson,
    QuestionBank,
    Quiz,
)
from courses.services.editing import follow_lessons, rule_in_force


@transaction.atomic
def keep_content(*, actor: Any, instance: Any) -> Any:
    """Save a piece of course content; the rule follows the lessons of a published course.

    Of an existing piece only what an editor may change is written: seats and withdrawals move by
    their own verbs. Raises Invalid for a change that would reach learners or what they earned.
    """
    if instance._state.adding:
        instance.save()
    else:
        _refuse_under_learners(instance)
        instance.save(update_fields=_editable(type(instance)))
    audit.record(actor, "courses.keep_content", instance)
    if isinstance(instance, Course) and instance.state == CourseState.PUBLISHED:
        rule_in_force(instance)
    if isinstance(instance, CreditCategory):
        for course in instance.courses.all():
            insert_or_update_object(course)
    if isinstance(instance, Lesson):
        follow_lessons(actor=actor, course=instance.course)
    return instance


def _editable(model: type[models.Model]) -> list[str]:
    fields = model._meta.concrete_fields
    return [field.name for field in fields if field.editable and not field.primary_key]


def _refuse_under_learners(instance: Any) -> None:
    """Compare with the row as it is now, locked: the form may have been opened long ago."""
    complaints = _COMPLAINTS.get(type(instance))
    if complaints is None:
        return
    kept = type(instance)._default_manager.select_for_update(of=("self",)).get(pk=instance.pk)
    found = complaints(kept, instance)
    if found:
        raise Invalid(fields=found)


def _about_run(kept: CourseRun, wanted: CourseRun) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kept.course_id != wanted.course_id and Enrolment.objects.filter(run=kept).exists():
        found["course"] = _("已有学员的班次不能换到别的课程；请在那门课程里新建一个班次。")
    if wanted.capacity < kept.taken:
        found["capacity"] = _("已有 %(taken)s 人报名，名额不能更少。") % {"taken": kept.taken}
    return found


def _about_lesson(kept: Lesson, wanted: Lesson) -> dict[str, Any]:
    """Publication locks the course, makes its rule and lets learners in; after it lessons stay."""
    Course.objects.select_for_update(of=("self",)).get(pk=kept.course_id)
    found: dict[str, Any] = {}
    if not CompletionRule.objects.filter(course=kept.course_id).exists():
        return found
    if kept.course_id != wanted.course_id:
        found["course"] = _("发布过的课程，课节不能换到别的课程；请在那门课程里新建一个课节。")
    if kept.kind != wanted.kind:
        found["kind"] = _("发布过的课程，课节不能换种类；请新建一个课节，把这一节下架。")
    learned = Enrolment.objects.filter(run__course=kept.course_id)
    if kept.recording_id != wanted.recording_id and learned.exists():
        found["recording"] = _(
            "已有学员的课节不能换录像；请在原录像里上传新版本，或新建一个课节，把这一节下架。"
        )
    return found


def _about_bank(kept: QuestionBank, wanted: QuestionBank) -> dict[str, Any]:
    if kept.course_id == wanted.course_id or not Quiz.objects.filter(bank=kept).exists():
        return {}
    return {"course": _("测验正在使用这个题库，不能换到别的课程；请在那门课程里新建一个题库。")}


def _about_quiz(kept: Quiz, wanted: Quiz) -> dict[str, Any]:
    if kept.lesson_id == wanted.lesson_id or not Attempt.objects.filter(quiz=kept).exists():
        return {}
    return {"lesson": _("已有人作答的测验不能换到别的课节；请为那个课节新建一个测验。")}


_COMPLAINTS: dict[type[models.Model], Callable[[Any, Any], dict[str, Any]]] = {
    CourseRun: _about_run,
    Lesson: _about_lesson,
    QuestionBank: _about_bank,
    Quiz: _about_quiz,
}
