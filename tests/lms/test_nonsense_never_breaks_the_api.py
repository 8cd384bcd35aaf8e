"""Whatever body comes to whatever write the description names: a problem, never a fault of ours."""

from __future__ import annotations

import json
import re
from uuid import UUID, uuid4

import pytest

from core.models import AuditEvent, IdempotencyRecord
from tests.described import operations
from tests.people import a_county, a_teacher

pytestmark = pytest.mark.django_db
JSON = "application/json"

NONSENSE = {
    "nothing": (JSON, b"", 422),
    "half": (JSON, b"{", 400),
    "a list": (JSON, b"[]", 422),
    "null": (JSON, b"null", 422),
    "a number": (JSON, b"1e999", 422),
    "no number": (JSON, b"NaN", 400),
    "endless digits": (JSON, b'{"lesson": ' + b"9" * 5000 + b"}", 400),
    "no utf-8": (JSON, b'{"lesson": "\xff"}', 400),
    "a raw nul": (JSON, b'{"lesson": "\x00"}', 400),
    "an escaped nul": (JSON, rb'{"lesson": "\u0000"}', 400),
    "half a pair": (JSON, rb'{"\ud800": 1}', 400),
    "a deep nest": (JSON, b"[" * 100_000, 400),
    "a deep value": (JSON, b'{"lesson": ' + b"[" * 400 + b"]" * 400 + b"}", 422),
    "a megabyte": (JSON, b'{"lesson": "' + b"x" * 1_000_000 + b'"}', 422),
    "three megabytes": (JSON, b'{"lesson": "' + b"x" * 3_000_000 + b'"}', 413),
    "plain text": ("text/plain", b'{"lesson": "x"}', 415),
    "a form": ("application/x-www-form-urlencoded", b"lesson=x", 415),
    "no multipart": ("multipart/form-data", b"--x", 415),
}
NO_BODY = {"nothing", "null"}
"""What a call takes whose body may be left out; it then finds no such thing."""
WRITES = [
    (method, path, operation.get("requestBody", {}))
    for (method, path), operation in sorted(operations().items())
    if method != "get"
]


def with_ids(path: str) -> str:
    return re.sub(r"{\w+}", lambda _name: str(uuid4()), path)


@pytest.fixture
def keeper(client):
    """周敏 heads a school, keeps its roster and a county's certificates: every door is open."""
    zhou = a_teacher("周敏", posts=["principal", "school_admin", ("registrar", a_county())])
    client.force_login(zhou.user)
    return client


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_to_any_write_is_a_problem_document_and_leaves_nothing(keeper, settings, nonsense):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
    kind, body, status = NONSENSE[nonsense]
    before = AuditEvent.objects.count()
    for method, path, body_asked in WRITES:
        headers = {"Idempotency-Key": uuid4().hex}
        answer = getattr(keeper, method)(with_ids(path), body, content_type=kind, headers=headers)
        assert answer["Content-Type"] == "application/problem+json", path
        if JSON in body_asked.get("content", {}):
            left_out = nonsense in NO_BODY and not body_asked["required"]
            assert answer.status_code == (404 if left_out else status), (path, answer.content)
        else:
            assert 400 <= answer.status_code < 500, (path, answer.content)
    assert IdempotencyRecord.objects.count() == 0
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(("method", "path"), sorted(operations()))
def test_an_id_that_cannot_be_and_one_that_is_not_look_the_same(keeper, method, path):
    if "{" not in path:
        assert getattr(keeper, method)(path + "/nothing-here").status_code == 404
        return
    headers = {"Idempotency-Key": "k"}
    answers = [
        getattr(keeper, method)(
            re.sub(r"{\w+}", id_, path), sound_body(path), content_type=JSON, headers=headers
        )
        for id_ in (str(uuid4()), str(UUID(int=0)), "abc", "1", "%00")
        if method != "get"
    ] or [
        keeper.get(re.sub(r"{\w+}", id_, path))
        for id_ in (str(uuid4()), str(UUID(int=0)), "abc", "1", "%00")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def sound_body(path: str) -> str:
    """A body that the operation would take, were there such a thing."""
    if path.endswith("revocation"):
        return json.dumps({"reason": "抽查发现代学"})
    if path.endswith("publication"):
        return json.dumps({"reason": "新学期结对"})
    if path.endswith("freeze"):
        return json.dumps({"reason": "公示期满，无异议"})
    if path.endswith("/end"):
        return json.dumps({"reason": "父母已返乡共同生活"})
    if path.endswith("amendments"):
        return json.dumps({"text": "家长也在场。", "reason": "漏写一句"})
    if path.endswith("/reading"):
        return json.dumps({})
    return json.dumps({"options": [], "sequence": 1})


@pytest.mark.parametrize("method", ["options", "patch", "delete", "trace"])
def test_a_method_that_no_call_knows_is_405_and_names_those_it_knows(keeper, method):
    for path in sorted({path for _method, path in operations()}):
        answer = getattr(keeper, method)(with_ids(path))
        known = {name.upper() for name, known_path in operations() if known_path == path}
        assert answer.status_code == 405, path
        assert {name.strip() for name in answer["Allow"].split(",")} == known


def test_head_is_get_without_content_and_405_where_nothing_is_got(keeper):
    for path in sorted({path for _method, path in operations()}):
        address = with_ids(path)
        answer = keeper.head(address)
        if ("get", path) in operations():
            assert answer.status_code == keeper.get(address).status_code, path
            assert answer.content == b"", path
        else:
            assert answer.status_code == 405, path
