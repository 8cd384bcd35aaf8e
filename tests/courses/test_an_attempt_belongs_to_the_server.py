"""Quizzes: the server keeps the clock, the order, the answers and the mark."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from core import clock
from core.errors import Invalid, Missing
from core.models import Job
from courses import services
from courses.models import Attempt, LessonCompletion, LessonKind, Question, Quiz, Response
from courses.services.answering import AttemptOver
from courses.services.attempting import AttemptsUsedUp, QuizNotReady
from courses.services.reading import WrongKind
from tests.courses.build import a_lesson, a_quiz, a_run, lesson_of, right_answers
from tests.courses.test_a_seat_is_taken_once import in_parallel

START = datetime.fromisoformat("2026-03-02T08:00:00+08:00")


@pytest.fixture
def quiz(course):
    return Quiz.objects.get()


@pytest.fixture
def enrolment(run, wang, quiz):
    return services.enrol(actor=wang.user, run=run)


def limit(quiz, **values):
    Quiz.objects.filter(pk=quiz.pk).update(**values)


def begin(user, quiz):
    return services.start_attempt(actor=user, lesson=quiz.lesson)


def answer(user, attempt, question, options, sequence=1):
    return services.save_answer(
        actor=user, attempt=attempt, question=question, options=options, sequence=sequence
    )


def answer_all(user, attempt, quiz):
    for question, options in right_answers(quiz).items():
        answer(user, attempt, question, options)


def test_all_right_passes_and_completes_the_lesson(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    answer_all(wang.user, attempt, quiz)
    marked = services.submit_attempt(actor=wang.user, attempt=attempt)
    assert (marked.percent, marked.passed, marked.right, marked.total) == (100, True, 3, 3)
    assert LessonCompletion.objects.get().evidence == "quiz"


def test_one_of_three_fails_and_completes_nothing(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    question, options = next(iter(right_answers(quiz).items()))
    answer(wang.user, attempt, question, options)
    marked = services.submit_attempt(actor=wang.user, attempt=attempt)
    assert (marked.percent, marked.passed) == (33, False)
    assert not LessonCompletion.objects.exists()


def test_starting_again_goes_on_with_the_same_attempt_in_the_same_order(wang, quiz, enrolment):
    first = begin(wang.user, quiz)
    order = list(Response.objects.filter(attempt=first).values_list("version", "order"))
    assert begin(wang.user, quiz).pk == first.pk
    assert list(Response.objects.filter(attempt=first).values_list("version", "order")) == order


def test_submitting_twice_gives_the_first_mark(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    first = services.submit_attempt(actor=wang.user, attempt=attempt)
    with pytest.raises(AttemptOver):
        answer_all(wang.user, attempt, quiz)
    again = services.submit_attempt(actor=wang.user, attempt=attempt)
    assert (again.percent, again.ended_at) == (first.percent, first.ended_at)


def test_answers_that_arrive_out_of_order_keep_the_newest(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    question = Question.objects.get(kind="single")
    right, wrong = [option["id"] for option in question.versions.get().options]
    answer(wang.user, attempt, question.pk, [right], sequence=5)
    late = answer(wang.user, attempt, question.pk, [wrong], sequence=4)
    assert (late.chosen, late.sequence) == ([right], 5)
    assert answer(wang.user, attempt, question.pk, [], sequence=6).chosen == []


def test_two_windows_do_not_overwrite_each_other_unseen(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    question = Question.objects.get(kind="single")
    right, wrong = [option["id"] for option in question.versions.get().options]

    def save(options, sequence, seen):
        return services.save_answer(
            actor=wang.user,
            attempt=attempt,
            question=question.pk,
            options=options,
            sequence=sequence,
            seen=seen,
        )

    first = save([right], 1, 0)
    assert (first.chosen, first.sequence, first.kept) == ([right], 1, True)
    stale = save([wrong], 7, 0)
    assert (stale.chosen, stale.sequence, stale.kept) == ([right], 1, False)
    repeated = save([right], 1, 0)
    assert (repeated.sequence, repeated.kept) == (1, True), "its own answer, sent again"
    now_seen = save([wrong], 2, 1)
    assert (now_seen.chosen, now_seen.kept) == ([wrong], True)
    same_number = answer(wang.user, attempt, question.pk, [right], sequence=2)
    assert (same_number.chosen, same_number.kept) == ([wrong], False)
    assert Response.objects.get(version__question=question).chosen == [wrong]


def test_a_form_of_an_older_window_hands_nothing_in_over_newer_answers(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    key = right_answers(quiz)
    position = {
        row.version.question_id: row.position
        for row in Response.objects.filter(attempt=attempt).select_related("version")
    }
    single = Question.objects.get(kind="single")
    wrong = next(o["id"] for o in single.versions.get().options if not o["correct"])
    opened = dict.fromkeys(key, 0)
    answer(wang.user, attempt, single.pk, key[single.pk], sequence=1)
    form = key | {single.pk: [wrong]}
    handed = services.hand_in(actor=wang.user, attempt=attempt, answers=form, seen=opened)
    assert (handed.attempt.state, handed.newer) == ("open", [position[single.pk]])
    kept = {r.version.question_id: r.chosen for r in Response.objects.select_related("version")}
    assert {question: set(options) for question, options in kept.items()} == {
        question: set(options) for question, options in key.items()
    }, "the newer answer stands, and the others are taken"
    again = dict.fromkeys(key, 1)
    handed = services.hand_in(actor=wang.user, attempt=attempt, answers=key, seen=again)
    assert (handed.attempt.state, handed.newer, handed.attempt.percent) == ("submitted", [], 100)


def test_a_form_that_says_the_same_is_no_older_answer(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    answer_all(wang.user, attempt, quiz)
    opened = dict.fromkeys(right_answers(quiz), 0)
    saved = services.save_answers(
        actor=wang.user, attempt=attempt, answers=right_answers(quiz), seen=opened
    )
    assert saved == []
    assert set(Response.objects.values_list("sequence", flat=True)) == {1}


def test_an_older_window_is_handed_in_at_the_deadline_with_what_was_saved(wang, quiz, enrolment):
    limit(quiz, minutes=10)
    attempt = begin(wang.user, quiz)
    answer_all(wang.user, attempt, quiz)
    empty = {question: [] for question in right_answers(quiz)}
    with clock.frozen(START + timedelta(minutes=10)):
        handed = services.hand_in(
            actor=wang.user, attempt=attempt, answers=empty, seen=dict.fromkeys(empty, 0)
        )
    assert (handed.attempt.state, handed.attempt.percent) == ("expired", 100)


def test_options_of_another_question_are_refused(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    single, multiple = Question.objects.get(kind="single"), Question.objects.get(kind="multiple")
    both = [option["id"] for option in single.versions.get().options]
    for question, options in [(single, [str(uuid4())]), (multiple, both), (single, both)]:
        with pytest.raises(Invalid):
            answer(wang.user, attempt, question.pk, options)
    assert not Response.objects.exclude(sequence=0).exists()
    with pytest.raises(Missing):
        answer(wang.user, attempt, uuid4(), [])


@pytest.mark.parametrize(("seconds", "taken"), [(599, True), (600, False), (3600, False)])
def test_the_servers_deadline_decides(wang, quiz, enrolment, seconds, taken):
    limit(quiz, minutes=10)
    attempt = begin(wang.user, quiz)
    assert attempt.deadline_at == START + timedelta(minutes=10)
    with clock.frozen(START + timedelta(seconds=seconds)):
        if taken:
            answer_all(wang.user, attempt, quiz)
        else:
            with pytest.raises(AttemptOver):
                answer_all(wang.user, attempt, quiz)
        marked = services.submit_attempt(actor=wang.user, attempt=attempt)
    assert (marked.state, marked.passed) == ("submitted" if taken else "expired", taken)


def test_answers_saved_in_time_count_although_nobody_submitted(wang, quiz, enrolment, deliver):
    limit(quiz, minutes=10)
    attempt = begin(wang.user, quiz)
    answer_all(wang.user, attempt, quiz)
    with clock.frozen(START + timedelta(minutes=11)):
        deliver()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.percent) == ("expired", 100)
    assert LessonCompletion.objects.filter(lesson=quiz.lesson).count() == 1
    assert Job.objects.get(kind="courses.close_attempt").state == "done"


def test_the_job_that_comes_too_early_or_twice_changes_nothing(wang, quiz, enrolment):
    limit(quiz, minutes=10)
    attempt = begin(wang.user, quiz)
    services.close_attempt(attempt_id=attempt.pk)
    services.close_attempt(attempt_id=uuid4())
    attempt.refresh_from_db()
    assert attempt.state == "open"
    services.submit_attempt(actor=wang.user, attempt=attempt)
    with clock.frozen(START + timedelta(minutes=11)):
        services.close_attempt(attempt_id=attempt.pk)
    attempt.refresh_from_db()
    assert attempt.state == "submitted"


def test_after_the_deadline_a_new_start_is_a_new_attempt(wang, quiz, enrolment):
    limit(quiz, minutes=10)
    first = begin(wang.user, quiz)
    with clock.frozen(START + timedelta(minutes=10)):
        second = begin(wang.user, quiz)
    first.refresh_from_db()
    assert (first.state, second.number) == ("expired", 2)


@pytest.mark.parametrize(
    ("instant", "passed"),
    [("2026-06-30T23:59:59.999+08:00", True), ("2026-07-01T00:00:00+08:00", False)],
)
def test_learning_ends_at_midnight_in_shanghai_for_attempts_too(
    wang, quiz, enrolment, instant, passed
):
    with clock.frozen("2026-06-30T23:50:00+08:00"):
        attempt = begin(wang.user, quiz)
    assert attempt.deadline_at == datetime.fromisoformat("2026-07-01T00:00:00+08:00")
    with clock.frozen(instant):
        services.hand_in(actor=wang.user, attempt=attempt, answers=right_answers(quiz))
    attempt.refresh_from_db()
    assert attempt.passed is passed


def test_attempts_are_counted(wang, quiz, enrolment):
    limit(quiz, max_attempts=2)
    for number in (1, 2):
        attempt = begin(wang.user, quiz)
        assert attempt.number == number
        services.submit_attempt(actor=wang.user, attempt=attempt)
    with pytest.raises(AttemptsUsedUp):
        begin(wang.user, quiz)
    assert Attempt.objects.count() == 2


def test_a_question_revised_meanwhile_keeps_its_old_wording_here(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    answer_all(wang.user, attempt, quiz)
    question = Question.objects.get(kind="single")
    services.revise_question(
        actor=None, question=question, text="新题干", options=[("甲", False), ("乙", True)]
    )
    services.retire_question(actor=None, question=Question.objects.get(kind="multiple"))
    marked = services.submit_attempt(actor=wang.user, attempt=attempt)
    assert (marked.percent, marked.total) == (100, 3)
    texts = {row.version.text for row in Response.objects.filter(attempt=begin(wang.user, quiz))}
    assert "新题干" in texts
    assert len(texts) == 2


def test_picking_two_of_three_puts_two(wang, quiz, enrolment):
    limit(quiz, pick=2, shuffle=False)
    attempt = begin(wang.user, quiz)
    assert attempt.total == 2
    assert [row.position for row in attempt.responses.all()] == [1, 2]


def test_nobody_answers_for_another(run, wang, li, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    services.enrol(actor=li.user, run=run)
    with pytest.raises(Missing):
        answer_all(li.user, attempt, quiz)
    with pytest.raises(Missing):
        services.submit_attempt(actor=li.user, attempt=attempt)


def test_whoever_left_hands_nothing_in(wang, quiz, enrolment):
    attempt = begin(wang.user, quiz)
    services.withdraw(actor=wang.user, enrolment=enrolment)
    with pytest.raises(Missing):
        services.submit_attempt(actor=wang.user, attempt=attempt)


def test_readings_and_empty_quizzes_start_no_attempt(course, wang, quiz, enrolment):
    with pytest.raises(WrongKind):
        services.start_attempt(actor=wang.user, lesson=lesson_of(course, LessonKind.READING))
    bare = a_lesson(course, LessonKind.QUIZ, title="还没有题")
    with pytest.raises(QuizNotReady):
        services.start_attempt(actor=wang.user, lesson=bare)
    for question in Question.objects.all():
        services.retire_question(actor=None, question=question)
    with pytest.raises(QuizNotReady):
        begin(wang.user, quiz)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("single", [("甲", True)]),
        ("single", [("甲", True), ("甲", False)]),
        ("single", [("甲", True), (" ", False)]),
        ("single", [("甲", True), ("乙", True)]),
        ("single", [("甲", False), ("乙", False)]),
        ("multiple", [("甲", False), ("乙", False)]),
        ("true_false", [("甲", True), ("乙", False), ("丙", False)]),
    ],
)
def test_questions_that_cannot_be_marked_are_refused(course, quiz, kind, options):
    with pytest.raises(Invalid):
        services.add_question(actor=None, bank=quiz.bank, kind=kind, text="？", options=options)


@pytest.mark.django_db(transaction=True)
def test_parallel_starts_make_one_attempt():
    from tests.courses.build import a_course
    from tests.people import a_teacher

    with clock.frozen(START):
        course = a_course()
        wang = a_teacher("王敏")
        services.enrol(actor=wang.user, run=a_run(course))
        lesson = a_quiz(course, max_attempts=1).lesson
    results = in_parallel(
        [lambda: services.start_attempt(actor=wang.user, lesson=lesson) for _number in range(6)]
    )
    assert len({attempt.pk for attempt in results}) == 1
    assert Attempt.objects.count() == 1
