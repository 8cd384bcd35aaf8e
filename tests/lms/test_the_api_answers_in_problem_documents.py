"""What the API does not have, or does not take that way, is a problem document too."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post", "put"])
@pytest.mark.parametrize("path", ["nope", "nope/", "runs/abc/enrolments", "enrolments/xyz"])
def test_an_address_that_no_room_has_is_missing_with_and_without_a_slash(client, method, path):
    answer = getattr(client, method)(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_a_method_that_a_call_does_not_know_is_refused_in_the_same_form(client):
    answer = client.patch("/api/v1/courses")
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()["code"] == "method_not_allowed"
    assert answer.json()["detail"] == "这个地址不接受这种请求方法。"
