"""The catalogue and a course's page: the same for everybody, found by a part of a Chinese word."""

from __future__ import annotations

import json
import re

import pytest

from core import page_cache
from courses import services
from courses.models import Course, CoursePage
from courses.rules.listing import data_block
from tests.courses.build import a_catalogue_page, a_course, a_course_page, a_run


def text(response):
    return response.content.decode()


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test():
    page_cache.forget()


@pytest.fixture
def page(course, run):
    Course.objects.filter(pk=course.pk).update(summary="看懂情绪，接住求助。")
    course.refresh_from_db()
    body = [
        {"type": "aims", "value": [{"type": "item", "id": "1", "value": "识别危机信号"}]},
        {"type": "audience", "value": "<p>班主任与心理教师</p>"},
        {
            "type": "syllabus",
            "value": [{"type": "item", "id": "2", "value": {"title": "第一讲", "text": ""}}],
        },
        {
            "type": "lecturers",
            "value": [
                {
                    "type": "item",
                    "id": "3",
                    "value": {"name": "李老师", "title": "心理教研员", "text": ""},
                }
            ],
        },
        {"type": "section", "value": {"heading": "常见问题", "text": "<p>可以补学。</p>"}},
    ]
    return a_course_page(course, body=json.dumps(body))


def test_the_course_page_says_what_it_is_about(client, page):
    shown = text(client.get("/courses/xl-01/"))
    for words in (
        "识别危机信号",
        "班主任与心理教师",
        "第一讲",
        "李老师",
        "常见问题",
        "看懂情绪，接住求助。",
        "心理健康教育",
        "<dd>2.5</dd>",
        "报名：2026年3月1日至2026年6月30日",
    ):
        assert words in shown, words


def test_the_course_page_is_the_same_for_everybody(client, page, wang):
    anonymous = text(client.get("/courses/xl-01/"))
    services.enrol(actor=wang.user, run=page.course.runs.get())
    client.force_login(wang.user)
    assert text(client.get("/courses/xl-01/")) == anonymous
    assert f'hx-get="/learn/courses/{page.course_id}/enrolment/?next=/courses/xl-01/"' in anonymous


def test_search_engines_read_a_data_block_that_no_browser_runs(client, page):
    answer = client.get("/courses/xl-01/")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text(answer), re.S)
    listing = json.loads(block.group(1))
    assert (listing["@type"], listing["courseCode"]) == ("Course", "XL-01")
    assert listing["timeRequired"] == "PT2.5H"
    assert listing["url"] == "http://testserver/courses/xl-01/"
    assert listing["hasCourseInstance"] == [
        {
            "@type": "CourseInstance",
            "name": "XL-01-A",
            "courseMode": "online",
            "startDate": "2026-03-01",
            "endDate": "2026-07-01",
        }
    ]
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src" in policy


def test_text_cannot_break_out_of_the_data_block():
    block = data_block({"name": "</script><script>alert(1)</script>\u2028&"})
    assert block.count("<") == 2
    assert json.loads(block[len('<script type="application/ld+json">') : -len("</script>")]) == {
        "name": "</script><script>alert(1)</script>\u2028&"
    }


def found(client, query=""):
    return sorted(re.findall(r'card-title"><a href="[^"]*">([^<]*)<', text(client.get(query))))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["家校沟通", "青少年心理健康教育"]),
        ("?q=青少年", ["青少年心理健康教育"]),
        ("?q=情绪", ["青少年心理健康教育"]),
        ("?q=jx", ["家校沟通"]),
        ("?q=心理健康教育", ["家校沟通", "青少年心理健康教育"]),
        ("?q=导师工作", ["家校沟通"]),
        ("?q=小学", ["家校沟通"]),
        ("?q=混合研修", ["家校沟通"]),
        ("?q=primary", ["家校沟通"]),
        ("?q=%00%22", []),
        ("?stage=primary", ["家校沟通", "青少年心理健康教育"]),
        ("?stage=senior", ["青少年心理健康教育"]),
        ("?subject=mentoring", ["家校沟通"]),
        ("?category=PSY&mode=blended", ["家校沟通"]),
        ("?hours=long", ["家校沟通"]),
        ("?hours=short", ["青少年心理健康教育"]),
        ("?open=1", ["青少年心理健康教育"]),
        ("?page=99", ["家校沟通", "青少年心理健康教育"]),
        ("?hours=bogus&mode=bogus", ["家校沟通", "青少年心理健康教育"]),
    ],
)
def test_the_catalogue_is_searched_and_filtered(client, page, query, titles):
    page.course.save()
    other = a_course(
        "家校沟通",
        code="JX-01",
        hours="12.00",
        stage="primary",
        subject="mentoring",
        mode="blended",
    )
    a_course_page(other)
    a_course("看不见的草稿", code="DR-01", publish=False)
    assert found(client, f"/courses/{query}") == titles


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?stage=zzz", True),
        ("?hours=bogus&q=青少年", True),
        ("?stage=primary&subject=", False),
        ("?hours=long&mode=online", False),
    ],
)
def test_a_filter_that_does_not_exist_is_said_to_be_left_out(client, page, query, says):
    shown = text(client.get(f"/courses/{query}"))
    assert ("网址中有无法识别的筛选条件，没有按它筛选。" in shown) is says


def test_a_renamed_category_is_found_by_its_new_name(client, page):
    category = page.course.category
    category.name = "班级管理与育人"
    services.keep_content(actor=None, instance=category)
    assert found(client, "/courses/?q=班级管理") == ["青少年心理健康教育"]


def test_an_empty_result_offers_the_way_back(client, page):
    shown = text(client.get("/courses/?q=无此课程"))
    assert "没有找到符合条件的课程" in shown
    assert "共 0 门课程" in shown
    assert '<a class="button" href="/courses/">查看全部课程</a>' in shown


def test_a_course_whose_page_is_gone_leads_from_the_catalogue_to_where_one_enrols(
    client, page, wang
):
    CoursePage.objects.get().unpublish()
    assert client.get("/courses/xl-01/").status_code == 404
    shown = text(client.get("/courses/"))
    address = f"/learn/courses/{page.course_id}/enrolment/"
    assert f'<h2 class="card-title"><a href="{address}">青少年心理健康教育</a></h2>' in shown
    client.force_login(wang.user)
    stands = text(client.get(address))
    assert "看懂情绪，接住求助。" in stands
    assert 'action="/learn/runs/XL-01-A/enrolment/"' in stands


def test_a_page_without_a_course_still_shows(client, in_march):
    page = a_catalogue_page().add_child(instance=CoursePage(title="预告", slug="soon"))
    shown = text(client.get(page.url))
    assert "目前没有开放的班次" in shown
    assert "ld+json" not in shown


def test_enrolling_without_javascript_starts_at_the_fragments_own_address(client, page, wang):
    client.force_login(wang.user)
    address = f"/learn/courses/{page.course_id}/enrolment/?next=/courses/xl-01/"
    assert f'<a class="button is-primary" href="{address}">' in text(client.get("/courses/xl-01/"))
    assert 'action="/learn/runs/XL-01-A/enrolment/"' in text(client.get(address))


def test_the_catalogue_takes_the_same_queries_for_any_number_of_courses(
    client, page, django_assert_max_num_queries
):
    def queries():
        courses = Course.objects.count()
        client.get(f"/courses/?warm={courses}")
        with django_assert_max_num_queries(30) as counted:
            client.get(f"/courses/?page=1&q=&mode=online&n={courses}")
        return len(counted)

    few = queries()
    for number in range(8):
        course = a_course(f"课程{number}", code=f"N-{number}")
        a_run(course, code=f"N-{number}-A")
        a_course_page(course)
    assert queries() == few
