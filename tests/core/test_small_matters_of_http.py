"""Addresses behind proxies, byte ranges, problem documents."""

from __future__ import annotations

import json
from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import UUIDField
from django.http import FileResponse, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from core import errors, http
from core.middleware import (
    ActorMiddleware,
    DomainErrorMiddleware,
    HeadMiddleware,
    NulMiddleware,
)
from core.throttle import Throttled


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "1.1.1.1, ", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_who_asks(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded}
    )
    assert http.client_address(request) == address


FINE = HttpResponse()
CONTENT = bytes(range(256)) * 1024


@pytest.mark.parametrize(
    ("header", "status", "span"),
    [
        (None, 200, None),
        ("bytes=0-", 206, (0, 262_143)),
        ("bytes=0-0", 206, (0, 0)),
        ("bytes=100-70000", 206, (100, 70_000)),
        ("bytes=262143-999999", 206, (262_143, 262_143)),
        ("bytes=-5", 206, (262_139, 262_143)),
        ("bytes=-999999", 206, (0, 262_143)),
        ("bytes=262144-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=5-2", 416, None),
        ("bytes=0-1,5-6", 200, None),
        ("bytes=-", 200, None),
        ("bytes=²-3", 200, None),
        ("items=0-1", 200, None),
        ("bytes=a-b", 200, None),
    ],
)
def test_byte_ranges(tmp_path, header, status, span):
    file = tmp_path / "a.mp4"
    file.write_bytes(CONTENT)
    headers = {} if header is None else {"Range": header}
    request = RequestFactory().get("/", headers=headers)
    response = http.ranged_file_response(request, file, "video/mp4")
    body = b"".join(response)
    assert response.status_code == status
    if status == HTTPStatus.OK:
        assert (body, response["Accept-Ranges"]) == (CONTENT, "bytes")
    elif status == HTTPStatus.PARTIAL_CONTENT:
        first, last = span
        assert body == CONTENT[first : last + 1]
        assert response["Content-Range"] == f"bytes {first}-{last}/262144"
        assert response["Content-Length"] == str(len(body))
    else:
        assert response["Content-Range"] == "bytes */262144"
    closers = getattr(response, "_resource_closers", [])
    for close in closers:
        close()


def test_a_file_that_shrank_ends_early(tmp_path):
    file = tmp_path / "a.mp4"
    file.write_bytes(b"abc")
    assert b"".join(http._pieces(file, 1, 100)) == b"bc"


class Full(errors.DomainError):
    code = "run_full"
    message = "本班次已满（%(seats)s 人）。"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Full(seats=40), 409, "run_full"),
        (errors.Missing(), 404, "not_found"),
        (errors.Invalid(fields={"name": "必填"}), 422, "invalid"),
        (Throttled(30), 429, "throttled"),
        (errors.DomainError("换个说法"), 409, "refused"),
    ],
)
def test_a_refusal_has_the_form_its_caller_understands(error, status, code):
    middleware = DomainErrorMiddleware(lambda request: FINE)
    call = RequestFactory().get("/api/v1/runs")
    answer = middleware.process_exception(call, error)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert (body["status"], body["code"], body["detail"]) == (status, code, str(error))
    wrong = {"field": "name", "code": "invalid", "message": "必填"}
    assert body.get("fields") == ([wrong] if code == "invalid" else None)
    assert answer.get("Retry-After") == ("30" if status == 429 else None)
    assert middleware(call) is FINE
    assert middleware.process_exception(call, ValueError()) is None


@pytest.mark.parametrize(
    ("path", "code"), [("/api/v1/me", "method_not_allowed"), ("/learn/", None)]
)
def test_a_method_that_a_call_does_not_know_is_a_problem_document(path, code):
    refuse = DomainErrorMiddleware(lambda request: HttpResponseNotAllowed(["GET"]))
    answer = refuse(RequestFactory().delete(path))
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert (json.loads(answer.content)["code"] if answer.content else None) == code


def test_messages_are_filled_with_named_values():
    assert str(Full(seats=40)) == "本班次已满（40 人）。"
    assert str(errors.DomainError("100%")) == "100%"
    assert errors.Invalid().fields == {}


def test_every_request_has_an_origin_while_it_runs():
    from core import actors

    seen = []
    middleware = ActorMiddleware(lambda request: seen.append(actors.origin.get()))
    middleware(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1"))
    assert seen[0].address == "10.0.0.1"
    assert len(seen[0].request_id) == 32
    assert actors.origin.get() == actors.NOWHERE


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/cms/snippets/choose/accounts/privacynotice/chosen/987654/", 404),
        ("POST", "/cms/snippets/choose/accounts/privacynotice/chosen/987654/", None),
        ("GET", "/schools/987654/", None),
    ],
)
@pytest.mark.django_db
def test_in_the_content_admin_what_cannot_be_an_id_is_not_there(method, path, status):
    request = RequestFactory().generic(method, path)
    with pytest.raises(ValidationError) as caught:
        UUIDField().to_python("987654")
    refused = DomainErrorMiddleware(lambda request: FINE).process_exception(request, caught.value)
    assert (refused and refused.status_code) == status


@pytest.mark.parametrize(
    "fault",
    [
        ValidationError("标题不能为空", code="invalid"),
        ValidationError(["标题不能为空", "日期不对"]),
        ValidationError({"title": "标题不能为空"}),
    ],
)
def test_other_faults_of_the_content_admin_are_not_hidden(fault):
    request = RequestFactory().get("/cms/pages/3/edit/")
    assert DomainErrorMiddleware(lambda request: FINE).process_exception(request, fault) is None


@pytest.mark.parametrize("by_htmx", [False, True])
@pytest.mark.django_db
def test_a_visitor_of_a_page_gets_the_refusal_as_a_page_and_htmx_only_its_words(by_htmx):
    request = RequestFactory().post("/learn/")
    request.user, request.session, request.htmx = AnonymousUser(), {}, by_htmx
    answer = http.error_response(request, Throttled(30))
    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert "HX-Request" in answer["Vary"]
    assert 'data-code="throttled"' in said
    assert "操作过于频繁，请稍后再试。" in said
    assert ("<html" in said) is not by_htmx


@pytest.mark.django_db
def test_what_is_missing_on_a_page_is_the_page_of_any_wrong_address():
    request = RequestFactory().get("/learn/")
    request.user, request.session = AnonymousUser(), {}
    answer = http.error_response(request, errors.Missing())
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("", 1),
        ("-3", 1),
        ("²", 1),
        ("9" * 9, 999_999_999),
        ("9" * 10, 1),
        ("9" * 5000, 1),
    ],
)
def test_an_address_asks_for_a_whole_number_or_gets_the_usual_one(text, number):
    assert http.whole_number(text, 1) == number


@pytest.mark.django_db
def test_head_gets_what_get_would_without_the_content(tmp_path):
    (tmp_path / "课.txt").write_bytes(b"seven..")
    seen = []

    def page(request):
        seen.append(request.method)
        if request.path == "/file/":
            return FileResponse((tmp_path / "课.txt").open("rb"))
        return HttpResponse("页面", status=203)

    answering = HeadMiddleware(page)
    request = RequestFactory().head("/page/")
    told = answering(request)
    assert (told.status_code, told.content, told["Content-Length"]) == (203, b"", "6")
    assert request.method == "HEAD"
    streamed = answering(RequestFactory().head("/file/"))
    assert (b"".join(streamed.streaming_content), streamed["Content-Length"]) == (b"", "7")
    assert streamed.file_to_stream is None
    streamed.close()
    assert answering(RequestFactory().get("/page/")).content == "页面".encode()
    assert seen == ["GET", "GET", "GET"]


def test_a_sign_that_nobody_can_type_is_dropped_from_a_query_and_kept_for_the_api_to_refuse():
    seen = []
    answering = NulMiddleware(lambda request: seen.append(request.GET.get("q")) or HttpResponse())
    answering(RequestFactory().get("/news/?q=%00%E7%8E%8B%00"))
    answering(RequestFactory().get("/api/v1/courses?q=%00"))
    assert seen == ["王", "\x00"]


@pytest.mark.django_db
def test_an_address_with_a_sign_that_nobody_can_type_leads_nowhere():
    request = RequestFactory().get("/learn/%00/")
    request.user, request.session = AnonymousUser(), {}
    answer = NulMiddleware(lambda request: HttpResponse())(request)
    assert answer.status_code == 404
    taken_out = RequestFactory().get("/news/?q=%%0000x")
    assert NulMiddleware(lambda request: HttpResponse(request.GET["q"]))(taken_out).content == b"x"
