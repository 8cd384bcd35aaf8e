"""Completion: once, with everything as it was that day, whatever happens to pages and lessons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from wagtail.models import Locale

from core import clock, jobs
from core.errors import Invalid
from core.models import OutboxEvent
from courses import services
from courses.models import (
    CompletionRule,
    Course,
    CourseCompletion,
    CourseRun,
    CreditCategory,
    Enrolment,
    Lesson,
    LessonCompletion,
    LessonKind,
)
from courses.selectors import (
    completion_facts,
    completions_of_run,
    course_of_page,
    progress_of,
    runs_with_code,
)
from courses.services.editing import NothingToLearn
from tests.courses.build import (
    a_course_page,
    a_lesson,
    a_run,
    finish,
    lesson_of,
    pass_quiz,
    watch_all,
)
from tests.courses.test_a_seat_is_taken_once import in_parallel
from tests.people import a_school, a_teacher


@pytest.fixture
def enrolment(run, wang):
    return services.enrol(actor=wang.user, run=run)


@pytest.fixture
def completion(enrolment, wang):
    finish(wang.user, enrolment)
    return CourseCompletion.objects.get()


@pytest.fixture
def run_jobs():
    """Run every due job; what higher rooms make of a completion is their own tests' matter."""

    def work():
        for job_id, _queue in jobs.due_jobs():
            jobs.run(job_id)

    return work


def published():
    return OutboxEvent.objects.filter(kind="courses.events.CourseCompleted")


def test_completing_every_lesson_completes_the_course_once(completion, enrolment, wang):
    enrolment.refresh_from_db()
    assert enrolment.state == "completed"
    assert published().get().payload == {
        "completion_id": str(completion.pk),
        "enrolment_id": str(enrolment.pk),
        "teacher_id": str(wang.pk),
        "run_id": str(enrolment.run_id),
        "completed_on": "2026-03-02",
    }
    finish(wang.user, enrolment)
    assert (CourseCompletion.objects.count(), published().count()) == (1, 1)
    assert [event.state for event in enrolment.events.all()] == ["enrolled", "completed"]
    assert progress_of(enrolment).percent == 100


def test_the_facts_are_those_of_the_day(completion, wang):
    facts = completion_facts(completion.pk)
    school = a_school()
    assert facts.teacher_id == wang.pk
    assert (facts.teacher_name, facts.unit_name) == ("王敏", "浉河区第一小学")
    assert (facts.unit_id, facts.unit_path) == (school.pk, school.path)
    assert (facts.course_code, facts.course_title) == ("XL-01", "青少年心理健康教育")
    assert (facts.run_code, facts.category_code) == ("XL-01-A", "PSY")
    assert (facts.credit_hours, facts.completed_on) == (Decimal("2.50"), date(2026, 3, 2))
    assert (facts.category_name, facts.rule_version) == ("心理健康教育", 1)


def test_later_changes_of_course_school_and_name_change_no_fact(completion, wang):
    before = completion_facts(completion.pk)
    Course.objects.update(title="改名", credit_hours=99, code="NEW")
    CourseRun.objects.update(code="NEW-RUN")
    CreditCategory.objects.update(name="改类", code="NEWCAT")
    wang.name = "王小敏"
    wang.save()
    unit = a_school()
    unit.name = "改名小学"
    unit.save()
    assert completion_facts(completion.pk) == before
    run = completion.enrolment.run
    assert list(completions_of_run(run)) == [completion]
    assert runs_with_code("NEW-RUN") == runs_with_code("XL-01-A") == [run]


def test_an_old_code_means_its_run_only_until_another_bears_it(completion):
    CourseRun.objects.update(code="NEW-RUN")
    bearer = a_run(completion.enrolment.run.course, code="XL-01-A")
    assert runs_with_code("XL-01-A") == [bearer]
    assert runs_with_code("NONE") == []


def test_the_day_is_the_civil_day_in_shanghai(enrolment, wang):
    with clock.frozen("2026-03-31T23:30:00+08:00"):
        finish(wang.user, enrolment)
    row = CourseCompletion.objects.get()
    assert row.completed_at.isoformat() == "2026-03-31T15:30:00+00:00"
    assert row.completed_on == date(2026, 3, 31)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: CourseCompletion.objects.filter(pk=row.pk).update(credit_hours=99),
        lambda row: CourseCompletion.objects.filter(pk=row.pk).update(completed_on="2020-01-01"),
        lambda row: LessonCompletion.objects.update(completed_on="2020-01-01"),
        lambda row: CompletionRule.objects.update(data={}),
        lambda row: CourseCompletion.objects.filter(pk=row.pk).delete(),
        lambda row: LessonCompletion.objects.all().delete(),
        lambda row: row.enrolment.events.all().delete(),
    ],
)
def test_the_database_refuses_to_change_what_was_earned(completion, change):
    before = completion_facts(completion.pk)
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        change(completion)
    assert completion_facts(completion.pk) == before


@pytest.mark.parametrize(
    "thing",
    [
        lambda row: row.enrolment.run.course,
        lambda row: row.enrolment.run,
        lambda row: row.enrolment,
        lambda row: row.enrolment.teacher,
        lambda row: row.category,
        lambda row: row.unit,
        lambda row: lesson_of(row.enrolment.run.course, LessonKind.RECORDING),
        lambda row: lesson_of(row.enrolment.run.course, LessonKind.RECORDING).recording,
    ],
)
def test_nothing_that_somebody_earned_with_can_be_deleted(completion, thing):
    with pytest.raises(ProtectedError), transaction.atomic():
        thing(completion).delete()


@pytest.fixture
def page(course):
    return a_course_page(course)


@pytest.mark.parametrize(
    "accident",
    [
        lambda page: page.unpublish(),
        lambda page: page.delete(),
        lambda page: page.get_parent().delete(),
        lambda page: page.copy(update_attrs={"slug": "copy"}),
        lambda page: page.copy(update_attrs={"slug": "copy"}, keep_live=False),
        lambda page: page.create_alias(update_slug="alias"),
        lambda page: page.save_revision() and page.revisions.all().delete(),
        lambda page: page.move(page.get_root(), pos="last-child"),
    ],
    ids=["unpublish", "delete", "delete-index", "copy", "copy-draft", "alias", "revisions", "move"],
)
def test_an_accident_to_the_page_changes_nothing_earned(page, completion, accident):
    before = completion_facts(completion.pk)
    progress = progress_of(completion.enrolment)
    accident(page)
    assert completion_facts(completion.pk) == before
    assert progress_of(Enrolment.objects.get()) == progress
    assert Course.objects.get().state == "published"


def test_translations_and_aliases_tell_of_the_same_course_and_copies_of_none(page, course):
    english = Locale.objects.get_or_create(language_code="en")[0]
    translated = page.copy_for_translation(english, copy_parents=True)
    alias = page.create_alias(update_slug="alias")
    copied = page.copy(update_attrs={"slug": "other"})
    page.title = "改了标题"
    page.save_revision().publish()
    alias.refresh_from_db()
    assert (alias.title, alias.course_id) == ("改了标题", None)
    assert course_of_page(translated) == course_of_page(alias) == course
    assert course_of_page(copied) is None
    course.refresh_from_db()
    assert course.page.pk == page.pk


def test_a_lesson_added_later_binds_new_starters_only(course, run, enrolment, wang, li):
    extra = a_lesson(course, LessonKind.READING, title="补充阅读")
    later = services.enrol(actor=li.user, run=run)
    assert (enrolment.rule.version, later.rule.version) == (1, 2)
    for lesson in course.lessons.exclude(pk=extra.pk):
        if lesson.kind == "reading":
            services.mark_reading(actor=wang.user, lesson=lesson)
    watch_all(wang.user, lesson_of(course, "recording"), clock.now())
    pass_quiz(wang.user, lesson_of(course, "quiz"))
    assert CourseCompletion.objects.get().enrolment == enrolment
    assert progress_of(later).explanation.missing()[-1] == extra.pk


def test_a_withdrawn_lesson_completes_whoever_had_the_rest(course, enrolment, wang, run_jobs):
    services.mark_reading(actor=wang.user, lesson=lesson_of(course, "reading"))
    pass_quiz(wang.user, lesson_of(course, "quiz"))
    assert progress_of(enrolment).percent == 66
    services.withdraw_lesson(actor=None, lesson=lesson_of(course, "recording"))
    services.withdraw_lesson(actor=None, lesson=lesson_of(course, "recording"))
    assert not CourseCompletion.objects.exists()
    run_jobs()
    assert CourseCompletion.objects.get().enrolment == enrolment


def test_nobodys_percentage_falls_when_a_half_watched_film_goes(course, enrolment, wang, run_jobs):
    from courses.services import record_watch, start_watch

    film = lesson_of(course, "recording")
    start = start_watch(actor=wang.user, lesson=film)
    with clock.frozen("2026-03-02T08:01:48+08:00"):
        record_watch(
            actor=wang.user, token=start.token, ranges=[(0, 108_000)], position_ms=0, visible=True
        )
    assert progress_of(enrolment).percent == 30
    services.withdraw_lesson(actor=None, lesson=film)
    assert progress_of(enrolment).percent == 30, "before any job has run"
    run_jobs()
    enrolment.refresh_from_db()
    assert progress_of(enrolment).percent == 30
    services.mark_reading(actor=wang.user, lesson=lesson_of(course, "reading"))
    assert progress_of(enrolment).percent == 63, "of three, with what was seen of the film"


def test_nobodys_percentage_falls_when_lesson_after_lesson_goes_before_any_job(
    course, enrolment, wang
):
    services.mark_reading(actor=wang.user, lesson=lesson_of(course, "reading"))
    more = [a_lesson(course, "reading", title=f"补充 {number}") for number in range(2)]
    with clock.frozen("2026-03-02T08:00:00.5+08:00"):
        late = services.enrol(actor=a_teacher("赵晚").user, run=enrolment.run)
    assert (progress_of(enrolment).percent, progress_of(late).percent) == (33, 0)
    for second, lesson in enumerate([lesson_of(course, "recording"), *more], start=1):
        with clock.frozen(f"2026-03-02T08:00:0{second}+08:00"):
            services.withdraw_lesson(actor=None, lesson=lesson)
            assert progress_of(enrolment).percent == 50
            assert progress_of(late).percent == 0


def test_the_last_required_lesson_stays(course, enrolment):
    services.withdraw_lesson(actor=None, lesson=lesson_of(course, "recording"))
    services.withdraw_lesson(actor=None, lesson=lesson_of(course, "reading"))
    with pytest.raises(NothingToLearn):
        services.withdraw_lesson(actor=None, lesson=lesson_of(course, "quiz"))
    assert Lesson.objects.filter(withdrawn_at=None).count() == 1


def test_a_course_without_required_lessons_is_not_published(in_march):
    from tests.courses.build import a_category

    course = services.create_course(
        actor=None, code="E", title="空", category=a_category(), credit_hours=Decimal(1)
    )
    with pytest.raises(NothingToLearn):
        services.publish_course(actor=None, course=course)
    course.refresh_from_db()
    assert course.state == "draft"


def test_an_easier_rule_helps_those_under_way(course, enrolment, wang, run_jobs):
    services.mark_reading(actor=wang.user, lesson=lesson_of(course, "reading"))
    choice = {
        "at_least": 1,
        "of": [{"lesson": str(lesson.pk)} for lesson in course.lessons.all()],
    }
    services.publish_rule(actor=None, course=course, data=choice)
    run_jobs()
    row = CourseCompletion.objects.get()
    assert (row.enrolment, row.rule_version) == (enrolment, 2), "the version that was met"


def test_the_own_version_is_named_where_it_is_met_too(course, enrolment, wang, run_jobs):
    lessons = [{"lesson": str(lesson.pk)} for lesson in course.lessons.all()]
    services.publish_rule(actor=None, course=course, data={"at_least": 3, "of": lessons})
    run_jobs()
    finish(wang.user, enrolment)
    assert CourseCompletion.objects.get().rule_version == 1


def test_of_two_easier_rules_the_one_that_is_met_is_named(course, enrolment, wang, run_jobs):
    film, reading = lesson_of(course, "recording"), lesson_of(course, "reading")
    for lesson in (film, reading):
        services.publish_rule(actor=None, course=course, data={"lesson": str(lesson.pk)})
    run_jobs()
    services.mark_reading(actor=wang.user, lesson=reading)
    assert CourseCompletion.objects.get().rule_version == 3
    assert completion_facts(CourseCompletion.objects.get().pk).rule_version == 3


def test_a_malformed_rule_is_refused(course):
    with pytest.raises(Invalid):
        services.publish_rule(actor=None, course=course, data={"all": []})
    assert CompletionRule.objects.count() == 1


def test_a_teacher_without_a_unit_or_sign_in_completes_too(course, run):
    from schools.models import Employment

    zhao = a_teacher("赵强")
    enrolment = services.enrol(actor=zhao.user, run=run)
    Employment.objects.filter(teacher=zhao).update(ends_on=date(2026, 1, 1))
    finish(zhao.user, enrolment)
    facts = completion_facts(CourseCompletion.objects.get().pk)
    assert (facts.unit_id, facts.unit_name, facts.unit_path) == (None, "", "")


def test_two_runs_of_one_course_are_two_completions(course, run, completion, wang):
    from tests.courses.build import a_run

    second = services.enrol(actor=wang.user, run=a_run(course, code="XL-01-B"))
    assert progress_of(second).percent == 33, "what was watched stays watched"
    finish(wang.user, second)
    assert CourseCompletion.objects.count() == published().count() == 2


@pytest.mark.django_db(transaction=True)
def test_parallel_last_steps_complete_the_course_once():
    from tests.courses.build import a_course, a_run

    with clock.frozen("2026-03-02T08:00:00+08:00"):
        course = a_course()
        wang = a_teacher("王敏")
        services.enrol(actor=wang.user, run=a_run(course))
        watch_all(wang.user, lesson_of(course, "recording"), clock.now())
        reading, quiz = lesson_of(course, "reading"), lesson_of(course, "quiz")
    steps = [lambda: services.mark_reading(actor=wang.user, lesson=reading)] * 4
    steps += [lambda: pass_quiz(wang.user, quiz)] * 2
    results = in_parallel(steps)
    assert not [error for error in results if isinstance(error, DatabaseError)]
    assert CourseCompletion.objects.count() == 1
    assert published().count() == 1
