"""The API computes a term, puts it on notice and freezes it, each of them once."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from core import clock, jobs
from evaluation.models import Announcement, Freeze, TermEvaluation
from schools.models import Role
from tests.evaluation.build import AFTER_NOTICE, JULY, a_worked_term, computed
from tests.people import a_school, a_teacher

pytestmark = pytest.mark.django_db
TERMS = "/api/v1/evaluation/terms"
REASON = {"reason": "公示期满，无异议"}


@pytest.fixture
def school(at):
    worked = a_worked_term()
    at(JULY)
    worked.people["周宁"] = a_teacher(
        "周宁", school=a_school("平桥区第二小学"), posts=[Role.PRINCIPAL]
    )
    worked.people["钱慧"] = a_teacher("钱慧", school=worked.unit, posts=[Role.SCHOOL_ADMIN])
    return worked


def post(school, name: str, path: str = "", body=None, key: str = "k1"):
    client = Client()
    client.force_login(school.user(name))
    return client.post(
        f"{TERMS}{path}",
        json.dumps(body or {}),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def get(school, name: str, path: str = ""):
    client = Client()
    client.force_login(school.user(name))
    return client.get(f"{TERMS}{path}")


def test_a_term_is_computed_by_a_job_and_tells_how_far_it_is(school):
    body = {"school": school.unit.code, "term": "2026-1"}
    first = post(school, "赵敏", body=body)
    assert (first.status_code, first.json()["state"]) == (202, "computing")
    assert post(school, "赵敏", body=body).content == first.content
    assert post(school, "赵敏", body=body, key="k2").json()["id"] == first.json()["id"]
    jobs.run(TermEvaluation.objects.get().job_id)
    told = get(school, "赵敏", f"/{first.json()['id']}").json()
    names = ("school", "term", "scheme", "state", "as_of", "notice", "freeze")
    assert {name: told[name] for name in names} == {
        "school": school.unit.code, "term": "2026-1", "scheme": 1, "state": "to_announce",
        "as_of": "2026-07-11", "notice": None, "freeze": None,
    }  # fmt: skip
    assert told["sha256"] == TermEvaluation.objects.get().sha256
    assert get(school, "赵敏", "?term=2026-1").json()["results"] == [told]
    assert get(school, "赵敏", "?term=2025-2").json()["count"] == 0
    assert get(school, "周宁").json()["count"] == 0


def test_sheets_are_put_on_notice_and_frozen_once(school):
    row = computed(school)
    early = post(school, "赵敏", f"/{row.pk}/freeze", REASON)
    assert (early.status_code, early.json()["code"]) == (409, "not_announced")
    for key in ("k1", "k1", "k2"):
        answer = post(school, "赵敏", f"/{row.pk}/announcement", key=key)
        assert answer.json()["notice"] == {
            "announced_on": "2026-07-13", "open_until": "2026-07-21",
        }  # fmt: skip
    with clock.frozen(AFTER_NOTICE):
        short = post(school, "赵敏", f"/{row.pk}/freeze", {"reason": "好"}, key="k3")
        assert (short.status_code, short.json()["code"]) == (422, "reason_missing")
        for key in ("k4", "k4", "k5"):
            told = post(school, "赵敏", f"/{row.pk}/freeze", REASON, key=key).json()
        again = post(school, "赵敏", body={"school": school.unit.code, "term": "2026-1"}, key="k6")
    made = Freeze.objects.get()
    assert (told["state"], told["freeze"]["digest"]) == ("frozen", made.digest)
    assert (told["freeze"]["sequence"], told["freeze"]["previous"]) == (1, "0" * 64)
    assert (again.status_code, again.json()["code"]) == (409, "frozen")
    assert Announcement.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "announcement", "freeze"), [("王芳", 404, 404), ("周宁", 404, 404), ("钱慧", 404, 404)]
)
def test_who_may_not_decide_is_told_that_there_is_nothing(school, name, announcement, freeze):
    row = computed(school)
    assert post(school, name, f"/{row.pk}/announcement").status_code == announcement
    assert post(school, name, f"/{row.pk}/freeze", REASON).status_code == freeze
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    "change", [{"school": "S9999"}, {"term": "1999-1"}, {"term": "2099-1"}, {"school": "没有"}]
)
def test_a_school_or_a_term_out_of_reach_is_missing(school, change):
    body = {"school": school.unit.code, "term": "2026-1"} | change
    assert post(school, "赵敏", body=body).status_code == 404
    assert not TermEvaluation.objects.filter(asked__gt=0, job_id=None).exists()
