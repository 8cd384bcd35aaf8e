"""The lists under /cms/ show what tells one piece from another, and find it by its words."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import Permission

from courses import services
from courses.models import Lesson, Question, QuestionBank, Quiz
from tests.courses.build import a_bank, a_category, a_course, a_run, offer_transcript
from tests.people import a_bureau, a_teacher

COURSES = ("家校沟通", "青少年心理健康教育")
PLACES = ("content", "runs", "lessons", "banks", "questions", "quizzes", "categories")


@pytest.fixture
def editor(client, in_march):
    person = a_teacher("孙丽", posts=[("editor", a_bureau())])
    person.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person.user)
    return person


@pytest.fixture
def two_courses(course):
    """Two courses of the same making: every name in them occurs twice."""
    for bank in QuestionBank.objects.all():
        QuestionBank.objects.filter(pk=bank.pk).update(name="结业题库")
    other = a_course("家校沟通", code="JX-01", category=a_category("HOME", "家校"))
    QuestionBank.objects.filter(course=other).update(name="结业题库")
    return course, other


def rows(client, place):
    """The cells of a list, row by row, without their markup."""
    shown = client.get(f"/cms/course-{place}").content.decode()
    body = re.search(r"<tbody>(.*?)</tbody>", shown, re.S)
    found = []
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body.group(1) if body else "", re.S):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
        first = re.search(r"<a [^>]*>(.*?)</a>", cells[0], re.S)
        cells[0] = first.group(1) if first else cells[0]
        plain = [html.unescape(re.sub(r"<[^>]+>", " ", cell)) for cell in cells]
        found.append([" ".join(cell.split()) for cell in plain])
    return found


def test_questions_begin_with_their_words_and_name_kind_bank_and_course(
    client, editor, two_courses
):
    first = Question.objects.filter(bank__course=two_courses[0]).order_by("position")[0]
    services.revise_question(
        actor=None,
        question=first,
        text="听到求助的话，" + "应当" * 40,
        options=[("倾听", True), ("责备", False)],
    )
    services.retire_question(actor=None, question=first)
    found = rows(client, f"questions/?course={two_courses[0].pk}")
    assert found == [
        [
            ("听到求助的话，" + "应当" * 40)[:57] + "...",
            "单选题",
            "结业题库",
            "青少年心理健康教育",
            "否",
        ],
        ["哪些是求助途径？", "多选题", "结业题库", "青少年心理健康教育", "是"],
        ["情绪有对错。", "判断题", "结业题库", "青少年心理健康教育", "是"],
    ]


def test_banks_and_quizzes_name_their_course_and_count_the_questions_in_use(
    client, editor, two_courses
):
    course, other = two_courses
    services.retire_question(actor=None, question=Question.objects.filter(bank__course=other)[0])
    assert sorted(rows(client, "banks/")) == [
        ["结业题库", "家校沟通", "2"],
        ["结业题库", "青少年心理健康教育", "3"],
    ]
    offer_transcript(Lesson.objects.get(course=course, kind="recording"), pick=2)
    bank = QuestionBank.objects.exclude(name="结业题库").get()
    assert sorted(rows(client, f"quizzes/?course={course.pk}")) == [
        ["录像", "青少年心理健康教育", "录像", bank.name, "2 / 3", "60"],
        ["结业测验", "青少年心理健康教育", "测验", "结业题库", "3", "60"],
    ]


def test_lessons_name_their_course_and_say_what_is_withdrawn(client, editor, two_courses):
    services.withdraw_lesson(
        actor=None, lesson=Lesson.objects.get(course=two_courses[1], kind="reading")
    )
    assert rows(client, f"lessons/?course={two_courses[1].pk}") == [
        ["录像", "家校沟通", "录像", "1", "是", "是"],
        ["阅读", "家校沟通", "阅读", "2", "是", "否"],
        ["结业测验", "家校沟通", "测验", "3", "是", "是"],
    ]
    assert [row[0] for row in rows(client, "lessons/?withdrawn=true")] == ["阅读"]


def test_lessons_and_questions_stand_together_by_course_and_hours_are_plain(
    client, editor, two_courses
):
    assert [row[:2] for row in rows(client, "lessons/")] == [
        [title, course] for course in COURSES for title in ("录像", "阅读", "结业测验")
    ]
    assert [row[3] for row in rows(client, "questions/")] == [
        course for course in COURSES for _question in range(3)
    ]
    assert [row[2] for row in rows(client, "content/")] == ["2.5", "2.5"]


def test_what_wagtail_says_of_a_piece_has_no_stray_blanks(client, editor):
    said = client.get("/cms/course-content/").content.decode()
    assert "添加课程" in said
    assert "添加 课程" not in said


@pytest.mark.parametrize(
    ("place", "count"),
    [
        ("questions/?q=求助途径", 2),
        ("questions/?q=家校", 3),
        ("questions/?kind=single", 2),
        ("questions/?q=没有的话", 0),
        ("banks/?q=JX-01", 1),
        ("quizzes/?q=家校", 1),
        ("lessons/?q=家校", 3),
        ("runs/?q=家校", 0),
    ],
)
def test_content_is_found_by_its_own_words_and_its_courses(
    client, editor, two_courses, place, count
):
    assert len(rows(client, place)) == count


def test_choices_of_a_form_name_the_course_too(client, editor, two_courses):
    shown = client.get("/cms/course-quizzes/new/").content.decode()
    assert "青少年心理健康教育 · 结业题库" in shown
    assert "家校沟通 · 结业测验" in shown


def test_filters_do_not_tell_a_co_editor_of_other_courses(client, two_courses, wang):
    services.share_course_with(actor=None, course=two_courses[0], user=wang.user)
    wang.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(wang.user)
    for place in ("lessons/", "banks/", "questions/", "quizzes/", "runs/"):
        shown = client.get(f"/cms/course-{place}").content.decode()
        assert "青少年心理健康教育" in shown
        assert "家校沟通" not in shown, place


@pytest.mark.parametrize("place", PLACES)
def test_a_longer_list_takes_no_more_queries(
    client, editor, course, place, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(40) as counted:
            assert client.get(f"/cms/course-{place}/").status_code == 200
        return len(counted)

    a_run(course)
    queries()
    few = queries()
    for number in range(3):
        more = a_course(
            f"课程{number}", code=f"N-{number}", category=a_category(f"C{number}", f"类{number}")
        )
        a_run(more, code=f"N-{number}-A")
        a_bank(more)
    assert Quiz.objects.count() == 4
    assert queries() == few
