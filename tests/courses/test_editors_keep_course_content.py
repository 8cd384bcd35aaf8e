"""The course administration: editors change content, co-editors their course, nobody more."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db.models import ProtectedError

from courses import services
from courses.models import Course, CourseRun, CreditCategory, Lesson, Question, QuestionBank, Quiz
from courses.permissions import can_edit_course, editable_courses
from tests.courses.build import a_category, a_course, a_run, lesson_of
from tests.people import a_bureau, a_teacher

PLACES = {
    Course: "course-content",
    CourseRun: "course-runs",
    Lesson: "course-lessons",
    QuestionBank: "course-banks",
    Question: "course-questions",
    Quiz: "course-quizzes",
    CreditCategory: "course-categories",
}


@pytest.fixture
def editor(client, in_march):
    person = a_teacher("孙丽", posts=[("editor", a_bureau())])
    person.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person.user)
    return person


def first(model):
    return model.objects.order_by("pk")[0]


@pytest.mark.parametrize("model", PLACES)
def test_an_editor_opens_every_list_and_form(client, editor, run, model):
    place = f"/cms/{PLACES[model]}/"
    for path in ("", "new/", f"edit/{first(model).pk}/", f"usage/{first(model).pk}/"):
        assert client.get(place + path).status_code == 200, path


@pytest.mark.parametrize("model", PLACES)
def test_nothing_is_deleted_here(client, editor, run, model):
    thing = first(model)
    client.post(f"/cms/{PLACES[model]}/delete/{thing.pk}/")
    assert model.objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize("model", PLACES)
def test_a_teacher_finds_no_administration(client, wang, run, model):
    client.force_login(wang.user)
    assert client.get(f"/cms/{PLACES[model]}/").status_code == 404
    assert client.post(f"/cms/{PLACES[model]}/edit/{first(model).pk}/", {}).status_code == 404


def test_a_course_is_made_from_nothing_to_offered(client, editor):
    category = a_category()
    facts = {
        "code": "NEW-1",
        "title": "新课",
        "summary": "",
        "category": str(category.pk),
        "credit_hours": "3.00",
        "stage": "all",
        "subject": "general",
        "mode": "online",
        "level": "prefecture",
        "state": "published",
    }
    refused = client.post("/cms/course-content/new/", facts)
    assert "课程至少要有一个必修课节，才能发布。" in refused.content.decode()
    client.post("/cms/course-content/new/", facts | {"state": "draft"})
    course = Course.objects.get(code="NEW-1")
    client.post(
        "/cms/course-lessons/new/",
        {
            "course": str(course.pk),
            "kind": "reading",
            "title": "导读",
            "position": "1",
            "required": "on",
            "recording": "",
            "text": '{"blocks":[{"key":"a","text":"请先读。","type":"unstyled","depth":0,'
            '"inlineStyleRanges":[],"entityRanges":[],"data":{}}],"entityMap":{}}',
        },
    )
    assert "请先读。" in Lesson.objects.get().text
    client.post(f"/cms/course-content/edit/{course.pk}/", facts)
    course.refresh_from_db()
    assert (course.state, course.rules.count()) == ("published", 1)
    client.post(
        "/cms/course-runs/new/",
        {
            "course": str(course.pk),
            "code": "NEW-1-A",
            "name": "第一班",
            "enrol_opens_on": "2026-03-01",
            "learn_opens_on": "2026-03-01",
            "capacity": "2",
            "state": "published",
        },
    )
    assert CourseRun.objects.get().enrolment_window.holds(date(2026, 3, 2))


def test_a_question_gets_a_new_version_and_wrong_marks_are_explained(client, editor, course):
    question = Question.objects.get(kind="single")
    place = f"/cms/course-questions/edit/{question.pk}/"
    assert "*对：倾听" in client.get(place).content.decode()
    answer = client.post(place, {"text": "换个问法？", "options": "甲\n乙", "explanation": ""})
    assert "请标出正确答案" in answer.content.decode()
    assert question.versions.count() == 1
    client.post(place, {"text": "换个问法？", "options": "*甲\n乙\n", "explanation": "看导读"})
    newest = question.versions.order_by("-number")[0]
    assert (newest.number, newest.text) == (2, "换个问法？")
    assert [(option["text"], option["correct"]) for option in newest.options] == [
        ("甲", True),
        ("乙", False),
    ]
    client.post(place, {"text": "换个问法？", "options": "甲\n＊ 乙", "explanation": ""})
    typed_in_chinese = question.versions.order_by("-number")[0]
    assert [(option["text"], option["correct"]) for option in typed_in_chinese.options] == [
        ("甲", False),
        ("乙", True),
    ]
    bank = QuestionBank.objects.get()
    client.post(
        "/cms/course-questions/new/",
        {"bank": str(bank.pk), "kind": "true_false", "text": "对吗", "options": "*对\n错"},
    )
    assert Question.objects.filter(bank=bank).count() == 4
    client.post(place, {"text": "换", "options": "*甲\n乙", "explanation": "", "retire": "on"})
    question.refresh_from_db()
    assert question.retired_at is not None


def test_a_lesson_is_withdrawn_and_kinds_are_checked(client, editor, course):
    film = lesson_of(course, "recording")
    place = f"/cms/course-lessons/edit/{film.pk}/"
    facts = {
        "course": str(course.pk),
        "kind": "recording",
        "title": "视频",
        "position": "1",
        "required": "on",
        "recording": "",
        "text": "null",
    }
    assert "录像课节要选一个已发布的录像" in client.post(place, facts).content.decode()
    wrong = facts | {"kind": "reading", "recording": str(film.recording_id)}
    assert "只有录像课节可以选录像" in client.post(place, wrong).content.decode()
    gone = facts | {"recording": str(film.recording_id), "withdraw": "on"}
    assert "下架不能恢复，请一并勾选确认" in client.post(place, gone).content.decode()
    film.refresh_from_db()
    assert film.withdrawn_at is None
    client.post(place, gone | {"withdraw_sure": "on"})
    film.refresh_from_db()
    assert film.withdrawn_at is not None
    assert course.rules.count() == 2


def test_capacity_below_the_seats_taken_is_refused_in_words(client, editor, run, wang, li):
    for person in (wang, li):
        services.enrol(actor=person.user, run=run)
    facts = {
        "course": str(run.course_id),
        "code": run.code,
        "name": run.name,
        "enrol_opens_on": "2026-03-01",
        "learn_opens_on": "2026-03-01",
        "capacity": "1",
        "state": "published",
    }
    answer = client.post(f"/cms/course-runs/edit/{run.pk}/", facts)
    assert "已有 2 人报名，名额不能更少。" in answer.content.decode()
    run.refresh_from_db()
    assert run.capacity == 30


@pytest.fixture
def co_editor(client, course, wang):
    """王敏 holds no post; a colleague shares one course with her."""
    services.share_course_with(actor=None, course=course, user=wang.user)
    services.share_course_with(actor=None, course=course, user=wang.user)
    return wang


def test_a_co_editor_reaches_the_shared_course_only(co_editor, course, li):
    other = a_course("家校沟通", code="JX-01")
    assert list(editable_courses(co_editor.user)) == [course]
    assert (can_edit_course(co_editor.user, course), can_edit_course(li.user, course)) == (
        True,
        False,
    )
    services.stop_sharing_course(actor=None, course=course, user=co_editor.user)
    assert list(editable_courses(co_editor.user)) == []
    assert not can_edit_course(co_editor.user, other)


@pytest.mark.parametrize("model", PLACES)
def test_in_the_administration_a_co_editor_finds_the_own_course_only(
    client, co_editor, course, run, model
):
    co_editor.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(co_editor.user)
    others = set(model.objects.values_list("pk", flat=True))
    other = a_course("家校沟通", code="JX-01", category=a_category("HOME", "家校"))
    a_run(other, code="JX-01-A")
    foreign = model.objects.exclude(pk__in=others)[0]
    place = f"/cms/{PLACES[model]}/"
    for path in ("edit", "usage", "history", "delete"):
        answer = client.get(f"{place}{path}/{foreign.pk}/")
        assert answer.status_code in {302, 404}, path
    answer = client.post(f"{place}edit/{foreign.pk}/", {})
    assert answer.status_code in {302, 404}
    if model is CreditCategory:
        return
    listed = client.get(place).content.decode()
    own = model.objects.filter(pk__in=others)[0]
    assert f"edit/{own.pk}/" in listed
    assert f"edit/{foreign.pk}/" not in listed
    assert client.get(f"{place}edit/{own.pk}/").status_code == 200


def test_superusers_keep_no_course_by_that_alone(course, in_march):
    from tests.people import a_user

    root = a_user("root")
    root.is_superuser = True
    root.save()
    assert list(editable_courses(root)) == []


def test_a_course_with_enrolments_is_not_deleted_even_in_code(course, run, wang):
    services.enrol(actor=wang.user, run=run)
    with pytest.raises(ProtectedError):
        course.delete()
