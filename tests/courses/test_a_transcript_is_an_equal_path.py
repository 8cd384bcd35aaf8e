"""Reading the transcript and answering its check questions earns what watching earns."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from django.contrib.auth.models import Permission

from core import clock
from core.errors import Invalid, Missing
from core.models import AuditEvent
from courses import services
from courses.models import (
    Attempt,
    CourseCompletion,
    Lesson,
    LessonCompletion,
    LessonKind,
    Question,
    QuestionBank,
    Quiz,
    WatchRow,
)
from courses.selectors import progress_of
from courses.selectors.transcripts import transcript_path
from courses.services.attempting import AttemptsUsedUp
from courses.services.completing import digest
from courses.services.learners import LearningClosed
from courses.services.reading import WrongKind
from media.models import Transcript
from tests.courses.build import (
    a_bank,
    a_course,
    a_run,
    lesson_of,
    offer_transcript,
    pass_quiz,
    right_answers,
    watch_all,
)
from tests.people import a_bureau, a_teacher


@pytest.fixture
def film(course):
    return lesson_of(course, LessonKind.RECORDING)


@pytest.fixture
def check(film):
    return offer_transcript(film, pass_percent=60)


@pytest.fixture
def enrolment(run, wang):
    return services.enrol(actor=wang.user, run=run)


@pytest.fixture
def wangs(client, wang):
    client.force_login(wang.user)
    return client


def text(response):
    return response.content.decode()


def film_again(film):
    return Lesson.objects.get(pk=film.pk)


def test_passing_the_check_questions_completes_the_film(wang, film, check, enrolment):
    marked = pass_quiz(wang.user, film_again(film))
    assert (marked.percent, marked.passed) == (100, True)
    completion = LessonCompletion.objects.get()
    assert (completion.lesson_id, completion.evidence) == (film.pk, "transcript")
    assert progress_of(enrolment).of(film).percent == 100
    assert progress_of(enrolment).of(film).evidence == "transcript"
    assert not WatchRow.objects.exists(), "no second was watched and none is pretended"


def test_it_earns_the_same_course_completion_and_hours(wang, course, film, check, enrolment):
    pass_quiz(wang.user, film_again(film))
    services.mark_reading(actor=wang.user, lesson=lesson_of(course, "reading"))
    pass_quiz(wang.user, lesson_of(course, "quiz"))
    row = CourseCompletion.objects.get()
    assert (str(row.credit_hours), row.rule_version) == ("2.50", 1)


def test_the_transcript_that_was_read_is_in_the_trace_and_in_the_evidence(
    wang, film, check, enrolment
):
    read = sha256("情绪没有对错。".encode()).hexdigest()
    attempt = pass_quiz(wang.user, film_again(film))
    begun = AuditEvent.objects.get(verb="courses.start_attempt")
    assert (begun.thing_id, begun.detail["transcript"]) == (str(attempt.pk), read)
    answers = {str(row.version_id): row.chosen for row in attempt.responses.all()}
    facts = {"attempt": str(attempt.pk), "answers": answers, "transcript": read}
    assert LessonCompletion.objects.get().evidence_digest == digest(facts)


def test_a_transcript_changed_during_the_attempt_is_not_the_one_that_was_read(
    wang, film, check, enrolment
):
    attempt = services.start_attempt(actor=wang.user, lesson=film_again(film))
    Transcript.objects.update(text="改过的文字稿。")
    for question, options in right_answers(check).items():
        services.save_answer(
            actor=wang.user, attempt=attempt, question=question, options=options, sequence=1
        )
    services.submit_attempt(actor=wang.user, attempt=attempt)
    answers = {str(row.version_id): row.chosen for row in attempt.responses.all()}
    read = sha256("情绪没有对错。".encode()).hexdigest()
    facts = {"attempt": str(attempt.pk), "answers": answers, "transcript": read}
    assert LessonCompletion.objects.get().evidence_digest == digest(facts)


def test_too_few_right_answers_complete_nothing_and_watching_still_does(
    wang, film, check, enrolment
):
    attempt = services.start_attempt(actor=wang.user, lesson=film_again(film))
    marked = services.submit_attempt(actor=wang.user, attempt=attempt)
    assert (marked.percent, marked.passed) == (0, False)
    assert not LessonCompletion.objects.exists()
    watch_all(wang.user, film, clock.now())
    assert LessonCompletion.objects.get().evidence == "watched"


def test_the_first_evidence_stays(wang, film, check, enrolment):
    watch_all(wang.user, film, clock.now())
    first = LessonCompletion.objects.get()
    assert pass_quiz(wang.user, film_again(film)).passed
    kept = LessonCompletion.objects.get()
    assert (kept.evidence, kept.completed_at) == ("watched", first.completed_at)


def test_half_a_film_and_a_passed_check_never_fall_back(wang, film, check, enrolment):
    pass_quiz(wang.user, film_again(film))
    start = services.start_watch(actor=wang.user, lesson=film)
    with clock.frozen("2026-03-02T08:00:15+08:00"):
        services.record_watch(
            actor=wang.user, token=start.token, ranges=[(0, 15_000)], position_ms=0, visible=True
        )
    assert progress_of(enrolment).of(film).percent == 100
    assert LessonCompletion.objects.get().evidence == "transcript"


def test_attempts_are_limited_as_in_any_quiz(wang, film, check, enrolment):
    Quiz.objects.filter(pk=check.pk).update(max_attempts=1)
    attempt = services.start_attempt(actor=wang.user, lesson=film_again(film))
    services.submit_attempt(actor=wang.user, attempt=attempt)
    with pytest.raises(AttemptsUsedUp):
        services.start_attempt(actor=wang.user, lesson=film_again(film))
    assert Attempt.objects.count() == 1


def without_questions(film):
    for question in Question.objects.filter(bank__quizzes__lesson=film):
        services.retire_question(actor=None, question=question)


def without_transcript(film):
    Transcript.objects.update(text=" \n")


def without_recording(film):
    film.recording.state = "withdrawn"
    film.recording.save()


def without_check(film):
    Quiz.objects.filter(lesson=film).delete()


@pytest.mark.parametrize(
    "lacking", [without_questions, without_transcript, without_recording, without_check]
)
def test_what_cannot_be_read_or_asked_is_not_offered(
    wangs, wang, run, film, check, enrolment, lacking
):
    lacking(film)
    film = film_again(film)
    assert transcript_path(film) is None
    with pytest.raises(WrongKind):
        services.start_attempt(actor=wang.user, lesson=film)
    page = f"/learn/{run.code}/{film.pk}/"
    assert "transcript-path" not in text(wangs.get(page))
    assert wangs.get(f"{page}transcript/").status_code == 404
    assert wangs.get(f"/api/v1/lessons/{film.pk}/transcript").status_code == 404
    assert not Attempt.objects.exists()


def test_readings_and_quizzes_have_no_such_path(course, wangs, run, enrolment):
    for kind in ("reading", "quiz"):
        lesson = lesson_of(course, kind)
        assert wangs.get(f"/learn/{run.code}/{lesson.pk}/transcript/").status_code == 404
        with pytest.raises(Invalid):
            services.offer_transcript_path(actor=None, lesson=lesson, bank=a_bank(course))


def test_a_bank_of_another_course_is_refused(film):
    foreign = a_bank(a_course("家校沟通", code="JX-01"))
    with pytest.raises(Invalid):
        services.offer_transcript_path(actor=None, lesson=film, bank=foreign)
    assert not Quiz.objects.filter(lesson=film).exists()


def test_strangers_and_closed_runs_are_refused(wang, li, course, film, check, run):
    with pytest.raises(Missing):
        services.start_attempt(actor=li.user, lesson=film_again(film))
    services.enrol(actor=wang.user, run=run)
    with clock.frozen("2026-07-01T00:00:00+08:00"), pytest.raises(LearningClosed):
        services.start_attempt(actor=wang.user, lesson=film_again(film))
    assert not Attempt.objects.exists()


def test_the_whole_path_by_plain_pages_without_a_player(wangs, run, film, check, enrolment):
    page = f"/learn/{run.code}/{film.pk}/"
    assert f'href="{page}transcript/"' in text(wangs.get(page))
    shown = text(wangs.get(f"{page}transcript/"))
    assert "情绪没有对错。" in shown
    assert "再答 3 道检查题" in shown
    assert "data-player" not in shown
    wangs.post(f"{page}attempt/")
    attempt = Attempt.objects.get()
    form = {str(question): options for question, options in right_answers(check).items()}
    address = f"/learn/attempts/{attempt.pk}/"
    assert f'href="{page}transcript/"' in text(wangs.get(address))
    answer = wangs.post(f"{address}submission/", form, follow=True)
    assert 'data-passed="true"' in text(answer)
    after = text(wangs.get(page))
    assert "您已读文字稿并通过检查题" in after
    assert 'data-testid="watch-percent">0<' in after, "nothing is said to have been watched"


def test_the_api_gives_the_transcript_and_takes_the_answers(wangs, wang, film, check, enrolment):
    def write(method, path, body=None):
        call = getattr(wangs, method)
        headers = {"Idempotency-Key": f"{method} {path}"}
        return call(f"/api/v1/{path}", body or {}, "application/json", headers=headers)

    shown = wangs.get(f"/api/v1/lessons/{film.pk}/transcript")
    assert shown.json() == {
        "lesson": str(film.pk),
        "text": "情绪没有对错。",
        "questions": 3,
        "pass_percent": 60,
        "attempts_left": None,
    }
    started = write("post", "attempts", {"lesson": str(film.pk)})
    assert started.status_code == 201
    attempt = started.json()["id"]
    for question, options in right_answers(check).items():
        path = f"attempts/{attempt}/answers/{question}"
        assert write("put", path, {"options": options, "sequence": 1}).status_code == 200
    assert write("post", f"attempts/{attempt}/submission").json() == {"score": 100, "passed": True}
    lessons = wangs.get(f"/api/v1/enrolments/{enrolment.pk}").json()["lessons"]
    assert [(row["kind"], row["percent"], row["evidence"]) for row in lessons] == [
        ("recording", 100, "transcript"),
        ("reading", 0, None),
        ("quiz", 0, None),
    ]


def test_an_editor_sets_the_check_questions(client, course, film):
    person = a_teacher("孙丽", posts=[("editor", a_bureau())])
    person.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person.user)
    place = "/cms/course-quizzes/new/"
    assert "就是给它的文字稿设检查题" in text(client.get(place))
    bank = QuestionBank.objects.get(course=course)
    form = {"lesson": str(film.pk), "bank": str(bank.pk), "pass_percent": "80", "pick": "2"}
    client.post(place, form)
    path = transcript_path(film_again(film))
    assert (path.quiz.pass_percent, path.questions) == (80, 2)
    assert AuditEvent.objects.filter(
        verb="courses.keep_content", thing_id=str(path.quiz.pk)
    ).exists()


def test_a_second_run_of_the_course_asks_again(wang, course, film, check, enrolment):
    pass_quiz(wang.user, film_again(film))
    services.withdraw(actor=wang.user, enrolment=enrolment)
    other = a_run(course, code="XL-01-B", learn_closes_on=date(2026, 8, 1))
    second = services.enrol(actor=wang.user, run=other)
    assert progress_of(second).of(film).percent == 0
    assert LessonCompletion.objects.count() == 1
