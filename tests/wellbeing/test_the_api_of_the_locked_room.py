"""Worries and the ledger over the API: the same doors, words and refusals as the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from core import clock
from core.models import AuditEvent, IdempotencyRecord
from tests.wellbeing.build import WHY, House, confirmed, proposed, raised
from wellbeing.models import LedgerEntry, Signal

pytestmark = pytest.mark.django_db
API = "/api/v1/"
WORRY = {"urgency": "orange", "pupil_name": "林小雨", "text": "上课一直哭"}


def caller(house: House, name: str) -> Client:
    client = Client()
    client.force_login(house.user(name))
    return client


def post(client: Client, path: str, body: Any = None, key: str = ""):
    headers = {"Idempotency-Key": key or uuid4().hex}
    return client.post(API + path, body or {}, "application/json", headers=headers)


def test_a_worry_is_raised_once_for_one_key_and_cannot_be_read_back(house):
    teacher = caller(house, "李娜")
    first = post(teacher, "signals", WORRY, key="w-1")
    assert first.status_code == 201
    assert post(teacher, "signals", WORRY, key="w-1").json() == first.json()
    assert str(Signal.objects.get().pk) == first.json()["id"]
    assert teacher.get(f"{API}wellbeing/signals/{first.json()['id']}").status_code == 404
    assert teacher.get(f"{API}wellbeing/signals").status_code == 404


def test_a_worry_without_words_is_refused_in_words_unless_it_is_red(house):
    teacher = caller(house, "李娜")
    refused = post(teacher, "signals", WORRY | {"text": ""})
    assert (refused.status_code, refused.json()["code"]) == (422, "signal_invalid")
    assert [row["field"] for row in refused.json()["fields"]] == ["text"]
    assert post(teacher, "signals", WORRY | {"text": "", "urgency": "red"}).status_code == 201


def test_a_pupil_is_named_by_id_only_by_who_sees_the_record(house):
    pupil = str(house.pupils["林小雨"].pk)
    body = {"urgency": "red", "pupil": pupil}
    foreign = post(caller(house, "李娜"), "signals", body)
    unknown = post(caller(house, "李娜"), "signals", {"urgency": "red", "pupil": str(uuid4())})
    assert (foreign.status_code, foreign.json()) == (unknown.status_code, unknown.json())
    assert foreign.status_code == 404
    assert post(caller(house, "王芳"), "signals", body).status_code == 201
    assert Signal.objects.get().pupil_id == house.pupils["林小雨"].pk


def test_the_inbox_lists_one_signal_opens_and_is_taken_on(house):
    signal = raised(house)
    psych = caller(house, "周敏")
    page = psych.get(f"{API}wellbeing/signals").json()
    assert (page["count"], page["results"][0]["pupil_name"]) == (1, "林小雨")
    assert "text" not in page["results"][0]
    assert page["results"][0]["level"] == "recipients"
    with clock.frozen(clock.now() + timedelta(hours=33)):
        later = caller(house, "周敏").get(f"{API}wellbeing/signals").json()
    assert later["results"][0]["level"] == "county"
    path = f"wellbeing/signals/{signal.pk}"
    opened = psych.get(API + path).json()
    assert (opened["text"], opened["reporter"]) == ("上课一直哭，说不想活了", "李娜")
    assert caller(house, "陈副").get(API + path).json()["reporter"] == ""
    taken = post(psych, f"{path}/acknowledgement")
    assert (taken.status_code, taken.json()["owner"]) == (200, "周敏")
    late = post(caller(house, "陈副"), f"{path}/acknowledgement")
    assert (late.status_code, late.json()["code"]) == (409, "signal_taken")
    assert "周敏" in late.json()["detail"]


def test_nobody_takes_on_what_he_raised_himself(house):
    signal = raised(house, by="周敏")
    answer = post(caller(house, "周敏"), f"wellbeing/signals/{signal.pk}/acknowledgement")
    assert (answer.status_code, answer.json()["code"]) == (409, "own_signal")


def test_county_and_bureau_read_three_facts_and_schools_none(house):
    raised(house, urgency="red")
    with clock.frozen(clock.now() + timedelta(minutes=40)):
        page = caller(house, "冯涛").get(f"{API}wellbeing/overdue").json()
        assert caller(house, "韩冰").get(f"{API}wellbeing/overdue").json()["count"] == 0
    assert page["count"] == 1
    assert set(page["results"][0]) == {"school", "urgency", "raised_at"}
    assert page["results"][0]["school"] == "浉河区第一小学"
    assert caller(house, "周敏").get(f"{API}wellbeing/overdue").status_code == 404


def test_an_entry_is_proposed_confirmed_and_ended_by_two(house):
    psych, leader = caller(house, "周敏"), caller(house, "王芳")
    codes = [row["code"] for row in psych.get(f"{API}wellbeing/categories").json()]
    assert codes[0] == "left_behind"
    body = {"pupil": str(house.pupils["林小雨"].pk), "category": "left_behind", "reason": WHY}
    made = post(psych, "wellbeing/ledger", body)
    assert (made.status_code, made.json()["state"]) == (201, "proposed")
    assert made.json()["waits_for"] == ["class_teacher"]
    path = f"wellbeing/ledger/{made.json()['id']}"
    assert post(leader, f"{path}/confirmation").json()["state"] == "standing"
    listed = leader.get(f"{API}wellbeing/ledger?state=standing").json()
    assert [row["pupil_name"] for row in listed["results"]] == ["林小雨"]
    assert leader.get(f"{API}wellbeing/ledger?state=ended").json()["count"] == 0
    end = {"reason": "父母已返乡共同生活"}
    assert post(leader, f"{path}/end", end).json()["state"] == "leaving"
    assert post(psych, f"{path}/end", end).json()["state"] == "ended"
    opened = psych.get(API + path).json()
    assert opened["reason"] == WHY
    assert {(row["step"], row["standing"]) for row in opened["signatures"]} == {
        ("enter", "psychology_teacher"),
        ("enter", "class_teacher"),
        ("leave", "psychology_teacher"),
        ("leave", "class_teacher"),
    }


def test_what_is_kept_of_a_write_names_neither_pupil_nor_words(house):
    psych = caller(house, "周敏")
    body = {"pupil": str(house.pupils["林小雨"].pk), "category": "left_behind", "reason": WHY}
    made = post(psych, "wellbeing/ledger", body).json()
    assert set(made) == {"id", "state", "waits_for"}
    path = f"wellbeing/ledger/{made['id']}"
    post(caller(house, "王芳"), f"{path}/confirmation")
    post(psych, f"{path}/end", {"reason": "父母已返乡共同生活"})
    post(caller(house, "李娜"), "signals", WORRY)
    kept = "".join(IdempotencyRecord.objects.values_list("response", flat=True))
    secrets = ("林小雨", body["pupil"], "left_behind", WHY, "返乡", WORRY["text"])
    assert not [secret for secret in secrets if secret in kept]


def test_what_cannot_be_done_with_an_entry_is_said(house):
    psych = caller(house, "周敏")
    entry = proposed(house)
    path = f"wellbeing/ledger/{entry.pk}"
    early = post(psych, f"{path}/end", {"reason": "父母已返乡共同生活"})
    assert (early.status_code, early.json()["code"]) == (409, "entry_not_confirmed")
    unknown = {"pupil": str(house.pupils["高子涵"].pk), "category": "other", "reason": WHY}
    refused = post(psych, "wellbeing/ledger", unknown)
    assert (refused.status_code, refused.json()["code"]) == (422, "category_unknown")
    assert post(psych, f"{path}/withdrawal").json()["state"] == "withdrawn"
    closed = post(psych, f"{path}/confirmation")
    assert (closed.status_code, closed.json()["code"]) == (409, "entry_closed")
    stands = post(psych, f"wellbeing/ledger/{confirmed(house, '高子涵').pk}/withdrawal")
    assert (stands.status_code, stands.json()["code"]) == (409, "entry_stands")


@pytest.mark.parametrize("name", ["陈副", "李娜", "冯涛", "金星"])
def test_for_others_there_is_no_ledger(house, name):
    entry = confirmed(house)
    client = caller(house, name)
    looks = AuditEvent.objects.filter(verb__startswith="wellbeing.read").count()
    assert client.get(f"{API}wellbeing/ledger").status_code == 404
    assert client.get(f"{API}wellbeing/ledger/{entry.pk}").status_code == 404
    body = {"pupil": str(house.pupils["高子涵"].pk), "category": "orphan", "reason": WHY}
    assert post(client, "wellbeing/ledger", body).status_code == 404
    assert LedgerEntry.objects.count() == 1
    assert AuditEvent.objects.filter(verb__startswith="wellbeing.read").count() == looks
