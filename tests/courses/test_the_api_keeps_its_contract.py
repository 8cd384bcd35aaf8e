"""The API: names, statuses and shapes as docs/contracts.md writes them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from courses import services
from courses.models import Attempt, Enrolment, LessonCompletion, WatchRow
from tests.courses.build import a_course, a_run, lesson_of, right_answers

pytestmark = pytest.mark.usefixtures("in_march")


@pytest.fixture
def api(client, wang):
    client.force_login(wang.user)

    def call(method, path, body=None, *, key=""):
        headers = {"Idempotency-Key": key or uuid4().hex}
        return getattr(client, method)(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )

    return call


@pytest.fixture
def enrolment(run, wang):
    return services.enrol(actor=wang.user, run=run)


def test_the_list_of_courses_is_public(client, run):
    answer = client.get("/api/v1/courses?q=心理&subject=general&open=true").json()
    assert (answer["count"], answer["next"]) == (1, None)
    course = answer["results"][0]
    shown = {name: course[name] for name in ("code", "title", "category", "credit_hours")}
    assert shown == {
        "code": "XL-01",
        "title": "青少年心理健康教育",
        "category": "PSY",
        "credit_hours": "2.50",
    }
    assert {name: course["runs"][0][name] for name in ("id", "code", "capacity", "taken")} == {
        "id": str(run.pk),
        "code": "XL-01-A",
        "capacity": 30,
        "taken": 0,
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("q=心理", 2),
        ("q=青少年", 1),
        ("q=无此", 0),
        ("stage=primary", 2),
        ("stage=senior", 1),
        ("subject=psychology", 1),
        ("category=PSY", 2),
        ("mode=blended", 1),
        ("open=true", 1),
        ("hours=long", 1),
        ("stage=&open=", 2),
    ],
)
def test_courses_are_filtered(client, run, query, count):
    a_course(
        "家校沟通",
        code="JX-01",
        hours="12.00",
        stage="primary",
        subject="psychology",
        mode="blended",
    )
    a_course("草稿", code="DR-01", publish=False)
    assert client.get(f"/api/v1/courses?{query}").json()["count"] == count


def test_enrolling_is_201_then_200_then_409(api, run, li, course):
    first = api("post", f"runs/{run.pk}/enrolments")
    assert (first.status_code, first.json()["state"]) == (201, "enrolled")
    again = api("post", f"runs/{run.pk}/enrolments")
    assert (again.status_code, again.json()) == (200, first.json())
    full = a_run(course, code="FULL", capacity=1)
    services.enrol(actor=li.user, run=full)
    refused = api("post", f"runs/{full.pk}/enrolments")
    assert (refused.status_code, refused.json()["code"]) == (409, "run_full")
    assert refused["Content-Type"] == "application/problem+json"
    over = a_run(
        course, code="LATE", enrol_opens_on=date(2026, 2, 1), enrol_closes_on=date(2026, 3, 2)
    )
    late = api("post", f"runs/{over.pk}/enrolments")
    assert (late.status_code, late.json()["code"]) == (409, "run_closed")


def test_one_key_gives_one_answer(api, run):
    first = api("post", f"runs/{run.pk}/enrolments", key="same")
    again = api("post", f"runs/{run.pk}/enrolments", key="same")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Enrolment.objects.count() == 1


def test_writes_without_a_key_are_400(client, wang, run, course):
    client.force_login(wang.user)
    for path in (f"runs/{run.pk}/enrolments", "watch/beats"):
        body = {"token": "x", "ranges": [], "position_ms": 0, "visible": True}
        answer = client.post(f"/api/v1/{path}", body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")


def test_strangers_get_401_and_the_missing_404(client, api, run, enrolment, course, li):
    from django.test import Client

    film = lesson_of(course, "recording")
    anonymous = Client()
    assert anonymous.get(f"/api/v1/enrolments/{enrolment.pk}").status_code == 401
    assert anonymous.post(f"/api/v1/runs/{run.pk}/enrolments").status_code == 401
    client.force_login(li.user)
    assert api("get", f"enrolments/{enrolment.pk}").status_code == 404
    assert api("get", f"enrolments/{uuid4()}").status_code == 404
    assert api("post", "watch", {"lesson": str(film.pk)}).status_code == 404
    assert api("post", f"lessons/{lesson_of(course, 'reading').pk}/reading").status_code == 404
    assert api("post", "attempts", {"lesson": str(lesson_of(course, "quiz").pk)}).status_code == 404
    assert not WatchRow.objects.exists()
    assert not Attempt.objects.exists()


def test_writes_need_the_csrf_token(wang, run):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(wang.user)
    answer = strict.post(f"/api/v1/runs/{run.pk}/enrolments", headers={"Idempotency-Key": "k"})
    assert answer.status_code == 403
    assert not Enrolment.objects.exists()


def test_watching_from_start_to_completion(api, enrolment, course, at):
    film = lesson_of(course, "recording")
    start = api("post", "watch", {"lesson": str(film.pk)}).json()
    assert {name: start[name] for name in ("duration_ms", "ranges", "position_ms")} == {
        "duration_ms": 120_000,
        "ranges": [],
        "position_ms": 0,
    }
    assert start["playlist"].endswith(".m3u8")
    beat = {"token": start["token"], "ranges": [[0, 30_000]], "position_ms": 30_000}
    at("2026-03-02T08:00:30+08:00")
    answer = api("post", "watch/beats", beat | {"visible": True}).json()
    assert answer == {
        "accepted": True,
        "reason": "",
        "ranges": [[0, 30_000]],
        "watched_ms": 30_000,
        "percent": 25,
        "completed": False,
        "beat_seconds": 15,
    }
    answer = api("post", "watch/beats", beat | {"ranges": [[0, 120_000]], "visible": True}).json()
    assert (answer["accepted"], answer["reason"]) == (False, "too_fast")
    at("2026-03-02T08:02:00+08:00")
    answer = api("post", "watch/beats", beat | {"ranges": [[0, 120_000]], "visible": True}).json()
    assert (answer["percent"], answer["completed"]) == (100, True)
    shown = api("get", f"enrolments/{enrolment.pk}").json()
    assert (shown["state"], shown["percent"], shown["completed_at"]) == ("enrolled", 33, None)
    assert [(row["kind"], row["percent"]) for row in shown["lessons"]] == [
        ("recording", 100),
        ("reading", 0),
        ("quiz", 0),
    ]


def test_a_replaced_session_is_409_lease_lost(api, enrolment, course):
    film = {"lesson": str(lesson_of(course, "recording").pk)}
    first = api("post", "watch", film).json()
    api("post", "watch", film)
    beat = {"token": first["token"], "ranges": [], "position_ms": 0, "visible": True}
    answer = api("post", "watch/beats", beat)
    assert (answer.status_code, answer.json()["code"]) == (409, "lease_lost")
    assert "已在其他窗口播放" in answer.json()["detail"]


@pytest.mark.parametrize(
    "change",
    [
        {"ranges": [["0", 9000]]},
        {"ranges": [[0, 9000.5]]},
        {"ranges": [[0]]},
        {"ranges": "all"},
        {"ranges": [[True, 9000]]},
        {"position_ms": None},
        {"visible": "yes"},
        {"token": 5},
        {"token": "forged"},
    ],
)
def test_what_is_not_a_beat_is_422_and_moves_no_row(api, enrolment, course, change):
    start = api("post", "watch", {"lesson": str(lesson_of(course, "recording").pk)}).json()
    beat = {"token": start["token"], "ranges": [[0, 9000]], "position_ms": 0, "visible": True}
    answer = api("post", "watch/beats", beat | change)
    assert answer.status_code == 422
    assert WatchRow.objects.get().watched_ms == 0


def test_numbers_beyond_the_database_move_nothing_out_of_place(api, enrolment, course):
    start = api("post", "watch", {"lesson": str(lesson_of(course, "recording").pk)}).json()
    beat = {"token": start["token"], "ranges": [[-(10**30), 10**30]], "position_ms": 10**30}
    answer = api("post", "watch/beats", beat | {"visible": True})
    assert (answer.status_code, answer.json()["reason"]) == (200, "too_fast")
    assert WatchRow.objects.get().position_ms == 120_000


def test_a_reading_is_marked_and_a_recording_is_not(api, enrolment, course):
    reading = lesson_of(course, "reading")
    assert api("post", f"lessons/{reading.pk}/reading").json()["percent"] == 100
    assert api("post", f"lessons/{reading.pk}/reading").status_code == 200
    film = api("post", f"lessons/{lesson_of(course, 'recording').pk}/reading")
    assert (film.status_code, film.json()["code"]) == (409, "wrong_kind")
    assert LessonCompletion.objects.count() == 1


def test_an_attempt_from_start_to_mark(api, enrolment, course):
    quiz = lesson_of(course, "quiz")
    started = api("post", "attempts", {"lesson": str(quiz.pk)})
    assert started.status_code == 201
    attempt = started.json()
    assert attempt["deadline_at"] == "2026-06-30T16:00:00Z"
    assert {question["kind"] for question in attempt["questions"]} == {
        "single",
        "multiple",
        "true_false",
    }
    assert all(
        set(option) == {"id", "text"}
        for question in attempt["questions"]
        for option in question["options"]
    )
    for question, options in right_answers(quiz.quiz).items():
        path = f"attempts/{attempt['id']}/answers/{question}"
        saved = api("put", path, {"options": options, "sequence": 2})
        assert saved.json()["sequence"] == 2
        older = api("put", path, {"options": [], "sequence": 1}).json()
        assert (sorted(older["options"]), older["kept"]) == (sorted(options), False)
        assert saved.json()["kept"] is True
        unseen = api("put", path, {"options": [], "sequence": 9, "seen": 1}).json()
        assert (unseen["sequence"], unseen["kept"]) == (2, False), "another window was later"
    for _time in range(2):
        answer = api("post", f"attempts/{attempt['id']}/submission").json()
        assert answer == {"score": 100, "passed": True}
    over = api("put", path, {"options": options, "sequence": 3})
    assert (over.status_code, over.json()["code"]) == (409, "attempt_over")


def test_the_api_is_described(client):
    described = client.get("/api/v1/openapi.json").json()
    paths = described["paths"]
    for path, method in [
        ("/api/v1/courses", "get"),
        ("/api/v1/runs/{run_id}/enrolments", "post"),
        ("/api/v1/enrolments/{enrolment_id}", "get"),
        ("/api/v1/lessons/{lesson_id}/reading", "post"),
        ("/api/v1/watch", "post"),
        ("/api/v1/watch/beats", "post"),
        ("/api/v1/attempts", "post"),
        ("/api/v1/attempts/{attempt_id}/answers/{question}", "put"),
        ("/api/v1/attempts/{attempt_id}/submission", "post"),
    ]:
        assert method in paths[path]


def test_a_first_answer_may_be_numbered_nought(api, wang, course, run):
    services.enrol(actor=wang.user, run=run)
    quiz = lesson_of(course, "quiz")
    attempt = api("post", "attempts", {"lesson": str(quiz.pk)}).json()
    question, options = next(iter(right_answers(quiz.quiz).items()))
    path = f"attempts/{attempt['id']}/answers/{question}"
    first = api("put", path, {"options": options, "sequence": 0}).json()
    again = api("put", path, {"options": [], "sequence": 0}).json()
    assert (first["kept"], again["kept"]) == (True, False)
    assert sorted(again["options"]) == sorted(options)
    assert api("put", path, {"options": [], "sequence": -1}).status_code == 422


def test_what_the_framework_refuses_is_a_problem_document_too(wang, run):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(wang.user)
    path = f"/api/v1/runs/{run.pk}/enrolments"
    forged = strict.post(path, {}, "application/json", headers={"Idempotency-Key": "a"})
    assert forged["Content-Type"] == "application/problem+json"
    assert (forged.status_code, forged.json()["code"]) == (403, "csrf_failed")
    plain = Client()
    plain.force_login(wang.user)
    broken = plain.post(
        "/api/v1/attempts", "{", "application/json", headers={"Idempotency-Key": "a"}
    )
    assert broken["Content-Type"] == "application/problem+json"
    assert (broken.status_code, broken.json()["code"]) == (400, "not_json")
    assert not Enrolment.objects.exists()
