"""Work counts for the run whose page is open, and nothing shows before learning begins."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from core import clock
from core.errors import Missing
from courses import services
from courses.models import Attempt, CourseRun, LessonCompletion, WatchLease
from courses.selectors.learning import get_progress_run_for
from courses.services.learners import LearningClosed
from tests.courses.build import (
    a_course,
    a_run,
    finish,
    lesson_of,
    offer_transcript,
)
from tests.people import a_bureau, a_county, a_school, a_teacher

KINDS = ("recording", "reading", "quiz")


@pytest.fixture
def wangs(client, wang):
    client.force_login(wang.user)
    return client


@pytest.fixture
def both(course, run, wang):
    """王敏 is in two open runs of one course; the second is the newer."""
    other = a_run(course, code="XL-01-B", name="2026 年晚班")
    return [services.enrol(actor=wang.user, run=each) for each in (run, other)]


@pytest.fixture
def early(course, wang):
    """王敏 is in a run whose learning begins in April."""
    later = a_run(course, code="XL-01-L", learn_opens_on=date(2026, 4, 1))
    return services.enrol(actor=wang.user, run=later)


def signed_in(teacher):
    reader = Client()
    reader.force_login(teacher.user)
    return reader


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("number", [0, 1])
def test_a_reading_and_an_attempt_count_for_the_run_of_the_page(wangs, both, course, number):
    own, code = both[number], both[number].run.code
    reading, quiz = lesson_of(course, "reading"), lesson_of(course, "quiz")
    wangs.post(f"/learn/{code}/{reading.pk}/reading/")
    wangs.post(f"/learn/{code}/{quiz.pk}/attempt/")
    assert LessonCompletion.objects.get().enrolment == own
    assert Attempt.objects.get().enrolment == own


@pytest.mark.parametrize("number", [0, 1])
def test_watching_counts_for_the_run_of_the_page(wangs, both, course, number):
    own, film = both[number], lesson_of(course, "recording")
    assert f'data-enrolment="{own.pk}"' in text(wangs.get(f"/learn/{own.run.code}/{film.pk}/"))
    answer = wangs.post(
        "/api/v1/watch",
        {"lesson": str(film.pk), "enrolment": str(own.pk)},
        content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )
    assert answer.status_code == 200
    assert WatchLease.objects.get().enrolment == own


@pytest.mark.parametrize("number", [0, 1])
def test_a_reading_of_a_script_counts_for_the_run_that_it_names(wangs, both, course, number):
    named = read_by_script(wangs, lesson_of(course, "reading"), {"enrolment": both[number].pk})
    assert (named.status_code, named.json()["percent"]) == (200, 100)
    assert LessonCompletion.objects.get().enrolment == both[number]


@pytest.mark.parametrize("body", ["", "null", {}, {"enrolment": None}])
def test_a_reading_of_a_script_that_names_no_run_counts_for_the_open_one(wangs, both, course, body):
    CourseRun.objects.filter(pk=both[1].run_id).update(learn_closes_on=clock.today())
    assert read_by_script(wangs, lesson_of(course, "reading"), body).status_code == 200
    assert LessonCompletion.objects.get().enrolment == both[0]


@pytest.mark.parametrize("body", [[], {"enrolement": "x"}, {"enrolment": "x"}])
def test_a_reading_of_a_script_with_a_slip_counts_for_no_run(wangs, both, course, body):
    assert read_by_script(wangs, lesson_of(course, "reading"), body).status_code == 422
    assert not LessonCompletion.objects.exists()


def test_a_reading_of_a_script_for_anothers_run_is_missing(wangs, both, course, li):
    own = services.enrol(actor=li.user, run=both[0].run)
    answer = read_by_script(wangs, lesson_of(course, "reading"), {"enrolment": own.pk})
    assert answer.status_code == 404
    assert not LessonCompletion.objects.exists()


def read_by_script(reader, lesson, body):
    address, key = f"/api/v1/lessons/{lesson.pk}/reading", {"Idempotency-Key": "one"}
    return reader.post(address, body, content_type="application/json", headers=key)


def test_a_page_of_a_closed_run_does_not_count_for_the_open_one(wang, both, course):
    CourseRun.objects.filter(pk=both[0].run_id).update(learn_closes_on=clock.today())
    reading = lesson_of(course, "reading")
    with pytest.raises(LearningClosed):
        services.mark_reading(actor=wang.user, lesson=reading, enrolment=both[0].pk)
    assert not LessonCompletion.objects.exists()
    services.mark_reading(actor=wang.user, lesson=reading)
    assert LessonCompletion.objects.get().enrolment == both[1]


def test_anothers_enrolment_and_one_that_was_left_are_missing(wang, li, both, run, course):
    hers = services.enrol(actor=li.user, run=run)
    services.withdraw(actor=wang.user, enrolment=both[0])
    film = lesson_of(course, "recording")
    for enrolment in (hers, both[0]):
        with pytest.raises(Missing):
            services.start_watch(actor=wang.user, lesson=film, enrolment=enrolment.pk)
    assert not WatchLease.objects.exists()


def test_a_lesson_of_another_course_is_not_under_this_run(wangs, wang, run):
    other = a_course("家校沟通", code="JX-01")
    services.enrol(actor=wang.user, run=run)
    services.enrol(actor=wang.user, run=a_run(other, code="JX-01-A"))
    reading = lesson_of(other, "reading")
    assert wangs.get(f"/learn/JX-01-A/{reading.pk}/").status_code == 200
    assert wangs.get(f"/learn/XL-01-A/{reading.pk}/").status_code == 404
    assert wangs.post(f"/learn/XL-01-A/{reading.pk}/reading/").status_code == 404
    assert not LessonCompletion.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_before_learning_begins_a_lesson_says_when_and_shows_nothing(wangs, early, course, kind):
    page = text(wangs.get(f"/learn/XL-01-L/{lesson_of(course, kind).pk}/"))
    assert "本班次2026年4月1日开始学习，到时就能打开这一课。" in page
    for hidden in (".m3u8", "data-playlist", "情绪没有对错", "及格线"):
        assert hidden not in page
    with clock.frozen("2026-04-01T00:00:00+08:00"):
        wangs = signed_in(early.teacher)
        page = text(wangs.get(f"/learn/XL-01-L/{lesson_of(course, kind).pk}/"))
    assert "到时就能打开" not in page
    shown = {"recording": "data-playlist", "reading": "情绪没有对错", "quiz": "及格线"}
    assert shown[kind] in page


def test_a_transcript_too_waits_for_the_first_day(wangs, early, course):
    film = lesson_of(course, "recording")
    offer_transcript(film)
    page, call = f"/learn/XL-01-L/{film.pk}/transcript/", f"/api/v1/lessons/{film.pk}/transcript"
    assert "情绪没有对错" not in text(wangs.get(page))
    assert wangs.get(call).status_code == 404
    with clock.frozen("2026-04-01T00:00:00+08:00"):
        wangs = signed_in(early.teacher)
        assert "情绪没有对错" in text(wangs.get(page))
        assert wangs.get(call).json()["text"] == "情绪没有对错。"


def test_whoever_completed_a_course_reads_on_while_the_next_run_waits(wangs, wang, course, run):
    film = lesson_of(course, "recording")
    finish(wang.user, services.enrol(actor=wang.user, run=run))
    services.enrol(actor=wang.user, run=a_run(course, code="NEXT", learn_opens_on=date(2026, 4, 1)))
    offer_transcript(film)
    assert wangs.get(f"/api/v1/lessons/{film.pk}/transcript").status_code == 200
    CourseRun.objects.filter(pk=run.pk).update(learn_opens_on=date(2026, 4, 1))
    assert "data-playlist" in text(wangs.get(f"/learn/XL-01-A/{film.pk}/"))
    assert "data-playlist" not in text(wangs.get(f"/learn/NEXT/{film.pk}/"))


def test_the_progress_page_of_a_draft_run_is_missing_until_somebody_learns_there(course, run, wang):
    CourseRun.objects.filter(pk=run.pk).update(state="draft")
    principal = a_teacher("周敏", posts=["principal"])
    officer = a_teacher("郑华", posts=[("bureau_officer", a_bureau())])
    far = a_school("固始县第一小学", county=a_county("固始县"))
    stranger = a_teacher("陈刚", school=far, posts=["principal"])
    for reader in (principal, stranger):
        with pytest.raises(Missing):
            get_progress_run_for(viewer=reader.user, code=run.code)
    assert get_progress_run_for(viewer=officer.user, code=run.code) == run, "he keeps the course"
    CourseRun.objects.filter(pk=run.pk).update(state="published")
    services.enrol(actor=wang.user, run=run)
    CourseRun.objects.filter(pk=run.pk).update(state="draft")
    assert get_progress_run_for(viewer=principal.user, code=run.code) == run
    with pytest.raises(Missing):
        get_progress_run_for(viewer=stranger.user, code=run.code)
