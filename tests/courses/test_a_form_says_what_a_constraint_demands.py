"""What the database refuses, a form under /cms/ refuses first, in words that name the field."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from courses.models import CourseRun, Lesson, QuestionBank, Quiz
from tests.courses.build import a_category
from tests.people import a_bureau, a_teacher


@pytest.fixture
def editor(client, in_march):
    person = a_teacher("孙丽", posts=[("editor", a_bureau())])
    person.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person.user)
    return person


def refusal(client, place, form):
    answer = client.post(f"/cms/course-{place}/new/", form)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "courses_" not in shown, "no constraint's name"
    return shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"enrol_closes_on": "2026-02-28"}, "报名截止日期要晚于报名开始日期。"),
        ({"enrol_closes_on": "2026-03-01"}, "报名截止日期要晚于报名开始日期。"),
        ({"learn_closes_on": "2026-02-28"}, "学习结束日期要晚于学习开始日期。"),
    ],
)
def test_dates_of_a_run_in_the_wrong_order(client, editor, course, changes, words):
    form = {
        "course": str(course.pk),
        "code": "XL-01-Z",
        "name": "倒着走的班次",
        "enrol_opens_on": "2026-03-01",
        "learn_opens_on": "2026-03-01",
        "capacity": "3",
        "state": "draft",
    }
    assert words in refusal(client, "runs", form | changes)
    assert not CourseRun.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pass_percent": "0"}, "及格线要在 1 到 100 之间。"),
        ({"pass_percent": "101"}, "及格线要在 1 到 100 之间。"),
        ({"pick": "0"}, "作答次数上限、限时和抽题数要么空白，要么至少为 1。"),
    ],
)
def test_limits_of_a_quiz_out_of_bounds(client, editor, course, changes, words):
    film = Lesson.objects.get(course=course, kind="recording")
    bank = QuestionBank.objects.get(course=course)
    form = {"lesson": str(film.pk), "bank": str(bank.pk), "pass_percent": "60"}
    assert words in refusal(client, "quizzes", form | changes)
    assert not Quiz.objects.filter(lesson=film).exists()


def test_a_second_bank_of_the_same_name(client, editor, course):
    bank = QuestionBank.objects.get(course=course)
    form = {"course": str(course.pk), "name": bank.name}
    assert "这门课程里已有同名的题库，请换一个题库名称。" in refusal(client, "banks", form)


def test_a_course_worth_nothing(client, editor):
    form = {
        "code": "NEW-1",
        "title": "新课",
        "category": str(a_category().pk),
        "credit_hours": "0",
        "stage": "all",
        "subject": "general",
        "mode": "online",
        "level": "prefecture",
        "state": "draft",
    }
    assert "学时要大于 0。" in refusal(client, "content", form)
