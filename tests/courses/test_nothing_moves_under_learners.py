"""What editors change under /cms/ reaches nobody who learns, and no seat is counted by a form."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import Permission

from core import clock
from core.errors import Invalid
from courses import services
from courses.models import (
    Attempt,
    CompletionRule,
    CourseRun,
    Enrolment,
    Lesson,
    QuestionBank,
    Quiz,
)
from courses.selectors import progress_of
from courses.services import attempting
from courses.services.completing import lock_enrolment
from courses.services.enrolling import RunFull
from tests.courses.build import (
    a_course,
    a_lesson,
    a_recording,
    a_run,
    finish,
    lesson_of,
    pass_quiz,
)
from tests.courses.test_a_seat_is_taken_once import in_parallel
from tests.people import a_bureau, a_teacher


@pytest.fixture
def editor(client, in_march):
    person = a_teacher("孙丽", posts=[("editor", a_bureau())])
    person.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person.user)
    return person


@pytest.fixture
def other(course):
    return a_course("家校沟通", code="JX-01")


def run_form(run, **changes):
    facts = {
        "course": str(run.course_id),
        "code": run.code,
        "name": run.name,
        "enrol_opens_on": "2026-03-01",
        "learn_opens_on": "2026-03-01",
        "capacity": str(run.capacity),
        "state": "published",
    }
    return facts | {name: str(value) for name, value in changes.items()}


def lesson_form(lesson, **changes):
    facts = {
        "course": str(lesson.course_id),
        "kind": lesson.kind,
        "title": lesson.title,
        "position": str(lesson.position),
        "required": "on",
        "recording": str(lesson.recording_id or ""),
        "text": "null",
    }
    return facts | {name: str(value) for name, value in changes.items()}


def test_a_run_with_learners_stays_with_its_course(client, editor, run, wang, other):
    services.enrol(actor=wang.user, run=run)
    place = f"/cms/course-runs/edit/{run.pk}/"
    answer = client.post(place, run_form(run, course=other.pk, name="新名称"))
    assert "已有学员的班次不能换到别的课程" in answer.content.decode()
    before = run.course_id
    run.refresh_from_db()
    assert (run.course_id, run.name) == (before, "2026 年春季班")
    client.post(place, run_form(run, name="新名称"))
    run.refresh_from_db()
    assert (run.name, run.taken) == ("新名称", 1)


def test_a_run_that_nobody_joined_may_move(client, editor, run, other):
    client.post(f"/cms/course-runs/edit/{run.pk}/", run_form(run, course=other.pk))
    run.refresh_from_db()
    assert run.course_id == other.pk


def test_a_lesson_of_a_published_course_stays_where_and_what_it_is(client, editor, course, other):
    film, reading = lesson_of(course, "recording"), lesson_of(course, "reading")
    place = "/cms/course-lessons/edit/%s/"
    moved = client.post(place % film.pk, lesson_form(film, course=other.pk))
    assert "发布过的课程，课节不能换到别的课程" in moved.content.decode()
    changed = client.post(place % reading.pk, lesson_form(reading, kind="quiz"))
    assert "发布过的课程，课节不能换种类" in changed.content.decode()
    film.refresh_from_db()
    reading.refresh_from_db()
    assert (film.course_id, reading.kind) == (course.pk, "reading")
    assert CompletionRule.objects.filter(course=course).count() == 1


def test_a_lesson_of_a_draft_may_move(client, editor, other):
    draft = a_course("草稿课", code="CG-01", publish=False)
    reading = lesson_of(draft, "reading")
    client.post(f"/cms/course-lessons/edit/{reading.pk}/", lesson_form(reading, course=other.pk))
    reading.refresh_from_db()
    assert reading.course_id == other.pk
    assert CompletionRule.objects.filter(course=other).count() == 2, "new starters learn it too"


def test_another_film_is_not_slipped_under_learners(client, editor, course, run, wang):
    film, another = lesson_of(course, "recording"), a_recording("另一节")
    place, form = f"/cms/course-lessons/edit/{film.pk}/", lesson_form(film, recording=another.pk)
    services.enrol(actor=wang.user, run=run)
    assert "已有学员的课节不能换录像" in client.post(place, form).content.decode()
    film.refresh_from_db()
    assert film.recording_id != another.pk


def test_the_last_required_lesson_is_not_withdrawn_and_the_form_says_so(client, editor, other):
    for lesson in Lesson.objects.filter(course=other)[1:]:
        services.withdraw_lesson(actor=None, lesson=lesson)
    last = Lesson.objects.get(course=other, withdrawn_at=None)
    form = lesson_form(last, title="改名", withdraw="on", withdraw_sure="on")
    answer = client.post(f"/cms/course-lessons/edit/{last.pk}/", form)
    assert "课程至少要有一个必修课节。" in answer.content.decode()
    last.refresh_from_db()
    assert (last.withdrawn_at, last.title) == (None, "录像"), "refused as a whole"


def test_banks_and_quizzes_in_use_stay_with_their_course(client, editor, course, run, wang, other):
    bank, quiz = QuestionBank.objects.get(course=course), Quiz.objects.get(lesson__course=course)
    services.enrol(actor=wang.user, run=run)
    pass_quiz(wang.user, quiz.lesson)
    kept = client.post(
        f"/cms/course-banks/edit/{bank.pk}/", {"course": str(other.pk), "name": "题库"}
    )
    assert "测验正在使用这个题库" in kept.content.decode()
    spare = a_lesson(course, "quiz", title="另一个测验")
    form = {"lesson": str(spare.pk), "bank": str(bank.pk), "pass_percent": "60"}
    kept = client.post(f"/cms/course-quizzes/edit/{quiz.pk}/", form)
    assert "已有人作答的测验不能换到别的课节" in kept.content.decode()
    foreign = {"lesson": str(spare.pk), "bank": str(QuestionBank.objects.get(course=other).pk)}
    refused = client.post("/cms/course-quizzes/new/", foreign | {"pass_percent": "60"})
    assert "题库要和课节属于同一门课程。" in refused.content.decode()
    bank.refresh_from_db()
    quiz.refresh_from_db()
    assert (bank.course_id, quiz.lesson.course_id) == (course.pk, course.pk)
    assert not Quiz.objects.filter(lesson=spare).exists()


def test_a_quiz_moved_while_somebody_starts_it_is_not_begun_on_the_wrong_lesson(
    course, run, wang, monkeypatch
):
    services.enrol(actor=wang.user, run=run)
    quiz = Quiz.objects.get(lesson__course=course)
    spare = a_lesson(course, "quiz", title="另一个测验")

    def lock_after_the_editor(enrolment_id):
        moved = Quiz.objects.get(pk=quiz.pk)
        moved.lesson = spare
        services.keep_content(actor=None, instance=moved)
        return lock_enrolment(enrolment_id)

    monkeypatch.setattr(attempting, "lock_enrolment", lock_after_the_editor)
    with pytest.raises(attempting.QuizNotReady):
        services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    assert not Attempt.objects.exists()


def test_a_form_opened_before_somebody_joined_does_not_write_the_seats_back(run, wang, li):
    opened = CourseRun.objects.get(pk=run.pk)
    services.enrol(actor=wang.user, run=run)
    opened.name = "改了名称"
    services.keep_content(actor=None, instance=opened)
    run.refresh_from_db()
    assert (run.name, run.taken) == ("改了名称", 1)
    opened = CourseRun.objects.get(pk=run.pk)
    services.enrol(actor=li.user, run=run)
    opened.capacity = 1
    with pytest.raises(Invalid) as refused:
        services.keep_content(actor=None, instance=opened)
    assert str(refused.value.fields["capacity"]) == "已有 2 人报名，名额不能更少。"
    run.refresh_from_db()
    assert (run.capacity, run.taken) == (30, 2)


def test_a_lesson_form_opened_before_a_withdrawal_does_not_bring_the_lesson_back(course):
    opened = lesson_of(course, "reading")
    services.withdraw_lesson(actor=None, lesson=Lesson.objects.get(pk=opened.pk))
    opened.title = "改了标题"
    services.keep_content(actor=None, instance=opened)
    opened.refresh_from_db()
    assert (opened.title, opened.withdrawn_at is None) == ("改了标题", False)


def test_capacity_lowered_to_the_seats_taken_lets_nobody_more_in(run, wang, li):
    services.enrol(actor=wang.user, run=run)
    lowered = CourseRun.objects.get(pk=run.pk)
    lowered.capacity = 1
    services.keep_content(actor=None, instance=lowered)
    with pytest.raises(RunFull):
        services.enrol(actor=li.user, run=run)
    assert Enrolment.objects.get().state == "enrolled"


def test_whoever_enrols_with_an_old_page_gets_the_rule_of_the_runs_course_now(run, wang, other):
    moved = CourseRun.objects.get(pk=run.pk)
    moved.course = other
    services.keep_content(actor=None, instance=moved)
    enrolment = services.enrol(actor=wang.user, run=run)
    assert enrolment.rule.course_id == other.pk


def test_a_rule_names_only_lessons_of_its_course(course, other):
    foreign = {"lesson": str(lesson_of(other, "reading").pk)}
    with pytest.raises(Invalid):
        services.publish_rule(actor=None, course=course, data={"all": [foreign]})
    assert CompletionRule.objects.filter(course=course).count() == 1


def test_nobody_is_stuck_on_a_lesson_that_is_no_longer_in_the_course(course, run, wang, other):
    enrolment = services.enrol(actor=wang.user, run=run)
    Lesson.objects.filter(pk=lesson_of(course, "recording").pk).update(course=other)
    assert progress_of(enrolment).percent == 0
    finish(wang.user, enrolment)
    enrolment.refresh_from_db()
    assert (enrolment.state, progress_of(enrolment).percent) == ("completed", 100)


def keep_carelessly(run_id, pause, name):
    """The control: read the row, wait, write the whole row back."""
    run = CourseRun.objects.get(pk=run_id)
    pause.wait()
    pause.wait()
    run.name = name
    run.save()


@pytest.mark.django_db(transaction=True)
class TestRaceOfAFormAndASeat:
    def ground(self):
        with clock.frozen("2026-03-02T08:00:00+08:00"):
            run = a_run(a_course(), capacity=5)
            return run, [a_teacher(f"张{number}", number=f"S{number}") for number in range(6)]

    def test_seats_taken_while_editors_save_are_all_counted(self):
        run, teachers = self.ground()

        def rename(name):
            opened = CourseRun.objects.get(pk=run.pk)
            opened.name = name
            return services.keep_content(actor=None, instance=opened)

        in_parallel(
            [lambda t=teacher: services.enrol(actor=t.user, run=run) for teacher in teachers]
            + [lambda n=number: rename(f"第{n}版") for number in range(4)]
        )
        run.refresh_from_db()
        assert run.taken == Enrolment.objects.filter(run=run).count() == 5

    def test_the_control_loses_a_seat(self):
        run, teachers = self.ground()
        pause = threading.Barrier(2)

        def enrol():
            pause.wait()
            services.enrol(actor=teachers[0].user, run=run)
            pause.wait()

        in_parallel([lambda: keep_carelessly(run.pk, pause, "改名"), enrol])
        run.refresh_from_db()
        assert (run.taken, Enrolment.objects.filter(run=run).count()) == (0, 1)
