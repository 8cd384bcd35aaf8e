"""The served description: every operation with its answers, its problems and its headers."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from lms.reference import WORDS, sections
from tests.described import document, operations

OPERATIONS = sorted(operations())
WRITES = [operation for operation in OPERATIONS if operation[0] != "get"]


def problems(method, path, status):
    content = operations()[method, path]["responses"][status]["content"]
    return content["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"]


def test_the_served_description_is_the_one_that_the_tests_hold_answers_against(client):
    served = client.get("/api/v1/openapi.json").json()
    assert served == document()
    assert served["openapi"] == "3.1.0"
    assert len(OPERATIONS) == 46


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_success_and_every_problem_has_a_sound_schema(method, path):
    answers = operations()[method, path]["responses"]
    assert any(status.startswith("2") for status in answers)
    for status, answer in answers.items():
        kind = "application/json" if status.startswith("2") else "application/problem+json"
        assert list(answer["content"]) == [kind]
        schema = answer["content"][kind]["schema"]
        assert schema != {}
        Draft202012Validator.check_schema(schema)
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_every_write_demands_its_key_and_the_token(method, path):
    parameters = operations()[method, path]["parameters"]
    demanded = {row["name"] for row in parameters if row["in"] == "header" and row["required"]}
    assert demanded == {"Idempotency-Key", "X-CSRFToken"}
    assert {"idempotency_key_missing", "idempotency_key_malformed"} <= set(
        problems(method, path, "400")
    )
    assert problems(method, path, "401") == [
        "privacy_notice_due",
        "second_factor_due",
        "sign_in_due",
    ]
    assert problems(method, path, "403") == ["csrf_failed"]
    assert "idempotency_key_reused" in problems(method, path, "422")


@pytest.mark.django_db
def test_a_person_reads_every_call_in_words_on_a_page(client):
    calls = [call for part in sections(document()) for call in part.calls]
    assert {f"{call.method} {call.path}" for call in calls} == set(WORDS)
    beats = next(call for call in calls if call.path == "watch/beats")
    assert [(field.name, field.required) for field in beats.takes] == [
        ("token", True),
        ("ranges[]", True),
        ("position_ms", True),
        ("visible", True),
    ]
    assert ("409", ["lease_lost", "run_left", "token_expired", "too_many_at_once"]) in beats.refuses
    page = client.get("/api/docs/").content.decode()
    assert page.count('data-testid="api-call"') == len(OPERATIONS)
    assert "报名一个班次；再次调用得到同一报名。" in page
    assert 'href="/api/v1/openapi.json"' in page
    assert client.get("/api/docs").status_code in {301, 404}


def test_an_operation_names_what_it_alone_refuses():
    enrol = "/api/v1/runs/{run_id}/enrolments"
    assert problems("post", enrol, "409") == ["not_a_teacher", "run_closed", "run_full"]
    assert problems("post", "/api/v1/watch/beats", "409") == [
        "lease_lost",
        "run_left",
        "token_expired",
        "too_many_at_once",
    ]
    assert problems("get", "/api/v1/verify", "429") == ["throttled"]
    assert {"200", "201"} <= set(operations()["post", enrol]["responses"])
    assert "202" in operations()["post", "/api/v1/imports"]["responses"]


def test_the_filters_of_courses_name_their_values():
    parameters = operations()["get", "/api/v1/courses"]["parameters"]
    named = {row["name"]: row["schema"] for row in parameters}
    assert set(named) == {
        *("q", "stage", "subject", "category", "mode", "hours", "open"),
        *("limit", "offset"),
    }
    schemas = document()["components"]["schemas"]
    assert named["stage"]["anyOf"][0] == {"$ref": "#/components/schemas/Stage"}
    assert schemas["Stage"]["enum"] == [
        *("kindergarten", "primary", "junior", "senior", "vocational", "all"),
    ]
    assert schemas["Mode"]["enum"]
    assert schemas["Subject"]["enum"]
    assert (named["limit"]["minimum"], named["limit"]["maximum"]) == (1, 200)
