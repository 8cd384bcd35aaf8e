"""An identity or mobile number in what is written about a pupil is refused, and not repeated."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from mentoring import services
from mentoring.models import Amendment, Contact, HandoverBrief
from mentoring.rules.private_numbers import private_numbers_in
from mentoring.services.handing_over import BriefMissing
from tests.mentoring.handing import after_a_week, browser_of, offered, text_of
from wellbeing.models import Signal

IDENTITY = "11010519491231002X"
MOBILE = "13800000011"
NUMBERS = "内容里有身份证号和手机号，没有保存。请删去号码，只写事实。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"证件{IDENTITY}。", ("identity",)),
        (f"证件{IDENTITY.lower()}", ("identity",)),
        ("110105 19491231 002X", ("identity",)),
        ("１１０１０５１９４９１２３１００２Ｘ", ("identity",)),
        (f"妈妈{MOBILE}，晚上接", ("mobile",)),
        ("138-0000-0011 或 +86 138 0000 0011", ("mobile",)),
        (f"{IDENTITY}；{MOBILE}", ("identity", "mobile")),
        ("110105194912310021", ()),
        ("学籍 138000000112，分机 12345678，10000000011", ()),
        ("2026-03-02 11:30 和 2026-03-09 11:30 各谈一次，共 45 分钟", ()),
        ("五次测验 15 20 25 30 105", ()),
        ("", ()),
    ],
)
def test_which_numbers_are_found(text, found):
    assert private_numbers_in(text) == found


@pytest.fixture
def school(at, db):
    return after_a_week(at)


def body_of(school, text: str, **changes) -> dict:
    return {
        "pupils": [str(school.pupils["林小雨"].pk)],
        "kind": "talk",
        "outcome": "made",
        "occurred_at": "2026-03-09T11:30:00+08:00",
        "text": text,
    } | changes


def over_the_api(school, body: dict):
    return browser_of(school.user("王芳")).post(
        "/api/v1/check-ins",
        body,
        content_type="application/json",
        headers={"idempotency-key": str(uuid4())},
    )


def test_the_page_names_what_was_found_and_records_nothing(school):
    form = body_of(school, f"妈妈 {MOBILE}，{IDENTITY}", submission_key=str(uuid4()))
    form["occurred_at"] = "2026-03-09T11:30"
    answer = browser_of(school.user("王芳")).post(reverse("mentoring:check_in"), form)
    assert (answer.status_code, Contact.objects.count()) == (422, 0)
    assert NUMBERS in text_of(answer)


def test_the_api_and_so_a_draft_of_offline_days_is_refused_without_the_number(school):
    answer = over_the_api(school, body_of(school, f"妈妈 {MOBILE}"))
    assert (answer.status_code, answer.json()["code"]) == (422, "check_in_invalid")
    assert "内容里有手机号，没有保存。" in answer.content.decode()
    assert MOBILE not in answer.content.decode()
    assert Contact.objects.count() == 0
    assert over_the_api(school, body_of(school, "妈妈晚上接电话")).status_code == 201


def test_a_worry_is_never_held_up_by_a_number(school):
    answer = over_the_api(school, body_of(school, f"打 {MOBILE} 找妈妈", worried=True))
    assert answer.status_code == 201
    assert Signal.objects.get().text == f"打 {MOBILE} 找妈妈"


def test_what_is_added_later_and_a_brief_are_refused_too(school):
    over_the_api(school, body_of(school, "妈妈晚上接电话"))
    contact = Contact.objects.get()
    page = reverse("mentoring:amend", args=[contact.pk])
    form = {"text": IDENTITY, "reason": "补写号码", "submission_key": str(uuid4())}
    answer = browser_of(school.user("王芳")).post(page, form)
    assert (answer.status_code, Amendment.objects.count()) == (422, 0)
    assert "内容里有身份证号，没有保存。" in text_of(answer)
    (row,) = offered(school)
    with pytest.raises(BriefMissing) as refusal:
        services.brief_handover(
            actor=school.user("王芳"), handover=row, text=f"妈妈晚上八点后接 {MOBILE}"
        )
    assert refusal.value.fields == {"text": "内容里有手机号，没有保存。请删去号码，只写事实。"}
    assert HandoverBrief.objects.count() == 0
