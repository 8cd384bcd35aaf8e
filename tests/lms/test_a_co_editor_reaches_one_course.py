"""A course's editor names a colleague, who then reaches exactly that course in /cms/."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Notice, User
from core.models import AuditEvent
from courses import permissions, services
from courses.models import CourseEditor, Lesson
from lms.editors import CO_EDITORS, settle_editors
from schools import services as services_of_schools
from tests.access.test_the_door_of_every_address import entering
from tests.courses.build import a_category, a_course, lesson_of
from tests.people import a_bureau, a_school, a_teacher

COURSES = "/cms/course-content/"


@pytest.fixture
def course(db: None, at: Any) -> Any:
    at("2026-03-02T09:00:00+08:00")
    return a_course()


@pytest.fixture
def wen(course: Any) -> Any:
    """文静, appointed editor."""
    person = a_teacher("文静", school=a_bureau(), number="W1", posts=["editor"])
    settle_editors()
    return person


@pytest.fixture
def wang(course: Any) -> Any:
    """王敏, a teacher of a school, without any post."""
    return a_teacher("王敏", school=a_school(), number="T100")


def text(response: Any) -> str:
    content: str = response.content.decode()
    return content


def name(editor: Any, course: Any, number: str) -> Any:
    place = f"{COURSES}co-editors/{course.pk}/"
    return entering(editor.user).post(place, {"staff_number": number}, follow=True)


@pytest.fixture
def named(wen: Any, wang: Any, course: Any, deliver: Any) -> Client:
    """王敏's browser after 文静 has named her."""
    answer = name(wen, course, " T100 ")
    assert "王敏现在可以共同编辑这门课程。" in text(answer)
    deliver()
    return entering(wang.user)


def test_a_colleague_who_is_named_is_told_and_edits_the_lessons(named, wang, course):
    notice = Notice.objects.get(user=wang.user)
    assert (notice.kind, notice.url, notice.values) == (
        "course_shared",
        COURSES,
        {"course": "青少年心理健康教育", "course_en": ""},
    )
    assert named.get("/cms/").status_code == 200
    reading = lesson_of(course, "reading")
    place = f"/cms/course-lessons/edit/{reading.pk}/"
    assert named.get(place).status_code == 200
    form = {
        "course": str(course.pk),
        "kind": "reading",
        "title": "王敏改过的标题",
        "position": "2",
        "required": "on",
        "recording": "",
        "text": "null",
    }
    assert named.post(place, form).status_code == 302
    assert Lesson.objects.get(pk=reading.pk).title == "王敏改过的标题"


def test_nothing_else_of_the_content_admin_is_hers(named, course):
    other = a_course("家校沟通", code="JX-01", category=a_category("HOME", "家校"))
    assert "家校沟通" not in text(named.get(COURSES))
    missing = (
        f"{COURSES}edit/{other.pk}/",
        f"/cms/course-lessons/edit/{lesson_of(other, 'reading').pk}/",
        f"{COURSES}co-editors/{course.pk}/",
        f"{COURSES}page/{course.pk}/",
        "/cms/pages/",
        "/cms/images/",
        "/cms/documents/",
        "/cms/recordings/",
        "/cms/reports/site-history/",
        "/cms/users/",
        "/cms/settings/website/sitesettings/",
        "/cms/pages/1/edit/",
    )
    for place in missing:
        assert named.get(place).status_code == 404, place
    assert named.get(f"{COURSES}new/").status_code == 302, "she makes no courses"


def test_the_second_factor_is_demanded_of_a_co_editor(named, wang):
    asked = entering(wang.user, second_factor="").get(COURSES)
    assert asked["Location"] == "/sign-in/code/?next=%2Fcms%2Fcourse-content%2F"


def test_who_is_taken_off_finds_nothing_on_the_next_request(named, wen, wang, course, deliver):
    place = f"{COURSES}co-editors/{course.pk}/{wang.user.pk}/"
    ended = entering(wen.user).post(place, follow=True)
    assert "已移除共同编辑" in text(ended)
    assert "还没有人共同编辑这门课程。" in text(ended)
    assert named.get(COURSES).status_code == 404, "before any job has run"
    deliver()
    assert not wang.user.groups.filter(name=CO_EDITORS).exists()
    assert entering(wen.user).post(place).status_code == 404
    assert AuditEvent.objects.filter(verb="courses.unshare").count() == 1


def test_naming_again_changes_nothing(named, wen, course):
    name(wen, course, "T100")
    assert CourseEditor.objects.count() == 1
    assert AuditEvent.objects.filter(verb="courses.share").count() == 1
    assert Notice.objects.filter(kind="course_shared").count() == 1
    assert "1 人，管理" in text(entering(wen.user).get(COURSES))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("T999", "没有这个工号的在职教师，请核对。"),
        ("T200", "这位教师还没有开通账号，请先由学校开通。"),
        ("", "请填写工号。"),
    ],
)
def test_who_cannot_be_named_is_explained_and_nobody_is_named(wen, course, number, words):
    a_teacher("李娜", number="T200", with_user=False)
    answer = name(wen, course, number)
    assert (answer.status_code, CourseEditor.objects.count()) == (422, 0)
    assert words in text(answer)


def test_only_who_keeps_all_courses_names_and_takes_off(wang, course):
    li = a_teacher("李娜", number="T300")
    services.share_course_with(actor=None, course=course, user=li.user)
    settle_editors()
    for person in (wang, li):
        browser = entering(person.user)
        place = f"{COURSES}co-editors/{course.pk}/"
        assert browser.post(place, {"staff_number": "T100"}).status_code == 404
        assert browser.post(f"{place}{li.user.pk}/").status_code == 404
    assert list(CourseEditor.objects.values_list("user", flat=True)) == [li.user.pk]


def test_who_works_for_nobody_any_more_edits_no_longer(named, wang, course, at):
    services_of_schools.move_teacher(actor=None, teacher=wang, unit=None, on=date(2026, 3, 9))
    assert named.get("/cms/").status_code == 200
    at("2026-03-09T09:00:00+08:00")
    place = f"/cms/course-lessons/edit/{lesson_of(course, 'reading').pk}/"
    assert named.get(place).status_code != 200
    assert not permissions.can_edit_course(User.objects.get(pk=wang.user.pk), course)
    settle_editors()
    assert not wang.user.groups.filter(name=CO_EDITORS).exists()
