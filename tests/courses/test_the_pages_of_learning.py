"""The learner's pages: every step by plain forms, each step safe to repeat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from core import clock
from courses import services
from courses.models import (
    Attempt,
    CourseCompletion,
    Enrolment,
    LessonCompletion,
    Quiz,
)
from tests.courses.build import a_course, a_cut, a_run, finish, lesson_of, right_answers, watch_all
from tests.people import a_county, a_school, a_teacher, a_user


@pytest.fixture
def wangs(client, wang):
    client.force_login(wang.user)
    return client


@pytest.fixture
def enrolment(run, wang):
    return services.enrol(actor=wang.user, run=run)


def text(response):
    return response.content.decode()


def test_a_course_from_enrolment_to_completion_without_javascript(wangs, run, course, wang):
    answer = wangs.post(f"/learn/runs/{run.code}/enrolment/", follow=True)
    assert answer.redirect_chain[-1][0] == "/learn/XL-01-A/"
    assert "报名成功" in text(answer)
    wangs.post(f"/learn/runs/{run.code}/enrolment/")
    assert Enrolment.objects.count() == 1

    reading, quiz, film = (lesson_of(course, kind) for kind in ("reading", "quiz", "recording"))
    page = f"/learn/XL-01-A/{reading.pk}/"
    assert "情绪没有对错" in text(wangs.get(page))
    for _time in range(2):
        assert wangs.post(f"{page}reading/").status_code == 302
    assert "已完成" in text(wangs.get(page))

    answer = wangs.post(f"/learn/XL-01-A/{quiz.pk}/attempt/", follow=True)
    attempt = Attempt.objects.get()
    assert answer.redirect_chain[-1][0] == f"/learn/attempts/{attempt.pk}/"
    answers = right_answers(quiz.quiz)
    form = {str(question): ["", *options] for question, options in answers.items()}
    wangs.post(f"/learn/attempts/{attempt.pk}/", form | {"csrfmiddlewaretoken": "x"})
    assert "已答 <span data-quiz-answered>3</span> 题" in text(
        wangs.get(f"/learn/attempts/{attempt.pk}/")
    )
    for _time in range(2):
        answer = wangs.post(f"/learn/attempts/{attempt.pk}/submission/", form, follow=True)
        assert 'data-passed="true"' in text(answer)
        assert 'href="/certificates/"' in text(answer)

    watch_all(wang.user, film, clock.now())
    assert CourseCompletion.objects.count() == 1
    overview = text(wangs.get("/learn/XL-01-A/"))
    assert 'data-percent="100"' in overview
    assert "您已于2026年3月2日结业，计 2.5 学时。" in overview
    for page in (overview, text(wangs.get("/learn/"))):
        earned = page.partition("<main")[2]
        assert 'data-testid="to-certificates"' in earned
        assert 'data-testid="to-credits"' in earned
    assert "2026年3月2日结业" in text(wangs.get("/learn/"))


def test_the_lesson_page_holds_the_player_and_what_was_accepted(wangs, course, enrolment, wang):
    film = lesson_of(course, "recording")
    start = services.start_watch(actor=wang.user, lesson=film)
    with clock.frozen("2026-03-02T08:00:30+08:00"):
        services.record_watch(
            actor=wang.user,
            token=start.token,
            ranges=[(0, 30_000)],
            position_ms=30_000,
            visible=True,
        )
    answer = wangs.get(f"/learn/XL-01-A/{film.pk}/")
    page = text(answer)
    assert 'data-position-ms="30000"' in page
    assert '<rect class="lesson-bar-part" x="0" width="250" height="12"/>' in page
    assert 'data-testid="watch-percent">25<' in page
    assert "情绪没有对错。" in page, "the transcript stands under the player"
    assert "blob:" in answer["Content-Security-Policy"]


def test_a_recording_that_is_being_prepared_says_so(wangs, course, enrolment):
    film = lesson_of(course, "recording")
    film.recording.state = "withdrawn"
    film.recording.save()
    assert "录像正在准备中" in text(wangs.get(f"/learn/XL-01-A/{film.pk}/"))


def test_a_quiz_shows_no_right_answer_before_it_is_passed(wangs, course, enrolment, wang):
    quiz = lesson_of(course, "quiz")
    wangs.post(f"/learn/XL-01-A/{quiz.pk}/attempt/")
    attempt = Attempt.objects.get()
    assert "correct" not in text(wangs.get(f"/learn/attempts/{attempt.pk}/"))
    failed = wangs.post(
        f"/learn/attempts/{attempt.pk}/submission/", {"gaps": "accepted"}, follow=True
    )
    assert 'data-passed="false"' in text(failed)
    assert "data-correct" not in text(failed)
    assert "没有作答" in text(failed)


def test_an_attempt_without_a_limit_shows_the_last_day_and_no_clock(wangs, course, enrolment, wang):
    lesson = lesson_of(course, "quiz")
    untimed = services.start_attempt(actor=wang.user, lesson=lesson)
    page = text(wangs.get(f"/learn/attempts/{untimed.pk}/"))
    assert "不限时，2026年6月30日（含）前交卷" in page
    assert "data-quiz-clock" not in page
    assert "data-seconds-left" not in page
    services.submit_attempt(actor=wang.user, attempt=untimed)
    Quiz.objects.update(minutes=10)
    timed = services.start_attempt(actor=wang.user, lesson=lesson)
    page = text(wangs.get(f"/learn/attempts/{timed.pk}/"))
    assert "3月2日 08:10:00 截止" in page
    assert 'data-seconds-left="600"' in page


def test_a_failed_attempt_says_what_is_needed_and_how_often_one_may_try_again(
    wangs, course, enrolment, wang, at
):
    Quiz.objects.update(max_attempts=2)
    lesson = lesson_of(course, "quiz")

    def failed():
        attempt = services.start_attempt(actor=wang.user, lesson=lesson)
        services.submit_attempt(actor=wang.user, attempt=attempt)
        return f"/learn/attempts/{attempt.pk}/"

    first = failed()
    assert "及格线 60%，即至少答对 2 题。" in text(wangs.get(first))
    assert "再答一次（还可 1 次）" in text(wangs.get(first))
    at("2026-07-01T08:00:00+08:00")
    assert "再答一次" not in text(wangs.get(first))
    at("2026-03-02T09:00:00+08:00")
    second = failed()
    assert ["再答一次" in text(wangs.get(page)) for page in (first, second)] == [False, False]


def test_handing_in_with_unanswered_questions_asks_first_and_keeps_what_was_answered(
    wangs, course, enrolment, wang
):
    quiz = lesson_of(course, "quiz").quiz
    Quiz.objects.update(max_attempts=2)
    attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    first = attempt.responses.select_related("version").order_by("position")[0]
    form = {str(first.version.question_id): first.version.correct}
    address = f"/learn/attempts/{attempt.pk}/submission/"
    asked = text(wangs.post(address, form))
    assert "第 2、3 题没有作答，现在交卷按答错计分。" in asked
    assert "此后还可作答 1 次" in asked
    attempt.refresh_from_db()
    first.refresh_from_db()
    assert (attempt.state, set(first.chosen)) == ("open", set(first.version.correct))
    wangs.post(address, {"gaps": "accepted"})
    attempt.refresh_from_db()
    assert (attempt.state, attempt.right) == ("submitted", 1)


def test_handing_in_after_the_deadline_marks_what_was_saved(wangs, course, enrolment, at):
    quiz = lesson_of(course, "quiz")
    Quiz.objects.update(minutes=10)
    wangs.post(f"/learn/XL-01-A/{quiz.pk}/attempt/")
    attempt = Attempt.objects.get()
    at("2026-03-02T08:10:00+08:00")
    assert "时间已到，请交卷" in text(wangs.get(f"/learn/attempts/{attempt.pk}/"))
    form = {str(question): options for question, options in right_answers(quiz.quiz).items()}
    late = wangs.post(f"/learn/attempts/{attempt.pk}/", form)
    assert (late.status_code, "本次作答已结束" in text(late)) == (409, True)
    answer = wangs.post(f"/learn/attempts/{attempt.pk}/submission/", form, follow=True)
    assert "时间已到，系统按截止前保存的答案评分" in text(answer)
    assert not LessonCompletion.objects.exists()


def test_outside_the_learning_dates_the_page_says_so_and_nothing_counts(wangs, course, wang):
    tomorrow = clock.today() + timedelta(days=1)
    services.enrol(actor=wang.user, run=a_run(course, learn_opens_on=tomorrow))
    reading = lesson_of(course, "reading")
    page = wangs.get(f"/learn/XL-01-A/{reading.pk}/")
    assert "本班次2026年3月3日开始学习，到时就能打开这一课。" in text(page)
    assert 'data-testid="mark-read"' not in text(page)
    refused = wangs.post(f"/learn/XL-01-A/{reading.pk}/reading/")
    assert (refused.status_code, "不在本班次的学习时间内" in text(refused)) == (409, True)
    assert not LessonCompletion.objects.exists()


def test_leaving_asks_first_and_frees_the_seat(wangs, run, enrolment):
    assert "退出后名额让给别人" in text(wangs.get("/learn/XL-01-A/"))
    for _time in range(2):
        wangs.post("/learn/runs/XL-01-A/withdrawal/")
    run.refresh_from_db()
    assert run.taken == 0
    assert wangs.get("/learn/XL-01-A/").status_code == 404
    assert "还没有报名任何课程" in text(wangs.get("/learn/"))


def test_strangers_find_nothing(client, li, course, enrolment, wang):
    client.force_login(li.user)
    attempt = services.start_attempt(actor=wang.user, lesson=lesson_of(course, "quiz"))
    film = lesson_of(course, "recording")
    for path in (
        "/learn/XL-01-A/",
        f"/learn/XL-01-A/{film.pk}/",
        f"/learn/attempts/{attempt.pk}/",
        "/learn/NONE/",
        "/learn/runs/XL-01-A/progress/",
    ):
        assert client.get(path).status_code == 404, path
    for path in (
        f"/learn/XL-01-A/{film.pk}/reading/",
        f"/learn/XL-01-A/{film.pk}/attempt/",
        f"/learn/attempts/{attempt.pk}/submission/",
        "/learn/runs/XL-01-A/withdrawal/",
        "/learn/runs/NONE/enrolment/",
    ):
        assert client.post(path).status_code == 404, path
    assert Client().get("/learn/").status_code == 302


def test_the_fragment_tells_each_reader_his_standing(client, course, run, wang, li):
    def fragment(user=None, path="?next=/courses/xl-01/"):
        reader = Client()
        if user:
            reader.force_login(user)
        return text(reader.get(f"/learn/courses/{course.pk}/enrolment/{path}"))

    assert "/sign-in/?next=/courses/xl-01/" in fragment()
    assert 'data-testid="enrol"' in fragment(wang.user)
    assert "余 30 个名额，共 30 个" in fragment(wang.user)
    assert "还没有对应的教师信息" in fragment(a_user("visitor"))
    services.enrol(actor=wang.user, run=run)
    assert "继续学习" in fragment(wang.user)
    run.refresh_from_db()
    run.capacity = 1
    run.save()
    assert "名额已满" in fragment(li.user)
    run.enrol_closes_on = date(2026, 3, 2)
    run.save()
    assert "目前没有可以报名的班次" in fragment(li.user)


def test_a_run_that_opens_later_says_when(client, course, li):
    a_run(course, enrol_opens_on=date(2026, 3, 9))
    client.force_login(li.user)
    page = text(client.get(f"/learn/courses/{course.pk}/enrolment/"))
    assert "2026年3月9日开始报名" in page


def test_a_draft_course_has_no_fragment(client, in_march):
    draft = a_course(publish=False)
    assert client.get(f"/learn/courses/{draft.pk}/enrolment/").status_code == 404


def test_everybody_who_may_sees_the_same_percentages(client, run, course, wang):
    services.enrol(actor=wang.user, run=run)
    far = a_teacher("陈刚", school=a_school("固始县第一小学", county=a_county("固始县")))
    services.enrol(actor=far.user, run=run)
    services.mark_reading(actor=wang.user, lesson=lesson_of(course, "reading"))
    admin = a_teacher("周敏", posts=["school_admin"])
    registrar = a_teacher("吴静", posts=[("registrar", a_county())])
    bureau = a_teacher("郑华", posts=[("bureau_officer", a_school().parent.parent)])

    def shown(teacher):
        reader = Client()
        reader.force_login(teacher.user)
        return reader.get("/learn/runs/XL-01-A/progress/")

    for reader, names in [(admin, {"王敏"}), (registrar, {"王敏"}), (bureau, {"王敏", "陈刚"})]:
        from courses.selectors import progress_of_many, run_progress

        rows = list(run_progress(viewer=reader.user, run=run))
        assert {row.teacher.name for row in rows} == names
        percents = {row.teacher.name: progress_of_many(rows)[row.pk].percent for row in rows}
        assert percents["王敏"] == 33
    assert shown(wang).status_code == 404
    page = text(shown(admin))
    assert "王敏" in page
    assert "陈刚" not in page
    assert '<td class="is-number" data-label="进度">33%</td>' in page


def test_lists_take_constant_queries(run, course, django_assert_max_num_queries, wang):
    from courses.selectors import my_enrolments, progress_of_many, run_progress

    people = [a_teacher(f"张{number}", number=f"Q{number}") for number in range(12)]
    for person in people:
        finish(person.user, services.enrol(actor=person.user, run=run))
    admin = a_teacher("周敏", posts=["school_admin"])
    with django_assert_max_num_queries(12):
        rows = list(run_progress(viewer=admin.user, run=run))
        progress = progress_of_many(rows)
    assert [progress[row.pk].percent for row in rows] == [100] * 12
    with django_assert_max_num_queries(10):
        progress_of_many(list(my_enrolments(people[0].user)))


def test_a_page_that_lies_open_longer_is_told_of_newer_answers(wangs, wang, course, run):
    services.enrol(actor=wang.user, run=run)
    quiz = lesson_of(course, "quiz").quiz
    attempt = services.start_attempt(actor=wang.user, lesson=quiz.lesson)
    address = f"/learn/attempts/{attempt.pk}/"
    key = right_answers(quiz)
    opened = {f"seen-{question}": "0" for question in key}
    for question in key:
        assert f'name="seen-{question}" value="0"' in text(wangs.get(address))
    services.save_answers(actor=wang.user, attempt=attempt, answers=key)
    older = {str(question): "" for question in key} | opened
    for place in (address, f"{address}submission/"):
        answer = wangs.post(place, older, follow=True)
        assert "第 1、2、3 题在另一个窗口里有更新的答案，已保留较新的" in text(answer)
        attempt.refresh_from_db()
        assert attempt.state == "open"
    odd = {"seen-x": "1", f"seen-{quiz.pk}": "9" * 40, "seen-": "", "other": "1"}
    wangs.post(f"{address}submission/", odd)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.percent) == ("submitted", 100)


def test_a_film_that_counts_as_watched_has_a_full_bar_in_every_cut(wangs, wang, run, enrolment):
    film = lesson_of(run.course, "recording")
    page = f"/learn/{run.code}/{film.pk}/"
    full = '<rect class="lesson-bar-part" x="0" width="1000" height="12"/>'
    assert full not in text(wangs.get(page))
    watch_all(wang.user, film, clock.now())
    a_cut(film.recording, duration_ms=240_000)
    shown = text(wangs.get(page))
    assert 'data-testid="watch-percent">100<' in shown
    assert full in shown
