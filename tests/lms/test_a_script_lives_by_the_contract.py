"""A script that knows only docs/contracts.md takes a course from the door to the verification."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.certification.making import an_issuer
from tests.courses.build import a_course, a_run, lesson_of, right_answers
from tests.people import a_bureau, a_teacher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_monday_in_march")]
PASSWORD = "stille Wasser sind tief"


@pytest.fixture
def a_monday_in_march(at):
    at("2026-03-02T08:00:00+08:00")


class Script:
    """Signs in with a password and sends what the contract says, nothing else."""

    def __init__(self, username: str) -> None:
        self.browser = Client(enforce_csrf_checks=True)
        self.browser.get("/sign-in/")
        form = {"username": username, "password": PASSWORD, "next": "/home/"}
        answer = self.browser.post("/sign-in/", form, headers=self._token())
        assert answer.status_code == 302
        if answer["Location"].startswith("/account/privacy/"):
            read = self.browser.post("/account/privacy/", headers=self._token())
            assert read.status_code == 302

    def _token(self) -> dict[str, str]:
        return {"X-CSRFToken": self.browser.cookies["csrftoken"].value}

    def get(self, path: str, status: int = 200) -> dict[str, Any]:
        answer = self.browser.get(f"/api/v1/{path}")
        assert answer.status_code == status, answer.content
        return answer.json()

    def send(
        self, path: str, body: Any = None, status: int = 200, method: str = "post", key: str = ""
    ) -> dict[str, Any]:
        headers = {**self._token(), "Idempotency-Key": key or uuid4().hex}
        call = getattr(self.browser, method)
        answer = call(f"/api/v1/{path}", body, content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()


@pytest.fixture
def ground():
    """The bureau offers one course; 王敏 and the county's 吴静 have sign-ins."""
    an_issuer(validity_years=3)
    course = a_course()
    a_run(course)
    a_teacher("王敏", number="WANGMIN", password=PASSWORD)
    return right_answers(lesson_of(course, "quiz").quiz)


def watch(script: Script, lesson: str, at: Any) -> dict[str, Any]:
    """Watch two minutes in real time, with a beat that is lost and sent again."""
    start = script.send("watch", {"lesson": lesson})
    assert (start["duration_ms"], start["ranges"], start["beat_seconds"]) == (120_000, [], 15)

    def beat(upto_ms: int, key: str, status: int = 200) -> dict[str, Any]:
        body = {
            "token": start["token"],
            "ranges": [[0, upto_ms]],
            "position_ms": upto_ms,
            "visible": True,
        }
        return script.send("watch/beats", body, status, key=key)

    at("2026-03-02T08:00:30+08:00")
    first = beat(30_000, "beat-1")
    assert (first["accepted"], first["watched_ms"], first["percent"]) == (True, 30_000, 25)
    at("2026-03-02T08:01:00+08:00")
    assert beat(60_000, "beat-2")["percent"] == 50
    assert beat(30_000, "beat-1") == first
    assert beat(40_000, "beat-1", 422)["code"] == "idempotency_key_reused"
    at("2026-03-02T08:02:00+08:00")
    return beat(120_000, "beat-3")


def take_the_quiz(script: Script, lesson: str, right: Any) -> dict[str, Any]:
    attempt = script.send("attempts", {"lesson": lesson}, 201)
    for question in attempt["questions"]:
        options = next(options for id_, options in right.items() if str(id_) == question["id"])
        assert {option["id"] for option in question["options"]} >= set(options)
        path = f"attempts/{attempt['id']}/answers/{question['id']}"
        saved = script.send(path, {"options": options, "sequence": 1}, method="put")
        assert saved["kept"] is True
    return script.send(f"attempts/{attempt['id']}/submission")


def test_from_the_door_to_the_verification_with_documented_fields_alone(ground, at, deliver):
    script = Script("wangmin")
    assert script.get("me")["name"] == "王敏"
    found = script.get("courses?q=心理&open=true")
    (course,) = found["results"]
    (run,) = course["runs"]
    assert (found["count"], run["taken"], course["credit_hours"]) == (1, 0, "2.50")

    enrolled = script.send(f"runs/{run['id']}/enrolments", status=201)
    assert script.send(f"runs/{run['id']}/enrolments")["id"] == enrolled["id"]
    shown = script.get(f"enrolments/{enrolled['id']}")
    lessons = {row["kind"]: row["id"] for row in shown["lessons"]}
    assert (shown["percent"], shown["completed_at"]) == (0, None)

    script.send(f"lessons/{lessons['reading']}/reading")
    assert watch(script, lessons["recording"], at)["completed"] is True
    assert take_the_quiz(script, lessons["quiz"], ground) == {"score": 100, "passed": True}
    shown = script.get(f"enrolments/{enrolled['id']}")
    assert (shown["state"], shown["percent"]) == ("completed", 100)
    assert shown["completed_at"] == "2026-03-02T00:02:00Z"

    deliver()
    credits = script.get("credits")
    assert (credits["total"], len(credits["postings"])) == ("2.50", 1)
    (paper,) = script.get("certificates")["results"]
    assert (paper["state"], paper["issued_on"], paper["expires_on"]) == (
        "valid",
        "2026-03-02",
        "2029-03-01",
    )
    assert script.browser.get(paper["pdf"])["Content-Type"] == "application/pdf"

    anybody = Client()
    by_code = anybody.get("/api/v1/verify", {"code": paper["code"]}).json()
    by_number = anybody.get("/api/v1/verify", {"number": paper["number"], "name": "王敏"}).json()
    assert by_code == by_number
    assert (by_code["verdict"], by_code["credit_hours"]) == ("valid", "2.50")
    assert by_code["masked_name"] == "王*"


def test_the_registrar_withdraws_the_paper_and_the_public_is_told(ground, at, deliver):
    script = Script("wangmin")
    run = script.get("courses")["results"][0]["runs"][0]
    enrolled = script.send(f"runs/{run['id']}/enrolments", status=201)
    lessons = {
        row["kind"]: row["id"] for row in script.get(f"enrolments/{enrolled['id']}")["lessons"]
    }
    script.send(f"lessons/{lessons['reading']}/reading")
    watch(script, lessons["recording"], at)
    take_the_quiz(script, lessons["quiz"], ground)
    deliver()
    (paper,) = script.get("certificates")["results"]
    path = f"certificates/{paper['id']}/revocation"
    assert script.send(path, {"reason": "抽查发现代学"}, 404)["code"] == "not_found"

    registrar = a_teacher("吴静", posts=[("registrar", a_bureau())])
    office = Client()
    office.force_login(registrar.user)
    headers = {"Idempotency-Key": "withdraw-1"}
    for _time in range(2):
        answer = office.post(
            f"/api/v1/{path}", {"reason": "抽查发现代学"}, "application/json", headers=headers
        )
        assert (answer.status_code, answer.json()["state"]) == (200, "revoked")
    told = Client().get("/api/v1/verify", {"code": paper["code"]}).json()
    assert told["verdict"] == "revoked"
    assert script.get("credits")["total"] == "0.00"
