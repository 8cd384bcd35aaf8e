"""What a request asks for wrongly is told in Chinese, field by field, in one shape."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import translation

from core import clock
from courses import services
from tests.courses.build import a_course, a_run, lesson_of
from tests.people import a_teacher, a_user

pytestmark = pytest.mark.django_db


def problem_of(answer):
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    return answer.status_code, body["code"], body.get("fields", [])


@pytest.mark.parametrize(
    ("query", "field", "code", "message"),
    [
        (
            "stage=bogus",
            "stage",
            "choice",
            "只能是以下之一：kindergarten / primary / junior / senior / vocational / all。",
        ),
        ("subject=magic", "subject", "choice", None),
        ("mode=telepathy", "mode", "choice", None),
        ("hours=endless", "hours", "choice", "只能是以下之一：short / middle / long。"),
        ("open=perhaps", "open", "boolean", "只能是 true 或 false。"),
        ("limit=-1", "limit", "too_small", "不能小于 1。"),
        ("limit=0", "limit", "too_small", "不能小于 1。"),
        ("limit=201", "limit", "too_large", "不能大于 200。"),
        ("limit=abc", "limit", "integer", "应为整数。"),
        ("limit=²", "limit", "integer", "应为整数。"),
        ("offset=-1", "offset", "too_small", "不能小于 0。"),
        ("offset=eyJwIjoxfQ", "offset", "integer", "应为整数。"),
        ("q=" + "x" * 201, "q", "too_long", "不能超过 200 个字。"),
    ],
)
def test_a_filter_that_makes_no_sense_is_400_and_names_what_it_may_be(
    client, query, field, code, message
):
    answer = client.get(f"/api/v1/courses?{query}")
    status, problem, (said,) = problem_of(answer)
    assert (status, problem) == (400, "invalid_query")
    assert (said["field"], said["code"]) == (field, code)
    assert message is None or said["message"] == message
    assert answer.json()["detail"] == f"查询条件不符合要求：{field} {said['message']}"


def test_an_unknown_category_is_told_those_that_there_are(client):
    a_course("家校沟通", code="JX-01")
    answer = client.get("/api/v1/courses?category=NONE")
    status, problem, (said,) = problem_of(answer)
    assert (status, problem, said["field"]) == (400, "invalid_query", "category")
    assert said["message"] == "只能是以下之一：PSY。"
    assert client.get("/api/v1/courses?category=PSY").json()["count"] == 1


@pytest.mark.parametrize("query", ["limit=-1", "limit=0", "limit=abc", "offset=-1", "offset=x"])
def test_every_list_refuses_the_same_pages(client, query):
    client.force_login(a_user("王敏"))
    for path in ("courses", "certificates"):
        status, problem, (said,) = problem_of(client.get(f"/api/v1/{path}?{query}"))
        assert (status, problem, said["field"]) == (400, "invalid_query", query.partition("=")[0])


def test_text_that_cannot_be_kept_is_400(client):
    client.force_login(a_user("王敏"))
    assert problem_of(client.get("/api/v1/courses?q=%00"))[:2] == (400, "unusable_text")
    for text in (r"\u0000", r"\ud800"):
        answer = client.post(
            "/api/v1/watch/beats",
            f'{{"token": "{text}", "ranges": [], "position_ms": 0, "visible": true}}',
            content_type="application/json",
            headers={"Idempotency-Key": uuid4().hex},
        )
        assert problem_of(answer)[:2] == (400, "unusable_text")


def test_each_wrong_value_of_a_body_is_named_with_its_path_and_told_in_the_readers_language(
    client,
):
    client.force_login(a_user("王敏"))

    def send():
        return client.post(
            "/api/v1/watch/beats",
            {"token": "x" * 2001, "ranges": [[0, "9"]], "position_ms": None},
            content_type="application/json",
            headers={"Idempotency-Key": uuid4().hex},
        )

    status, code, fields = problem_of(send())
    assert (status, code) == (422, "invalid")
    assert fields == [
        {"field": "token", "code": "too_long", "message": "不能超过 2000 个字。"},
        {"field": "ranges.0.1", "code": "integer", "message": "应为整数。"},
        {"field": "position_ms", "code": "integer", "message": "应为整数。"},
        {"field": "visible", "code": "required", "message": "必须填写。"},
    ]
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        assert send().json()["fields"][3]["message"] == "Must be given."


def test_a_refusal_of_a_room_has_the_same_shape(client):
    wang = a_teacher("王敏")
    course = a_course()
    today = clock.today()
    dates = {"enrol_opens_on": today, "enrol_closes_on": None, "learn_opens_on": today}
    run = a_run(course, **dates, learn_closes_on=None)
    services.enrol(actor=wang.user, run=run)
    client.force_login(wang.user)

    def call(method, path, body):
        return getattr(client, method)(
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": uuid4().hex},
        )

    quiz = {"lesson": str(lesson_of(course, "quiz").pk)}
    attempt = call("post", "attempts", quiz).json()
    question = attempt["questions"][0]["id"]
    path = f"attempts/{attempt['id']}/answers/{question}"
    assert problem_of(call("put", path, {"options": ["none"], "sequence": 1})) == (
        422,
        "invalid",
        [{"field": "options", "code": "invalid", "message": "所选选项不属于这道题。"}],
    )


def test_a_body_that_is_not_said_to_be_json_is_415_and_a_flood_is_413(client, settings):
    client.force_login(a_user("王敏"))
    keyed = {"Idempotency-Key": uuid4().hex}
    plain = client.post("/api/v1/watch", "{}", content_type="text/plain", headers=keyed)
    assert problem_of(plain)[:2] == (415, "unsupported_media_type")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    flood = client.post("/api/v1/watch", "x" * 1001, "application/json", headers=keyed)
    assert problem_of(flood)[:2] == (413, "too_large")
    client.force_login(a_teacher("周敏", posts=["school_admin"]).user)
    broken = client.post(
        "/api/v1/imports", "--x\r\n", content_type="multipart/form-data", headers=keyed
    )
    assert problem_of(broken)[:2] == (400, "bad_request")
