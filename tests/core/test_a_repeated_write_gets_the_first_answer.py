"""Idempotency-Key: same key and body, one effect and one answer, also after a kill or a race."""

from __future__ import annotations

import json
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from ninja import Schema, Status

from core import api, errors, throttle
from core.api import idempotent, page_of
from core.models import IdempotencyRecord, Job

pytestmark = pytest.mark.django_db
PERSON = SimpleNamespace(pk=uuid.UUID(int=7))


class Seat(Schema):
    number: int


def post(
    body: Any = None, key: str | None = "k-1", user: Any = PERSON, path: str = "/api/v1/seats"
):
    headers = {} if key is None else {"Idempotency-Key": key}
    request = RequestFactory().post(
        path, json.dumps(body or {}), content_type="application/json", headers=headers
    )
    request.user = user
    return request


@idempotent
def take_seat(request: Any) -> Any:
    Job.objects.create(kind="seat")
    return 201, {"number": Job.objects.count()}


def test_a_repetition_changes_nothing_and_gets_the_same_answer():
    first, again = take_seat(post()), take_seat(post())
    assert (first.status_code, first.content) == (201, b'{"number": 1}')
    assert (again.status_code, again.content) == (201, b'{"number": 1}')
    assert again["Content-Type"] == "application/json"
    assert Job.objects.count() == 1


def test_another_key_person_or_address_is_another_write():
    take_seat(post())
    take_seat(post(key="k-2"))
    take_seat(post(user=SimpleNamespace(pk=uuid.UUID(int=8))))
    take_seat(post(user=AnonymousUser()))
    take_seat(post(path="/api/v1/other"))
    assert Job.objects.count() == 5
    take_seat(post(user=AnonymousUser()))
    assert Job.objects.count() == 5


def test_the_same_key_with_another_body_is_refused():
    take_seat(post({"a": 1}))
    with pytest.raises(api.KeyReused) as refusal:
        take_seat(post({"a": 2}))
    assert (refusal.value.status, refusal.value.code) == (422, "idempotency_key_reused")
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_missing"),
        ("", "idempotency_key_missing"),
        ("   ", "idempotency_key_missing"),
        ("x" * 201, "idempotency_key_malformed"),
        ("a\x01b", "idempotency_key_malformed"),
    ],
)
def test_a_missing_or_unusable_key_is_refused(key, code):
    with pytest.raises(errors.DomainError) as refusal:
        take_seat(post(key=key))
    assert (refusal.value.status, refusal.value.code) == (400, code)
    assert Job.objects.count() == 0


def test_a_refused_attempt_leaves_nothing_and_may_be_repeated():
    refusing = True

    @idempotent
    def view(request: Any) -> Any:
        Job.objects.create(kind="seat")
        if refusing:
            raise errors.Invalid
        return {"number": 1}

    with pytest.raises(errors.Invalid):
        view(post())
    assert (Job.objects.count(), IdempotencyRecord.objects.count()) == (0, 0)
    refusing = False
    assert view(post()).status_code == 200
    assert Job.objects.count() == 1


def test_a_returned_refusal_leaves_nothing_either():
    @idempotent
    def view(request: Any) -> Any:
        Job.objects.create(kind="seat")
        return 409, {"code": "run_full"}

    assert view(post()).status_code == 409
    assert (Job.objects.count(), IdempotencyRecord.objects.count()) == (0, 0)


def test_a_worker_that_dies_before_it_answers_leaves_nothing():
    @idempotent
    def view(request: Any) -> Any:
        Job.objects.create(kind="seat")
        raise SystemExit

    with pytest.raises(SystemExit):
        view(post())
    assert (Job.objects.count(), IdempotencyRecord.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("answer", "status", "text"),
    [
        (Seat(number=3), 200, '{"number": 3}'),
        ((201, Seat(number=3)), 201, '{"number": 3}'),
        (
            Status(202, {"seats": [Seat(number=1), (1, 2)]}),
            202,
            '{"seats": [{"number": 1}, [1, 2]]}',
        ),
        (None, 200, "null"),
        (
            {"id": uuid.UUID(int=1), "name": "王芳"},
            200,
            f'{{"id": "{uuid.UUID(int=1)}", "name": "王芳"}}',
        ),
    ],
)
def test_answers_of_every_shape_are_kept(answer, status, text):
    view = idempotent(lambda request: answer)
    for _turn in range(2):
        response = view(post())
        assert (response.status_code, response.content.decode()) == (status, text)


def test_a_ready_response_is_passed_on_and_kept():
    view = idempotent(lambda request: HttpResponse("{}", status=204))
    assert [view(post()).status_code, view(post()).status_code] == [204, 204]


def upload(content: bytes, name: str = "名单.csv", unit: str = "S0001"):
    request = RequestFactory().post(
        "/api/v1/imports",
        {"unit": unit, "file": SimpleUploadedFile(name, content)},
        headers={"Idempotency-Key": "k-1"},
    )
    request.user = PERSON
    assert request.POST["unit"] == unit
    return request


def test_uploads_are_the_same_by_name_and_content():
    @idempotent
    def view(request: Any) -> Any:
        return {"size": len(request.FILES["file"].read())}

    assert view(upload(b"abc")).content == b'{"size": 3}'
    assert view(upload(b"abc")).content == b'{"size": 3}'
    for other in (upload(b"abd"), upload(b"abc", name="b.csv"), upload(b"abc", unit="S0002")):
        with pytest.raises(api.KeyReused):
            view(other)


def test_counting_inside_a_write_that_could_be_rolled_back_is_a_fault_of_the_code():
    view = idempotent(lambda request: throttle.hit("a", "b", 1, 60))
    with pytest.raises(RuntimeError, match="durable"):
        view(post())


@pytest.mark.parametrize(
    ("query", "asked", "numbers", "following"),
    [
        ("?limit=3", {"limit": 3}, [1, 2, 3], "/api/v1/seats?limit=3&offset=3"),
        (
            "?limit=2&offset=2&q=心理",
            {"limit": 2, "offset": 2},
            [3, 4],
            "/api/v1/seats?limit=2&offset=4&q=%E5%BF%83%E7%90%86",
        ),
        ("?limit=5", {"limit": 5}, [1, 2, 3, 4, 5], None),
        ("?offset=99", {"offset": 99}, [], None),
        ("", {}, [1, 2, 3, 4, 5], None),
    ],
)
def test_lists_come_in_pages(query, asked, numbers, following):
    for number in range(1, 6):
        Job.objects.create(kind=f"{number}")
    rows = Job.objects.order_by("kind", "pk")
    request = RequestFactory().get(f"/api/v1/seats{query}")
    page = page_of(rows, request, api.AskedPage(**asked), lambda job: int(job.kind))
    assert page == {"count": 5, "next": following, "results": numbers}
