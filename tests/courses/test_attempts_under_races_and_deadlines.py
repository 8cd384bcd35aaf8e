"""Attempts when everything happens at once: no extra attempt, no lost answer, one mark."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection

from core import clock
from courses import services
from courses.models import (
    Attempt,
    CourseCompletion,
    Enrolment,
    LessonCompletion,
    Question,
    Quiz,
    Response,
)
from courses.rules.quizzes import attempts_left
from courses.services import attempting
from courses.services.answering import AttemptOver
from courses.services.attempting import AttemptsUsedUp
from courses.services.learners import LearningClosed
from tests.courses.build import a_course, a_lesson, a_quiz, a_run, finish, lesson_of, right_answers
from tests.courses.test_a_seat_is_taken_once import in_parallel
from tests.people import a_teacher

START = datetime.fromisoformat("2026-03-02T08:00:00+08:00")


def start_without_care(enrolment, quiz, pause):
    """The control: count the attempts, then insert one more."""
    used = Attempt.objects.filter(enrolment=enrolment, quiz=quiz).count()
    pause.wait()
    if attempts_left(used, quiz.max_attempts) == 0:
        raise AttemptsUsedUp
    return Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        number=used + 1 + threading.get_ident() % 30_000,
        state="expired",
        pass_percent=60,
        started_at=START,
        ended_at=START,
        right=0,
        percent=0,
        passed=False,
        total=3,
    )


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def ground(self, **settings):
        with clock.frozen(START):
            quiz = a_quiz(a_course(), **settings)
            wang = a_teacher("王敏")
            enrolment = services.enrol(actor=wang.user, run=a_run(quiz.lesson.course))
        return wang, enrolment, quiz

    def test_the_last_attempt_is_begun_once_although_the_first_has_just_ended(self):
        wang, enrolment, quiz = self.ground(max_attempts=2)
        with clock.frozen(START):
            first = services.start_attempt(actor=wang.user, lesson=quiz.lesson)

        def end_and_begin():
            services.submit_attempt(actor=wang.user, attempt=first)
            return services.start_attempt(actor=wang.user, lesson=quiz.lesson)

        results = in_parallel([end_and_begin] * 6)
        assert {attempt.number for attempt in results} == {2}
        assert Attempt.objects.filter(enrolment=enrolment, quiz=quiz).count() == 2

    def test_two_windows_that_begin_at_once_go_on_with_one_attempt(self, monkeypatch):
        wang, enrolment, quiz = self.ground()
        begin = attempting._begin
        monkeypatch.setattr(attempting, "_begin", lambda *words: time.sleep(0.2) or begin(*words))
        start = partial(services.start_attempt, actor=wang.user, lesson=quiz.lesson)
        first, second = in_parallel([start, start])
        assert first.pk == second.pk
        [attempt] = Attempt.objects.filter(enrolment=enrolment, quiz=quiz)
        assert (attempt.pk, attempt.number, attempt.state) == (first.pk, 1, "open")
        assert Response.objects.filter(attempt=attempt).count() == 3

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer anyway")
    def test_the_control_without_the_lock_begins_a_second_one_that_is_refused(self, monkeypatch):
        wang, _enrolment, quiz = self.ground()
        begin, gate = attempting._begin, threading.Barrier(2)

        def begin_together(*words):
            gate.wait(30)
            return begin(*words)

        monkeypatch.setattr(attempting, "lock_enrolment", lambda pk: Enrolment.objects.get(pk=pk))
        monkeypatch.setattr(attempting, "_held", lambda quiz: quiz)
        monkeypatch.setattr(attempting, "_begin", begin_together)
        start = partial(services.start_attempt, actor=wang.user, lesson=quiz.lesson)
        results = in_parallel([start, start])
        assert sum(isinstance(result, IntegrityError) for result in results) == 1

    def test_the_control_begins_more_than_are_allowed(self):
        _wang, enrolment, quiz = self.ground(max_attempts=1)
        pause = threading.Barrier(4)
        in_parallel([lambda: start_without_care(enrolment, quiz, pause)] * 4)
        assert Attempt.objects.filter(enrolment=enrolment, quiz=quiz).count() > 1

    def test_handing_in_eight_times_at_once_gives_one_mark_and_one_completion(self):
        wang, _enrolment, quiz = self.ground()
        with clock.frozen(START):
            attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
        key = right_answers(quiz)
        results = in_parallel(
            [lambda: services.hand_in(actor=wang.user, attempt=attempt, answers=key)] * 8
        )
        assert {handed.attempt.percent for handed in results} == {100}
        assert {handed.attempt.ended_at for handed in results} == {START}
        assert LessonCompletion.objects.count() == 1

    def test_answers_and_the_handing_in_at_once_leave_a_mark_of_what_is_kept(self):
        wang, _enrolment, quiz = self.ground()
        with clock.frozen(START):
            attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)

        def save(question, options):
            return services.save_answer(
                actor=wang.user, attempt=attempt, question=question, options=options, sequence=1
            )

        results = in_parallel(
            [lambda q=q, o=o: save(q, o) for q, o in right_answers(quiz).items()]
            + [lambda: services.submit_attempt(actor=wang.user, attempt=attempt)]
        )
        attempt.refresh_from_db()
        saved = sum(not isinstance(result, AttemptOver) for result in results[:3])
        assert attempt.right == saved == Response.objects.filter(sequence=1).count()

    def test_two_windows_saving_at_once_keep_one_and_tell_the_other(self):
        wang, _enrolment, quiz = self.ground()
        with clock.frozen(START):
            attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
        question = Question.objects.get(bank=quiz.bank, kind="single")
        options = [option["id"] for option in question.versions.get().options]

        def save(option):
            return services.save_answer(
                actor=wang.user,
                attempt=attempt,
                question=question.pk,
                options=[option],
                sequence=1,
                seen=0,
            )

        results = in_parallel([lambda option=option: save(option) for option in options])
        assert sorted(saved.kept for saved in results) == [False, True]
        kept = next(saved.chosen for saved in results if saved.kept)
        assert all(saved.chosen == kept for saved in results)


@pytest.fixture
def quiz(course):
    return Quiz.objects.get()


@pytest.fixture
def enrolment(run, wang, quiz):
    return services.enrol(actor=wang.user, run=run)


@pytest.mark.parametrize(
    ("before_end", "counts"),
    [(timedelta(microseconds=1), True), (timedelta(0), False), (timedelta(microseconds=-1), False)],
)
def test_a_form_counts_until_the_last_instant_before_the_deadline(
    wang, quiz, enrolment, before_end, counts
):
    Quiz.objects.update(minutes=10)
    attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    with clock.frozen(attempt.deadline_at - before_end):
        handed = services.hand_in(actor=wang.user, attempt=attempt, answers=right_answers(quiz))
    assert handed.attempt.passed is counts
    assert handed.attempt.state == ("submitted" if counts else "expired")


def test_a_question_that_is_revised_and_revised_again_is_marked_as_it_was_put(
    wang, quiz, enrolment
):
    attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    key = right_answers(quiz)
    for _time in range(2):
        for question in Question.objects.all():
            wrong = [("新甲", False), ("新乙", True)]
            services.revise_question(actor=None, question=question, text="新", options=wrong)
    handed = services.hand_in(actor=wang.user, attempt=attempt, answers=key)
    assert (handed.attempt.percent, handed.attempt.total) == (100, 3)
    again = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    assert {row.version.number for row in again.responses.all()} == {3}
    first = Attempt.objects.get(number=1)
    assert (first.percent, first.passed) == (100, True), "a mark is never taken back"


def test_a_pass_mark_that_is_raised_meanwhile_binds_the_next_attempt_only(wang, quiz, enrolment):
    attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    Quiz.objects.update(pass_percent=100)
    key = right_answers(quiz)
    two = dict(list(key.items())[:2])
    handed = services.hand_in(actor=wang.user, attempt=attempt, answers=two)
    assert (handed.attempt.percent, handed.attempt.passed) == (66, True)


def test_a_lesson_withdrawn_during_an_attempt_still_takes_the_mark(course, wang, quiz, enrolment):
    attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    services.withdraw_lesson(actor=None, lesson=quiz.lesson)
    handed = services.hand_in(actor=wang.user, attempt=attempt, answers=right_answers(quiz))
    assert handed.attempt.passed
    assert LessonCompletion.objects.filter(lesson=quiz.lesson).count() == 1


def test_leaving_and_coming_back_brings_no_attempt_back(run, course, wang, quiz, enrolment):
    Quiz.objects.update(max_attempts=2)
    attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    services.submit_attempt(actor=wang.user, attempt=attempt)
    services.withdraw(actor=wang.user, enrolment=enrolment)
    services.enrol(actor=wang.user, run=run)
    again = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    assert (again.number, again.enrolment.pass_number) == (2, 2)
    services.submit_attempt(actor=wang.user, attempt=again)
    with pytest.raises(AttemptsUsedUp):
        services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    services.withdraw(actor=wang.user, enrolment=again.enrolment)
    services.enrol(actor=wang.user, run=a_run(course, code="XL-01-B"))
    assert services.start_attempt(actor=wang.user, lesson=quiz.lesson).number == 1, "another run"


def test_whoever_completed_begins_nothing_after_the_end_of_learning(course, wang, quiz, enrolment):
    finish(wang.user, enrolment)
    extra = a_lesson(course, "reading", title="选读", required=False)
    attempts = Attempt.objects.count()
    with clock.frozen("2026-07-01T00:00:00+08:00"):
        with pytest.raises(LearningClosed):
            services.start_attempt(actor=wang.user, lesson=quiz.lesson)
        with pytest.raises(LearningClosed):
            services.mark_reading(actor=wang.user, lesson=extra)
    assert Attempt.objects.count() == attempts
    assert not LessonCompletion.objects.filter(lesson=extra).exists()
    assert CourseCompletion.objects.count() == 1


def test_two_quizzes_of_a_course_are_taken_apart(course, wang, quiz, enrolment):
    other = a_quiz(course)
    one = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    two = services.start_attempt(actor=wang.user, lesson=other.lesson)
    services.hand_in(actor=wang.user, attempt=one, answers=right_answers(quiz))
    two.refresh_from_db()
    assert (two.state, lesson_of(course, "quiz").pk) == ("open", quiz.lesson_id)
