"""Making courses: content, runs, rules and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core import audit, clock, jobs
from core.errors import DomainError, Invalid
from courses.models import (
    CompletionRule,
    Course,
    CourseRun,
    CourseState,
    CreditCategory,
    Lesson,
    LessonKind,
    Question,
    QuestionBank,
    QuestionKind,
    QuestionVersion,
    Quiz,
    RunState,
)
from courses.rules.completion import RuleMalformed, check_rule, lessons_of, rule_of_lessons

REASSESS_KIND = "courses.reassess"


class NothingToLearn(DomainError):
    """A course needs at least one required lesson."""

    code = "nothing_to_learn"
    message = _("课程至少要有一个必修课节。")


@transaction.atomic
def create_course(
    *,
    actor: Any,
    code: str,
    title: str,
    category: CreditCategory,
    credit_hours: Decimal,
    summary: str = "",
    **traits: str,
) -> Course:
    """Make a draft course; `traits` are stage, subject, mode, level and title_en."""
    course = Course.objects.create(
        code=code,
        title=title,
        category=category,
        credit_hours=credit_hours,
        summary=summary,
        **traits,
    )
    audit.record(actor, "courses.create_course", course)
    return course


@transaction.atomic
def add_lesson(
    *,
    actor: Any,
    course: Course,
    kind: str,
    title: str,
    recording: Any = None,
    text: str = "",
    required: bool = True,
) -> Lesson:
    """Put a lesson at the end of a course; a published course gets a new rule for new starters."""
    last = Lesson.objects.filter(course=course).aggregate(last=Max("position"))["last"] or 0
    lesson = Lesson.objects.create(
        course=course,
        kind=kind,
        title=title,
        recording=recording,
        text=text,
        required=required,
        position=last + 1,
    )
    audit.record(actor, "courses.add_lesson", lesson)
    follow_lessons(actor=actor, course=course)
    return lesson


@transaction.atomic
def withdraw_lesson(*, actor: Any, lesson: Lesson) -> None:
    """Take a lesson out of its course; who completed it keeps it, nobody falls back.

    Raises NothingToLearn for the last required lesson of a published course. Again changes nothing.
    """
    course = Course.objects.select_for_update(of=("self",)).get(pk=lesson.course_id)
    others = Lesson.objects.filter(course=course, required=True, withdrawn_at__isnull=True)
    published = course.state == CourseState.PUBLISHED
    if published and lesson.required and not others.exclude(pk=lesson.pk).exists():
        raise NothingToLearn
    if not Lesson.objects.filter(pk=lesson.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now()
    ):
        return
    audit.record(actor, "courses.withdraw_lesson", lesson)
    follow_lessons(actor=actor, course=course)
    reassess_later(actor=actor, course=course, key=str(lesson.pk))


@transaction.atomic
def publish_course(*, actor: Any, course: Course) -> Course:
    """Offer a course, with the rule that its required lessons make. Raises NothingToLearn."""
    rule_in_force(course)
    course.state = CourseState.PUBLISHED
    course.save(update_fields=["state"])
    audit.record(actor, "courses.publish_course", course)
    return course


@transaction.atomic
def publish_rule(*, actor: Any, course: Course, data: Mapping[str, Any]) -> CompletionRule:
    """Put a new version of the completion rule in force for those who enrol from now on."""
    try:
        check_rule(data)
    except RuleMalformed as error:
        raise Invalid(fields={"data": _("结业规则的格式不正确。")}) from error
    named = set(lessons_of(data))
    if Lesson.objects.filter(course=course, pk__in=named).count() < len(named):
        raise Invalid(fields={"data": _("结业规则里有不属于这门课程的课节。")})
    rule = _next_rule(course, data)
    audit.record(actor, "courses.publish_rule", rule, version=rule.version)
    reassess_later(actor=actor, course=course, key=str(rule.pk))
    return rule


@transaction.atomic
def open_run(
    *,
    actor: Any,
    course: Course,
    code: str,
    name: str,
    capacity: int,
    enrol_opens_on: date,
    learn_opens_on: date,
    enrol_closes_on: date | None = None,
    learn_closes_on: date | None = None,
    name_en: str = "",
) -> CourseRun:
    """Offer a run of a course."""
    run = CourseRun.objects.create(
        course=course,
        code=code,
        name=name,
        name_en=name_en,
        capacity=capacity,
        enrol_opens_on=enrol_opens_on,
        enrol_closes_on=enrol_closes_on,
        learn_opens_on=learn_opens_on,
        learn_closes_on=learn_closes_on,
        state=RunState.PUBLISHED,
    )
    audit.record(actor, "courses.open_run", run)
    return run


@transaction.atomic
def add_question(
    *,
    actor: Any,
    bank: QuestionBank,
    kind: str,
    text: str,
    options: Sequence[tuple[str, bool]],
    explanation: str = "",
) -> QuestionVersion:
    """Put a question into a bank; options are (text, right). Raises Invalid."""
    last = Question.objects.filter(bank=bank).aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(bank=bank, kind=kind, position=last + 1)
    return revise_question(
        actor=actor, question=question, text=text, options=options, explanation=explanation
    )


@transaction.atomic
def revise_question(
    *,
    actor: Any,
    question: Question,
    text: str,
    options: Sequence[tuple[str, bool]],
    explanation: str = "",
) -> QuestionVersion:
    """Give a question a new wording; attempts that have begun keep the old one. Raises Invalid."""
    _check_options(question.kind, options)
    Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    last = question.versions.aggregate(last=Max("number"))["last"] or 0
    version = QuestionVersion.objects.create(
        question=question,
        number=last + 1,
        text=text,
        explanation=explanation,
        options=[
            {"id": str(uuid4()), "text": option, "correct": right} for option, right in options
        ],
    )
    audit.record(actor, "courses.revise_question", question, number=version.number)
    return version


@transaction.atomic
def retire_question(*, actor: Any, question: Question) -> None:
    """Stop putting a question to new attempts; again changes nothing."""
    if Question.objects.filter(pk=question.pk, retired_at__isnull=True).update(
        retired_at=clock.now()
    ):
        audit.record(actor, "courses.retire_question", question)


@transaction.atomic
def add_quiz(
    *,
    actor: Any,
    course: Course,
    title: str,
    bank: QuestionBank,
    required: bool = True,
    **settings: Any,
) -> Quiz:
    """Put a quiz lesson at the end of a course.

    `settings` are pass_percent, max_attempts, minutes, shuffle and pick.
    """
    lesson = add_lesson(
        actor=actor, course=course, kind=LessonKind.QUIZ, title=title, required=required
    )
    return Quiz.objects.create(lesson=lesson, bank=bank, **settings)


@transaction.atomic
def offer_transcript_path(
    *, actor: Any, lesson: Lesson, bank: QuestionBank, **settings: Any
) -> Quiz:
    """Ask check questions on the transcript of a recording lesson: passing them completes it like
    watching. `settings` as in `add_quiz`. Raises Invalid for other lessons and foreign banks.
    """
    if lesson.kind != LessonKind.RECORDING:
        raise Invalid(fields={"lesson": _("只有录像课节有文字稿路径。")})
    if bank.course_id != lesson.course_id:
        raise Invalid(fields={"bank": _("题库要和课节属于同一门课程。")})
    quiz = Quiz.objects.create(lesson=lesson, bank=bank, **settings)
    audit.record(actor, "courses.offer_transcript_path", quiz, lesson=str(lesson.pk))
    return quiz


def rule_in_force(course: Course) -> CompletionRule:
    """The newest rule; the first one is made of the required lessons. Raises NothingToLearn."""
    newest = _newest_rule(course)
    if newest is not None:
        return newest
    Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    return _newest_rule(course) or _next_rule(course, _rule_of_required(course))


def has_required_lesson(course: Course) -> bool:
    """Whether the course has a required lesson that is not withdrawn."""
    return Lesson.objects.filter(
        course=course.pk, required=True, withdrawn_at__isnull=True
    ).exists()


def reassess_later(*, actor: Any, course: Course, key: str) -> None:
    """Judge the course's learners anew in a job, after a rule or a withdrawn lesson."""
    jobs.enqueue(
        REASSESS_KIND,
        actor=actor,
        key=f"{REASSESS_KIND}:{key}",
        payload={"course": str(course.pk)},
    )


def follow_lessons(*, actor: Any, course: Course) -> None:
    """Let the rule follow the required lessons where it was made of them; new starters only."""
    newest = _newest_rule(course)
    if newest is None or not _is_of_lessons(newest.data):
        return
    data = _rule_of_required(course)
    if set(lessons_of(data)) != set(lessons_of(newest.data)):
        publish_rule(actor=actor, course=course, data=data)


def _newest_rule(course: Course) -> CompletionRule | None:
    return CompletionRule.objects.filter(course=course).order_by("-version").first()


def _rule_of_required(course: Course) -> dict[str, Any]:
    required = Lesson.objects.filter(course=course, required=True, withdrawn_at__isnull=True)
    lessons = list(required.values_list("pk", flat=True))
    if not lessons:
        raise NothingToLearn
    return rule_of_lessons(lessons)


def _is_of_lessons(data: Mapping[str, Any]) -> bool:
    return set(data) == {"all"} and all(set(part) == {"lesson"} for part in data["all"])


def _next_rule(course: Course, data: Mapping[str, Any]) -> CompletionRule:
    Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    last = CompletionRule.objects.filter(course=course).aggregate(last=Max("version"))["last"] or 0
    return CompletionRule.objects.create(
        course=course, version=last + 1, data=data, in_force_at=clock.now()
    )


def _check_options(kind: str, options: Sequence[tuple[str, bool]]) -> None:
    complaint = complaint_about_options(kind, options)
    if complaint:
        raise Invalid(fields={"options": complaint})


def complaint_about_options(kind: str, options: Sequence[tuple[str, bool]]) -> Any:
    """What is wrong with the options of a question of this kind, in words; nothing if nothing."""
    right = sum(correct for _text, correct in options)
    texts = [text.strip() for text, _correct in options]
    if len(texts) < 2 or not all(texts) or len(set(texts)) < len(texts):
        return _("至少要有两个互不相同的选项。")
    if kind == QuestionKind.TRUE_FALSE and len(texts) != 2:
        return _("判断题只能有两个选项。")
    if right < 1 or (kind != QuestionKind.MULTIPLE and right > 1):
        return _("请标出正确答案：单选和判断题一个，多选题至少一个。")
    return None
