"""A notice of a completed course leads to it also after the code of its run was corrected."""

from __future__ import annotations

import pytest

from accounts.models import Notice
from courses import services
from courses.models import CourseRun
from tests.courses.build import a_run, finish


@pytest.fixture
def wangs(client, wang):
    client.force_login(wang.user)
    return client


@pytest.fixture
def corrected(run, wang) -> CourseRun:
    """王敏 completed XL-01-A, whose code was a slip for XL-01-S."""
    finish(wang.user, services.enrol(actor=wang.user, run=run))
    run = CourseRun.objects.get(pk=run.pk)
    run.code = "XL-01-S"
    services.keep_content(actor=None, instance=run)
    return run


def test_the_notice_leads_to_the_code_in_force(wangs, wang, corrected):
    notice = Notice.objects.get(user=wang.user, kind="course_completed")
    assert notice.place == "/learn/XL-01-A/"
    answer = wangs.get(notice.place)
    assert (answer.status_code, answer["Location"]) == (302, "/learn/XL-01-S/")
    assert wangs.get("/learn/XL-01-S/").status_code == 200


def test_an_old_code_says_nothing_to_others(client, li, corrected):
    client.force_login(li.user)
    old, never = client.get("/learn/XL-01-A/"), client.get("/learn/XL-01-Z/")
    assert (old.status_code, never.status_code) == (404, 404)
    services.enrol(actor=li.user, run=corrected)
    assert client.get("/learn/XL-01-A/").status_code == 404, "he never learned under that code"
    assert client.get("/learn/XL-01-S/").status_code == 200


def test_a_run_that_bears_the_old_code_now_comes_first_for_those_in_it(
    wangs, wang, course, corrected
):
    evening = a_run(course, code="XL-01-A", name="2026 年晚班")
    assert wangs.get("/learn/XL-01-A/")["Location"] == "/learn/XL-01-S/"
    services.enrol(actor=wang.user, run=evening)
    assert "2026 年晚班" in wangs.get("/learn/XL-01-A/").content.decode()
