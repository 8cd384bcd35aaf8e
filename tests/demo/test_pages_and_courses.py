"""The public sees home, lessons and courses; the courses can be learned."""

from __future__ import annotations

import pytest

from core.models import Job
from courses.models import Course, CourseRun, Lesson, QuestionVersion, Quiz
from demo.rules import library
from demo.services import build, catalogue
from media.models import Recording
from website.models import GuidanceLessonPage

pytestmark = pytest.mark.django_db


PAGES = {
    "/": "教师学有所获，学生身边有人。",
    "/en/": "Teachers who keep learning",
    "/guidance/": "求助：说出来就是力量",
    "/guidance/help/": "12356",
    "/en/guidance/help/": "Asking for help is a strength",
    "/courses/": "校园心理危机识别与转介",
    "/courses/crisis-recognition/": "顾怀瑾",
    "/en/courses/": "Recognising a crisis at school and referring on",
    "/en/courses/crisis-recognition/": "Ask directly and gently about thoughts of suicide",
    "/en/news/verify-certificates/": "up to ten thousand rows",
    "/news/": "培训证书可以在线查验",
    "/privacy/": "十五个工作日",
    "/children/": "不满十四周岁",
    "/en/about/": "This is a demonstration",
    "/help/": "全国统一心理援助热线",
}


def test_everybody_reads_the_pages(built, client):
    for address, words in PAGES.items():
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
        assert words in answer.content.decode()


def test_seven_lessons_and_six_courses_order_their_films_once(built):
    build(size="s", seed=2026)
    lessons = GuidanceLessonPage.objects.filter(locale__language_code="zh-hans").order_by("path")
    assert [page.slug for page in lessons] == [script.key for script in library.guidance()]
    assert [page.title for page in lessons] == [script.title for script in library.guidance()]
    assert Recording.objects.count() == 13
    films = Job.objects.filter(kind="demo.film").values_list("payload__script", flat=True)
    assert sorted(films) == sorted(
        [script.key for script in library.guidance()]
        + [key for key in library.recordings() if key != "short"]
    )


def test_a_course_holds_the_lessons_questions_and_runs_its_editors_wrote(built):
    course = Course.objects.get(code="XL201")
    assert (course.title, str(course.credit_hours), course.category.name) == (
        "校园心理危机识别与转介",
        "6.00",
        "心理健康教育",
    )
    kinds = Lesson.objects.filter(course=course).order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["recording", "reading", "reading", "reading", "quiz"]
    quiz = Quiz.objects.get(lesson__course=course, lesson__kind="quiz")
    assert (quiz.pass_percent, quiz.max_attempts, quiz.minutes, quiz.pick) == (80, 3, 20, 8)
    versions = QuestionVersion.objects.filter(question__bank=quiz.bank)
    assert versions.count() == 11
    last = versions.get(text="全国统一的心理援助热线是？")
    assert [option["text"] for option in last.options if option["correct"]] == ["12356"]
    assert CourseRun.objects.count() == 13
    check = Quiz.objects.get(lesson__course=course, lesson__kind="recording")
    assert (check.pass_percent, check.bank.questions.count()) == (80, 3)
    reading = Lesson.objects.filter(course=course, kind="reading").first()
    assert reading.text.startswith("<p>多数有轻生危险的学生，事前都透露过信号。")
    assert "<h3>言语信号</h3>" in reading.text


def test_whenever_the_bureau_is_loaded_each_course_has_a_run_to_join_and_to_learn_in():
    for runs in catalogue.RUNS.values():
        assert any(
            opens <= 0 < closes and starts <= 0 < ends
            for _suffix, _name, _english, opens, closes, starts, ends, _seats in runs
        )
