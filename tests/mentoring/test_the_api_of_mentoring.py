"""Assignments, the own pupils and check-ins over the API, as the contracts write them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from mentoring.models import Amendment, Contact, MentorAssignment
from tests.mentoring.build import NOON, a_small_school, published

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def school(at):
    at(NOON)
    return a_small_school()


def caller(school, name: str) -> Client:
    client = Client()
    client.force_login(school.user(name))
    return client


def post(client: Client, path: str, body: dict[str, Any], key: str = "") -> Any:
    return client.post(
        API + path,
        body,
        content_type="application/json",
        headers={"idempotency-key": key or str(uuid4())},
    )


def talk(school, child: str, **changes: Any) -> dict[str, Any]:
    body = {
        "pupils": [str(school.pupils[child].pk)],
        "kind": "talk",
        "outcome": "made",
        "occurred_at": "2026-03-02T03:30:00Z",
        "text": "聊了转学后的同桌。",
    }
    return body | changes


def test_an_assignment_is_computed_read_and_published(school, deliver):
    client = caller(school, "赵敏")
    started = post(
        client, "assignment-runs", {"school": school.unit.code, "term": school.term.code}
    )
    assert (started.status_code, started.json()["state"]) == (202, "computing")
    address = f"assignment-runs/{started.json()['id']}"
    early = post(client, f"{address}/publication", {"reason": "新学期结对"})
    assert (early.status_code, early.json()["code"]) == (409, "not_publishable")
    deliver()

    shown = client.get(API + address).json()
    assert {name: shown[name] for name in ("state", "pupils", "mentors", "max_load", "moves")} == {
        "state": "previewed",
        "pupils": 6,
        "mentors": 3,
        "max_load": 3,
        "moves": 0,
    }
    assert shown["objective"] == shown["certificate"]["objective"] == 54
    for _again in range(2):
        done = post(client, f"{address}/publication", {"reason": "新学期结对"})
        assert (done.status_code, done.json()["state"]) == (200, "published")
    assert MentorAssignment.objects.count() == 6


def test_an_unknown_term_or_a_foreign_school_looks_missing(school):
    client = caller(school, "赵敏")
    for body in (
        {"school": school.unit.code, "term": "1999-1"},
        {"school": "S9999", "term": school.term.code},
    ):
        assert post(client, "assignment-runs", body).status_code == 404
    assert post(caller(school, "王芳"), "assignment-runs", body).status_code == 404


def test_own_pupils_are_listed_and_the_due_ones_alone(school, at):
    published(school)
    client = caller(school, "王芳")
    listed = client.get(API + "pupils").json()
    assert listed["count"] == 3
    assert {row["name"] for row in listed["results"]} == {"林小雨", "高子涵", "周一鸣"}
    assert client.get(API + "pupils?due").json()["count"] == 0
    at("2026-05-20T12:00:00+08:00")
    client = caller(school, "王芳")
    due = client.get(API + "pupils?due=true&limit=2").json()
    assert (due["count"], len(due["results"])) == (3, 2)
    assert due["results"][0]["overdue_days"] > 0
    assert client.get(API + "pupils?due=later").status_code == 400


def test_a_check_in_is_recorded_once_for_one_key(school):
    published(school)
    client, body = caller(school, "王芳"), talk(school, "林小雨")
    first = post(client, "check-ins", body, key="k-1")
    assert first.status_code == 201
    assert post(client, "check-ins", body, key="k-1").json() == first.json()
    other = post(client, "check-ins", body | {"text": "别的"}, key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    contact = Contact.objects.get()
    assert str(contact.pk) == first.json()["id"]
    assert contact.occurred_at.isoformat() == "2026-03-02T03:30:00+00:00"


def test_an_instant_without_an_offset_is_read_as_civil_time(school):
    published(school)
    post(
        caller(school, "王芳"),
        "check-ins",
        talk(school, "林小雨", occurred_at="2026-03-02T11:30:00"),
    )
    assert Contact.objects.get().occurred_at.isoformat() == "2026-03-02T03:30:00+00:00"


def test_what_cannot_be_a_check_in_is_refused_in_words(school):
    published(school)
    client = caller(school, "王芳")
    late = post(client, "check-ins", talk(school, "林小雨", occurred_at="2026-03-02T05:30:00Z"))
    assert (late.status_code, late.json()["code"]) == (422, "check_in_invalid")
    assert late.json()["fields"][0]["field"] == "occurred_at"
    foreign = post(client, "check-ins", talk(school, "陈思远"))
    unknown = post(client, "check-ins", talk(school, "林小雨", pupils=[str(uuid4())]))
    assert (foreign.status_code, foreign.json()) == (unknown.status_code, unknown.json())
    assert foreign.status_code == 404
    assert post(client, "check-ins", talk(school, "林小雨", kind="dream")).status_code == 422
    assert not Contact.objects.exists()


def test_a_note_is_added_to_and_the_same_key_adds_once(school):
    published(school)
    client = caller(school, "王芳")
    made = post(client, "check-ins", talk(school, "林小雨")).json()["id"]
    body = {"text": "家长也在场。", "reason": "漏写一句"}
    first = post(client, f"check-ins/{made}/amendments", body, key="k-2")
    again = post(client, f"check-ins/{made}/amendments", body, key="k-2")
    assert (first.status_code, again.json()) == (201, first.json())
    assert Amendment.objects.count() == 1
    silent = post(client, f"check-ins/{made}/amendments", body | {"reason": "错"})
    assert (silent.status_code, silent.json()["code"]) == (422, "reason_missing")
    assert post(caller(school, "李强"), f"check-ins/{made}/amendments", body).status_code == 404


def test_the_key_of_drafts_is_the_own_one_and_needs_a_session(school):
    mine = caller(school, "王芳").get(f"{API}draft-key")
    assert mine.status_code == 200
    assert mine["Cache-Control"] == "private, no-store"
    assert caller(school, "王芳").get(f"{API}draft-key").json() == mine.json()
    other = caller(school, "李强").get(f"{API}draft-key").json()
    assert (other["owner"] != mine.json()["owner"], other["key"] != mine.json()["key"]) == (
        True,
        True,
    )
    assert Client().get(f"{API}draft-key").status_code == 401


def test_page_and_api_with_one_key_make_one_contact(school):
    published(school)
    client, key = caller(school, "王芳"), str(uuid4())
    assert post(client, "check-ins", talk(school, "林小雨"), key).status_code == 201
    form = talk(school, "林小雨", occurred_at="2026-03-02T11:30", submission_key=key)
    assert client.post("/mentoring/check-ins/", form).status_code == 302
    assert Contact.objects.count() == 1


def test_one_key_for_two_amendments_makes_one_of_each(school):
    published(school)
    client, key = caller(school, "王芳"), str(uuid4())
    for child in ("林小雨", "高子涵"):
        contact = post(client, "check-ins", talk(school, child)).json()["id"]
        body = {"text": "家长也在场。", "reason": "漏写一句"}
        answer = post(client, f"check-ins/{contact}/amendments", body, key)
        assert answer.status_code == 201
    assert Amendment.objects.count() == 2
