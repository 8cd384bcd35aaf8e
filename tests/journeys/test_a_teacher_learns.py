"""A teacher finds a course, takes a seat, really watches twenty seconds, answers and completes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core import clock
from courses import services
from courses.models import Course, CourseCompletion, LessonKind, Question, WatchRow
from media import production, storage
from media.ffmpeg import binary
from tests.courses.build import (
    a_category,
    a_course_page,
    a_lesson,
    a_quiz,
    a_recording,
    a_run,
    lesson_of,
    offer_transcript,
    right_answers,
)
from tests.media.conftest import AAC, H264, make, picture, sound
from tests.people import a_teacher

pytestmark = pytest.mark.timeout(240)
OpenPage = Callable[..., Page]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PERCENT = "() => Number(document.querySelector('[data-watch-percent]').textContent) >= %d"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The recordings' folder with one encoded lesson of 20 s, and its address."""
    folder = tmp_path_factory.mktemp("film")
    source = make(folder / "source.mp4", *picture_of(20), *sound(20), *H264, *AAC)
    plan = production.plan_for(
        production.probe(source), source_sha256="0", encoder=binary.version(), language="zh"
    )
    root = folder / "uploads" / "recordings"
    staging = root / "staging"
    production.produce(plan, source, staging, on_progress=lambda n: None, on_tick=lambda: None)
    production.move_into_place(staging, root / "published" / plan.address)
    return root, plan.address


def picture_of(seconds: int) -> list[str]:
    return picture("640x360", seconds)


@pytest.fixture
def course(
    public_site: dict[str, Any], film: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> Course:
    """A course of one film, one reading and one quiz, with a run that is open today."""
    root, address = film
    monkeypatch.setattr(storage, "root", lambda: root)
    course = services.create_course(
        actor=None,
        code="XL-20",
        title="二十秒看懂情绪",
        category=a_category(),
        credit_hours=1,
        summary="看一段、读一页、答三题。",
    )
    recording = a_recording("情绪", duration_ms=20_000)
    recording.versions.update(directory=address)
    a_lesson(course, LessonKind.RECORDING, title="看一段", recording=recording)
    a_lesson(course, LessonKind.READING, title="读一页")
    a_quiz(course, minutes=10)
    services.publish_course(actor=None, course=course)
    today = clock.today()
    a_run(
        course,
        code="XL-20-A",
        enrol_opens_on=today,
        enrol_closes_on=None,
        learn_opens_on=today,
        learn_closes_on=None,
    )
    a_course_page(course, slug="emotions")
    a_teacher("王敏", number="T00001")
    return course


def look(page: Page, axe: Callable[[Page], None], picture: Any, name: str) -> None:
    axe(page)
    picture(page, name)
    assert page.evaluate(OVERFLOW) <= 0, name


@pytest.mark.parametrize("width", [390, 1366])
def test_from_the_catalogue_to_the_completed_course(
    width: int,
    course: Course,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
):
    page = browser_page(width)
    sign_in(page, "t00001")
    page.goto("/courses/?q=看懂")
    look(page, axe, picture, "catalogue")
    page.get_by_role("link", name="二十秒看懂情绪").click()
    expect(page.get_by_test_id("enrol")).to_be_visible()
    look(page, axe, picture, "course")
    page.get_by_test_id("enrol").dblclick()
    expect(page.get_by_test_id("lessons")).to_be_visible()
    look(page, axe, picture, "learn-run")

    page.get_by_test_id("lesson-recording").click()
    page.get_by_test_id("player-start").click()
    page.wait_for_function(PERCENT % 100, timeout=90_000)
    expect(page.get_by_test_id("watch-word")).to_have_text("本课已看完，已记为完成。")
    row = WatchRow.objects.get()
    assert (row.refused, row.watched_ms >= 15_000) == (0, True)
    page.evaluate("document.querySelector('[data-player]').player.pause()")
    page.wait_for_timeout(600)
    look(page, axe, picture, "learn-recording")

    page.get_by_test_id("following-lesson").click()
    page.get_by_test_id("mark-read").click()
    page.get_by_test_id("lesson-quiz").click()
    look(page, axe, picture, "learn-quiz")
    page.get_by_test_id("start-attempt").click()
    look(page, axe, picture, "learn-attempt")
    for options in right_answers(lesson_of(course, "quiz").quiz).values():
        for option in options:
            page.locator(f'input[value="{option}"]').check()
    # answers are still on their way: handing in waits for them, and no request is refused
    page.get_by_test_id("submit-attempt").dblclick()
    expect(page.get_by_test_id("quiz-result")).to_have_attribute("data-passed", "true")
    look(page, axe, picture, "learn-result")
    page.get_by_test_id("back-to-run").click()
    expect(page.get_by_test_id("course-percent")).to_have_attribute("data-percent", "100")
    assert CourseCompletion.objects.get().course_title == "二十秒看懂情绪"


def test_the_older_window_is_told_and_can_go_on(
    course: Course, browser_page: OpenPage, sign_in: Callable[..., None]
):
    services.enrol(actor=course_teacher(), run=course.runs.get())
    address = f"/learn/XL-20-A/{lesson_of(course, 'recording').pk}/"
    older, newer = browser_page(1366, expect=(409,)), browser_page(1366)
    for page in (older, newer):
        sign_in(page, "t00001")
        page.goto(address)
        page.get_by_test_id("player-start").click()
        page.wait_for_function("() => document.querySelector('[data-watch]').watch.session")
    older.evaluate("document.querySelector('[data-watch]').watch.beat()")
    expect(older.get_by_test_id("watch-word")).to_have_text("已在其他窗口播放，这里已暂停。")
    assert older.evaluate("document.querySelector('[data-player]').player.video.paused")
    older.get_by_test_id("watch-resume").click()
    older.wait_for_function("() => document.querySelector('[data-watch]').watch.session")
    expect(older.get_by_test_id("watch-word")).to_have_text("")


@pytest.mark.parametrize("width", [390, 1366])
def test_a_film_is_completed_by_its_transcript_and_the_keyboard_alone(
    width: int,
    course: Course,
    browser_page: OpenPage,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
):
    services.enrol(actor=course_teacher(), run=course.runs.get())
    film = lesson_of(course, "recording")
    check = offer_transcript(film)
    page = browser_page(width)
    sign_in(page, "t00001")
    page.goto(f"/learn/XL-20-A/{film.pk}/")
    page.get_by_test_id("transcript-path").press("Enter")
    expect(page.get_by_test_id("transcript")).to_contain_text("情绪没有对错。")
    axe(page)
    assert page.evaluate(OVERFLOW) <= 0
    assert page.locator("video").count() == 0
    page.get_by_test_id("start-attempt").press("Enter")
    for options in right_answers(check).values():
        for option in options:
            page.locator(f'input[value="{option}"]').press("Space")
    page.get_by_test_id("submit-attempt").press("Enter")
    expect(page.get_by_test_id("quiz-result")).to_have_attribute("data-passed", "true")
    page.goto(f"/learn/XL-20-A/{film.pk}/")
    expect(page.get_by_test_id("done-by-transcript")).to_be_visible()
    axe(page)


def test_an_older_quiz_window_is_told_and_overwrites_nothing(
    course: Course, browser_page: OpenPage, sign_in: Callable[..., None]
):
    services.enrol(actor=course_teacher(), run=course.runs.get())
    quiz = lesson_of(course, "quiz")
    attempt = services.start_attempt(actor=course_teacher(), lesson=quiz)
    older, newer = browser_page(1366), browser_page(390)
    for page in (older, newer):
        sign_in(page, "t00001")
        page.goto(f"/learn/attempts/{attempt.pk}/")
    single = Question.objects.get(kind="single")
    right, wrong = [f'input[value="{o["id"]}"]' for o in single.versions.get().options]
    newer.locator(right).check()
    expect(newer.get_by_test_id("quiz-word")).to_have_text("已保存")
    older.locator(wrong).check()
    expect(older.get_by_test_id("quiz-word")).to_contain_text("已换成最新的")
    expect(older.locator(right)).to_be_checked()
    older.locator(wrong).check()
    expect(older.get_by_test_id("quiz-word")).to_have_text("已保存")
    newer.get_by_test_id("submit-attempt").click()
    expect(
        newer.get_by_role("status").filter(has_text="在另一个窗口里有更新的答案")
    ).to_be_visible()
    expect(newer.locator(wrong)).to_be_checked()
    newer.get_by_test_id("submit-attempt").click()
    expect(newer.get_by_test_id("unanswered")).to_contain_text("没有作答")
    newer.get_by_test_id("submit-with-gaps").click()
    expect(newer.get_by_test_id("quiz-result")).to_be_visible()


def test_an_expired_sign_in_leads_back_to_the_lesson(
    course: Course, browser_page: OpenPage, sign_in: Callable[..., None]
):
    services.enrol(actor=course_teacher(), run=course.runs.get())
    address = f"/learn/XL-20-A/{lesson_of(course, 'recording').pk}/"
    page = browser_page(390, expect=(401,))
    sign_in(page, "t00001")
    page.goto(address)
    page.get_by_test_id("player-start").click()
    page.wait_for_function("() => document.querySelector('[data-watch]').watch.session")
    page.context.clear_cookies(name="sessionid")
    page.evaluate("document.querySelector('[data-watch]').watch.beat()")
    word = page.get_by_test_id("watch-word")
    expect(word).to_contain_text("登录已过期")
    word.get_by_test_id("sign-in-again").click()
    expect(page.locator("#id_next")).to_have_value(address)


def test_handing_in_waits_for_a_network_that_comes_back(
    course: Course, browser_page: OpenPage, sign_in: Callable[..., None]
):
    services.enrol(actor=course_teacher(), run=course.runs.get())
    quiz = lesson_of(course, "quiz")
    attempt = services.start_attempt(actor=course_teacher(), lesson=quiz)
    page = browser_page(390)
    sign_in(page, "t00001")
    page.goto(f"/learn/attempts/{attempt.pk}/")
    page.evaluate("window.realFetch = fetch; fetch = () => Promise.reject(new TypeError('no')); 0")
    for options in right_answers(quiz.quiz).values():
        for option in options:
            page.locator(f'input[value="{option}"]').check()
    page.get_by_test_id("submit-attempt").click()
    expect(page.get_by_test_id("quiz-word")).to_contain_text("网络暂时不通")
    attempt.refresh_from_db()
    assert attempt.state == "open"
    page.evaluate("fetch = window.realFetch; 0")
    page.get_by_test_id("submit-attempt").click()
    expect(page.get_by_test_id("quiz-result")).to_have_attribute("data-passed", "true")


def test_skipping_ahead_is_refused_in_words_at_once(
    course: Course, browser_page: OpenPage, sign_in: Callable[..., None]
):
    services.enrol(actor=course_teacher(), run=course.runs.get())
    page = browser_page(390)
    sign_in(page, "t00001")
    page.goto(f"/learn/XL-20-A/{lesson_of(course, 'recording').pk}/")
    page.get_by_test_id("player-start").click()
    page.wait_for_function("() => document.querySelector('[data-watch]').watch.session")
    page.evaluate(
        "const watch = document.querySelector('[data-watch]').watch;"
        "watch.player.played = () => [[0, 20000]]; watch.beat();"
    )
    expect(page.get_by_test_id("watch-word")).to_contain_text("播放得比计入的上限快")
    assert WatchRow.objects.get().watched_ms < 11_000


def course_teacher() -> Any:
    from accounts.models import User

    return User.objects.get(username="t00001")
