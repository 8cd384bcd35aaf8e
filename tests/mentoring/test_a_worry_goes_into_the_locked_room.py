"""王芳 is worried after a talk: two people are told, and the words stand nowhere but there."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from core import clock
from core.models import OutboxEvent
from mentoring import services
from mentoring.models import Contact, ContactText
from mentoring.services.contacting import Worry
from tests.mentoring.build import NOON, School, a_small_school, published
from tests.people import a_teacher
from wellbeing.models import Signal
from wellbeing.services.signals import SignalWrong

pytestmark = pytest.mark.django_db
WORDS = "他说活着没意思，手腕上有新伤。"


@pytest.fixture
def school(at):
    at(NOON)
    made = a_small_school()
    a_teacher("周敏", school=made.unit, posts=["psychology_teacher"])
    published(made)
    return made


def log(school: School, *children: str, **changes: Any) -> Contact:
    facts = {
        "pupils": [school.pupils[child] for child in children],
        "kind": "talk",
        "outcome": "made",
        "occurred_at": clock.now(),
        "submission_key": uuid4(),
        "text": WORDS,
        "worry": Worry(),
    } | changes
    return services.log_check_in(actor=school.user("王芳"), **facts)


def browser_of(school: School, name: str) -> Client:
    browser = Client()
    browser.force_login(school.user(name))
    return browser


def told(signal: Signal) -> set[str]:
    return {row.teacher.name for row in signal.recipients.select_related("teacher")}


def test_the_psychology_teacher_and_the_head_are_told_and_the_note_stays_empty(school):
    contact = log(school, "林小雨")
    signal = Signal.objects.get()
    assert (signal.text, signal.urgency, signal.raised_by.name) == (WORDS, "orange", "王芳")
    assert signal.pupil_id == school.pupils["林小雨"].pk
    assert told(signal) == {"周敏", "赵敏"}
    assert contact.escalated
    assert ContactText.objects.count() == 0
    payload = OutboxEvent.objects.get(kind__endswith="CheckInLogged").payload
    assert WORDS not in str(payload)


def test_a_contact_sent_twice_raises_one_signal(school):
    key = uuid4()
    for _click in range(2):
        log(school, "林小雨", submission_key=key)
    assert (Contact.objects.count(), Signal.objects.count()) == (1, 1)


def test_a_contact_with_two_pupils_raises_a_signal_of_each(school):
    log(school, "林小雨", "高子涵", kind="group")
    about = {signal.pupil_id for signal in Signal.objects.all()}
    assert about == {school.pupils["林小雨"].pk, school.pupils["高子涵"].pk}


def test_whom_the_mentor_names_is_not_told(school):
    log(school, "林小雨", worry=Worry(names="周敏老师"))
    assert told(Signal.objects.get()) == {"赵敏"}


def test_a_tick_without_a_word_is_a_worry_too(school):
    log(school, "林小雨", text="  ")
    assert Signal.objects.get().text == "联系时感到担心，没有写内容。请马上见学生本人。"


def test_a_worry_that_cannot_be_sent_leaves_no_contact_either(school):
    with pytest.raises(SignalWrong):
        log(school, "林小雨", worry=Worry(urgency="purple"))
    assert (Contact.objects.count(), Signal.objects.count()) == (0, 0)


def test_a_contact_without_a_worry_raises_nothing(school):
    contact = log(school, "林小雨", worry=None)
    assert not contact.escalated
    assert contact.note.text == WORDS
    assert Signal.objects.count() == 0


def test_the_form_leads_from_the_tick_to_what_happens_next(school):
    mentor, pupil = browser_of(school, "王芳"), school.pupils["林小雨"]
    body = {
        "pupils": [str(pupil.pk)],
        "kind": "talk",
        "outcome": "made",
        "occurred_at": "2026-03-02T11:30",
        "text": WORDS,
        "worried": "on",
        "urgency": "red",
        "names": "",
        "submission_key": str(uuid4()),
    }
    answer = mentor.post("/mentoring/check-ins/", body)
    assert answer["Location"] == "/wellbeing/signals/sent/?urgency=red"
    assert Signal.objects.get().urgency == "red"
    own = mentor.get(f"/mentoring/pupils/{pupil.pk}/").content.decode()
    assert "已报告担心" in own
    assert WORDS not in own
    head = browser_of(school, "赵敏").get(f"/mentoring/pupils/{pupil.pk}/").content.decode()
    assert "担心" not in head.partition("<main")[2]


def test_the_api_takes_the_tick(school):
    body = {
        "pupils": [str(school.pupils["林小雨"].pk)],
        "kind": "talk",
        "outcome": "made",
        "occurred_at": "2026-03-02T03:30:00Z",
        "text": WORDS,
        "worried": True,
    }
    answer = browser_of(school, "王芳").post(
        "/api/v1/check-ins", body, "application/json", headers={"Idempotency-Key": "w-1"}
    )
    assert answer.status_code == 201
    signal = Signal.objects.get()
    assert (signal.text, signal.urgency) == (WORDS, "orange")
    assert ContactText.objects.count() == 0
