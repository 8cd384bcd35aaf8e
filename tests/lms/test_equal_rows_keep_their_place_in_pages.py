"""Rows that are equal in what a list is sorted by stand in one order, whoever turns the page."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth.models import Permission
from django.core.paginator import Paginator

from core import clock
from courses.models import Course, Lesson
from media.models import Recording
from mentoring.selectors import gaps_for
from schools.models import ImportLine
from tests.courses.build import a_course
from tests.one_order import has_one_order
from tests.people import a_bureau, a_class, a_pupil, a_school, a_teacher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _spring(at) -> None:
    at("2026-03-02T12:00:00+08:00")


def test_recordings_of_one_instant_stand_by_their_keys():
    for _turn in range(45):
        Recording.objects.create(title="情绪的来处", created_at=clock.now())
    keys = [row.pk for page in Paginator(Recording.objects.all(), 20) for row in page]
    assert len(keys) == 45
    assert keys == sorted(keys, reverse=True)


def test_pupils_of_one_name_without_a_mentor_stand_by_their_keys():
    school = a_school()
    head = a_teacher("赵敏", school=school, posts=["principal"])
    pupils = [a_pupil("李欣", school_class=a_class(school=school)).pk for _turn in range(8)]
    assert [gap.pupil_id for gap in gaps_for(viewer=head.user, unit=school)] == sorted(pupils)


@pytest.mark.parametrize("order", ["title", "-credit_hours", "state"])
def test_course_content_sorted_by_a_column_stands_by_its_keys_in_it(client, order):
    for number in range(6):
        a_course(code=f"XL-{number:02}")
    editor = a_teacher("孙丽", posts=[("editor", a_bureau())])
    editor.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor.user)
    listed = client.get("/cms/course-content/", {"ordering": order}).context["object_list"]
    assert [row.pk for row in listed] == [row.pk for row in Course.objects.order_by(order, "pk")]


def test_the_guard_knows_which_lists_have_one_order():
    lines = ImportLine.objects.filter(roster=UUID(int=1))
    assert has_one_order(Recording.objects.all())
    assert has_one_order(Course.objects.order_by("title", "code")), "a code is one course's"
    assert has_one_order(lines.order_by("sheet", "number")), "within one roster"
    assert not has_one_order(ImportLine.objects.order_by("sheet", "number"))
    assert not has_one_order(Course.objects.order_by("title"))
    assert not has_one_order(Lesson.objects.order_by())
    with pytest.raises(AssertionError, match="pages of Course without one order"):
        Paginator(Course.objects.order_by("title"), 20).page(1)
