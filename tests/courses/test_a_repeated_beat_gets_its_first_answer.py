"""王敏's player sends a beat again: by its key it gets its first answer, and no row moves."""

from __future__ import annotations

from uuid import uuid4

import pytest

from core import clock
from courses import services
from courses.models import WatchLease, WatchRow
from tests.courses.build import a_course, a_run, lesson_of

pytestmark = pytest.mark.usefixtures("in_march")


@pytest.fixture
def film(course, run, wang):
    services.enrol(actor=wang.user, run=run)
    return lesson_of(course, "recording")


@pytest.fixture
def send(client, wang):
    client.force_login(wang.user)

    def call(path, body, key=""):
        return client.post(
            f"/api/v1/{path}",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": key or uuid4().hex},
        )

    return call


@pytest.fixture
def start(send, film):
    return lambda: send("watch", {"lesson": str(film.pk)}).json()["token"]


def body(token, upto_s):
    return {
        "token": token,
        "ranges": [[0, upto_s * 1000]],
        "position_ms": upto_s * 1000,
        "visible": True,
    }


def rows():
    fields = ("media", "wall", "watched_ms", "position_ms", "position_at_ms", "refused")
    return list(WatchRow.objects.order_by("pk").values_list(*fields))


def test_an_older_key_gets_its_own_first_answer_and_not_the_newer_one(send, start, at):
    token = start()
    at("2026-03-02T08:00:15+08:00")
    first = send("watch/beats", body(token, 120), "k1").json()
    at("2026-03-02T08:00:30+08:00")
    second = send("watch/beats", body(token, 30), "k2").json()
    before = rows()
    at("2026-03-02T08:00:45+08:00")
    assert send("watch/beats", body(token, 120), "k1").json() == first
    assert send("watch/beats", body(token, 30), "k2").json() == second
    assert (first["accepted"], first["reason"], first["watched_ms"]) == (False, "too_fast", 0)
    assert (second["accepted"], second["watched_ms"], second["percent"]) == (True, 30_000, 25)
    assert rows() == before


def test_an_older_key_with_another_body_is_422_and_moves_no_row(send, start, at):
    token = start()
    at("2026-03-02T08:00:30+08:00")
    send("watch/beats", body(token, 15), "k1")
    send("watch/beats", body(token, 30), "k2")
    before = rows()
    refused = send("watch/beats", body(token, 40), "k1")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert rows() == before


def test_the_first_answer_outlives_the_session_that_it_was_given_to(send, start, at):
    token = start()
    at("2026-03-02T08:00:30+08:00")
    first = send("watch/beats", body(token, 30), "k1").json()
    later = start()
    assert send("watch/beats", body(token, 30), "k1").json() == first
    reused = send("watch/beats", body(later, 30), "k1")
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")
    lost = send("watch/beats", body(token, 30), "k2")
    assert (lost.status_code, lost.json()["code"]) == (409, "lease_lost")
    at("2026-03-02T10:30:00+08:00")
    assert send("watch/beats", body(token, 30), "k1").json() == first
    over = send("watch/beats", body(token, 30), "k3")
    assert (over.status_code, over.json()["code"]) == (409, "token_expired")


def test_a_key_that_the_window_has_forgotten_is_a_new_beat_that_earns_nothing_more(send, start, at):
    token = start()
    at("2026-03-02T08:00:30+08:00")
    send("watch/beats", body(token, 15), "k0")
    for number in range(1, 9):
        send("watch/beats", body(token, 30), f"k{number}")
    assert len(WatchLease.objects.get().recent) == 8
    again = send("watch/beats", body(token, 15), "k0").json()
    assert (again["accepted"], again["watched_ms"], again["ranges"]) == (
        True,
        30_000,
        [[0, 30_000]],
    )
    assert WatchRow.objects.get().watched_ms == 30_000


def test_li_cannot_ask_for_the_answer_to_wangs_beat(client, send, start, li, at):
    token = start()
    at("2026-03-02T08:00:30+08:00")
    send("watch/beats", body(token, 30), "k1")
    client.force_login(li.user)
    foreign = send("watch/beats", body(token, 30), "k1")
    assert (foreign.status_code, foreign.json()["code"]) == (422, "token_invalid")


def test_an_answer_lost_on_the_way_is_given_again_in_another_course(send, start, at, wang):
    token = start()
    at("2026-03-02T08:00:30+08:00")
    first = send("watch/beats", body(token, 30), "k1").json()
    other = a_course("家校沟通", code="JX-01")
    services.enrol(actor=wang.user, run=a_run(other, code="JX-01-A"))
    services.start_watch(actor=wang.user, lesson=lesson_of(other, "recording"))
    assert clock.now().isoformat() == "2026-03-02T00:00:30+00:00"
    assert send("watch/beats", body(token, 30), "k1").json() == first
