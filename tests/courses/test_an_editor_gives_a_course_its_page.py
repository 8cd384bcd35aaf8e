"""A course on offer without a page is noticed, and its page is begun with one button."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from core.models import AuditEvent
from courses import services
from courses.models import CoursePage
from courses.services.presenting import NoCatalogue
from lms.editors import settle_editors
from tests.courses.build import a_catalogue_page, a_course, a_course_page
from tests.people import a_bureau, a_teacher

COURSES = "/cms/course-content/"
WARNING = "课程已发布，但还没有公开的课程页面"


@pytest.fixture
def editor(client, in_march):
    person = a_teacher("孙丽", posts=[("editor", a_bureau())])
    settle_editors()
    client.force_login(person.user)
    return person


def text(response):
    return response.content.decode()


def form_of(course):
    return {
        "code": course.code,
        "title": course.title,
        "summary": course.summary,
        "category": str(course.category_id),
        "credit_hours": "2.50",
        "stage": "all",
        "subject": "general",
        "mode": "online",
        "level": "prefecture",
        "state": course.state,
    }


def test_saving_a_course_on_offer_without_a_page_says_so_and_offers_one(client, editor, course):
    saved = client.post(f"{COURSES}edit/{course.pk}/", form_of(course), follow=True)
    assert WARNING in text(saved)
    assert f'href="{COURSES}page/{course.pk}/"' in text(saved)
    assert "没有，去新建" in text(client.get(COURSES))


def test_a_draft_or_a_course_with_its_page_is_no_matter(client, editor, course):
    a_course_page(course)
    draft = a_course("草稿课", code="CG-01", publish=False)
    for saved in (course, draft):
        answer = client.post(f"{COURSES}edit/{saved.pk}/", form_of(saved), follow=True)
        assert WARNING not in text(answer)
    assert "已公开" in text(client.get(COURSES))


def test_one_button_begins_the_page_once_and_leads_to_it(client, editor, course):
    a_catalogue_page()
    place = f"{COURSES}page/{course.pk}/"
    assert "新建一个草稿页面" in text(client.get(place))
    assert not CoursePage.objects.exists()
    answer = client.post(place)
    page = CoursePage.objects.get()
    assert (page.title, page.slug, page.course_id, page.live) == (
        "青少年心理健康教育",
        "xl-01",
        course.pk,
        False,
    )
    assert answer.url == f"/cms/pages/{page.pk}/edit/"
    assert client.get(answer.url).status_code == 200
    assert client.post(place).url == answer.url
    assert CoursePage.objects.count() == 1
    assert AuditEvent.objects.filter(verb="courses.add_page").count() == 1
    assert "未公开" in text(client.get(COURSES))


def test_a_slug_that_is_taken_gets_a_number(course):
    a_course_page(a_course("旧课", code="JK-01"), slug="xl-01")
    assert services.add_course_page(actor=None, course=course).slug == "xl-01-1"


def test_without_a_catalogue_the_editor_is_told(client, editor, course):
    with pytest.raises(NoCatalogue):
        services.add_course_page(actor=None, course=course)
    answer = client.post(f"{COURSES}page/{course.pk}/", follow=True)
    assert "网站还没有课程目录页" in text(answer)


def test_who_only_shares_a_course_finds_no_such_button(client, course, wang):
    services.share_course_with(actor=None, course=course, user=wang.user)
    wang.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(wang.user)
    assert "没有，去新建" not in text(client.get(COURSES))
    assert client.get(f"{COURSES}page/{course.pk}/").status_code == 404
    assert client.post(f"{COURSES}page/{course.pk}/").status_code == 404
    assert not CoursePage.objects.exists()
