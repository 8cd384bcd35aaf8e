"""A page that fails says so in the reader's language and tells what to do next."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, RequestFactory

from lms import views

pytestmark = pytest.mark.django_db


def test_what_is_missing_leads_on(client: Client, site: dict[str, Any]):
    answer = client.get("/nowhere/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "没有找到页面" in page
    assert 'href="/help/"' in page
    assert 'href="/"' in page


def test_what_is_missing_is_said_in_the_language_that_the_reader_chose(
    client: Client, site: dict[str, Any]
):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for path in ("/nowhere/", "/en/nowhere/"):
        answer = client.get(path)
        page = answer.content.decode()
        assert (answer.status_code, answer["Content-Language"]) == (404, "en")
        assert "Page not found" in page
        assert "Courses" in page
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert "Page not found" in client.get("/en/nowhere/").content.decode()


def test_a_part_of_a_page_that_is_missing_stays_a_part(client: Client, site: dict[str, Any]):
    answer = client.get("/nowhere/", headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "<html" not in answer.content.decode()


def broken(path: str, error: Exception, **headers: str) -> Any:
    request = RequestFactory(headers=headers).get(path)
    try:
        raise error
    except Exception:
        return views.broken(request)


def test_a_fault_asks_nothing_of_the_database(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        answer = broken("/x/", ValueError("secret detail"))
    assert answer.status_code == 500
    assert "系统出现意外错误" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_a_database_that_is_away_is_503_in_chinese(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        answer = broken("/x/", OperationalError("server closed the connection"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "系统暂时无法应答" in answer.content.decode()
    assert "12356" in answer.content.decode()


def test_a_part_of_a_page_says_that_the_database_is_away():
    answer = broken("/x/", OperationalError("gone"), **{"HX-Request": "true"})
    assert answer.status_code == 503
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(OperationalError("gone"), 503, "unavailable"), (ValueError("x"), 500, "error")],
)
def test_the_api_answers_with_a_problem_document(error: Exception, status: int, code: str):
    answer = broken("/api/v1/me", error)
    assert answer.status_code == status
    assert json.loads(answer.content)["code"] == code


def test_too_often_says_when_to_come_back(rf: RequestFactory, site: dict[str, Any]):
    from core.http import error_response
    from core.throttle import Throttled

    answer = error_response(rf.get("/verify/"), Throttled(42))
    assert (answer.status_code, answer["Retry-After"]) == (429, "42")
    assert "请在 42 秒后再试" in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_the_way_on(site: dict[str, Any]):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/slip/", {"username": "x", "code": "y"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
