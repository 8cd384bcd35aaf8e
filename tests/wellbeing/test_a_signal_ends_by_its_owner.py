"""The owner says how a worry ended; where one pair of eyes is not enough, a second reader does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Notice
from core import clock
from core.errors import Missing
from core.models import AuditEvent
from core.reasons import ReasonMissing
from tests.wellbeing.build import House, raised
from tests.wellbeing.findings import NOTHING, TALKED, closed, confirmed, joined, taken
from wellbeing import services
from wellbeing.models import SignalClosing
from wellbeing.rules.closing import needs_second_reader
from wellbeing.selectors.signals import lines_of, signals_for
from wellbeing.services.closing import (
    NothingToConfirm,
    NotOwner,
    OutcomeWrong,
    SecondReaderNeeded,
    SignalEnded,
)

pytestmark = pytest.mark.django_db


def outcomes(house: House, name: str = "周敏") -> list[str]:
    return [line.outcome for line in lines_of(signals_for(house.user(name)))]


@pytest.mark.parametrize("outcome", ["observe", "case"])
def test_the_owner_ends_it_with_what_was_found(house, outcome):
    signal = taken(house)
    row = closed(house, signal, outcome)
    assert (row.outcome, row.is_final, row.by.name) == (outcome, True, "周敏")
    assert closed(house, signal, outcome) == row
    assert outcomes(house) == [outcome]
    (trace,) = AuditEvent.objects.filter(verb="wellbeing.close_signal")
    assert (trace.detail, trace.unit_path) == ({}, house.unit.path)


def test_nobody_but_the_owner_ends_it(house):
    signal = taken(house)
    with pytest.raises(NotOwner):
        closed(house, signal, "observe", by="陈副")
    with pytest.raises(NotOwner):
        closed(house, raised(house), "observe")
    with pytest.raises(Missing):
        services.close_signal(
            actor=house.user("王芳"), signal=signal, outcome="observe", reason=TALKED
        )
    assert not SignalClosing.objects.exists()


def test_an_end_stands(house):
    signal = taken(house)
    closed(house, signal, "observe")
    for outcome, reason in (("observe", "另一种说法在这里"), ("case", TALKED)):
        with pytest.raises(SignalEnded):
            closed(house, signal, outcome, reason)
    for change in (
        lambda: SignalClosing.objects.update(outcome="case"),
        lambda: SignalClosing.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert SignalClosing.objects.get().outcome == "observe"


def test_a_finding_has_a_reason_and_a_known_outcome(house):
    signal = taken(house)
    with pytest.raises(ReasonMissing):
        closed(house, signal, "observe", "好了")
    for outcome in ("merged", "cured"):
        with pytest.raises(OutcomeWrong):
            closed(house, signal, outcome)
    assert not SignalClosing.objects.exists()


def test_what_was_found_lies_encrypted(house):
    closed(house, taken(house), "observe")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM wellbeing_signalclosing")
        assert TALKED not in str(cursor.fetchall())
    assert SignalClosing.objects.get().reason == TALKED


@pytest.mark.parametrize(
    ("urgencies", "sources", "needed"),
    [
        (["orange"], ["李娜"], False),
        (["yellow", "orange"], ["李娜", "李娜"], False),
        (["red"], ["李娜"], True),
        (["yellow"], ["李娜", "王芳"], True),
        (["orange", "red"], ["李娜"], True),
    ],
)
def test_red_and_two_sources_take_a_second_reader(urgencies, sources, needed):
    assert needs_second_reader(urgencies, sources) is needed


def test_one_orange_report_is_unfounded_by_its_owner_alone(house):
    row = closed(house, taken(house), "unfounded", NOTHING)
    assert (row.is_final, outcomes(house)) == (True, ["unfounded"])


def test_a_red_one_is_unfounded_when_a_second_reader_has_confirmed_it(house):
    signal = taken(house, urgency="red")
    before = Notice.objects.filter(user__name="陈副").count()
    row = closed(house, signal, "unfounded", NOTHING)
    assert (row.is_final, outcomes(house)) == (False, [""])
    assert Notice.objects.filter(user__name="陈副").count() == before + 1
    with pytest.raises(SecondReaderNeeded):
        confirmed(house, signal, "周敏")
    with pytest.raises(ReasonMissing):
        confirmed(house, signal, "陈副", "同意")
    end = confirmed(house, signal, "陈副")
    assert (end.is_final, end.by.name, confirmed(house, signal, "陈副")) == (True, "陈副", end)
    assert outcomes(house) == ["unfounded"]
    with pytest.raises(NothingToConfirm):
        confirmed(house, signal, "赵磊")


def test_while_a_second_reader_is_waited_for_the_owner_may_find_otherwise(house):
    signal = taken(house, urgency="red")
    closed(house, signal, "unfounded", NOTHING)
    assert closed(house, signal, "case").is_final is True
    with pytest.raises(NothingToConfirm):
        confirmed(house, signal, "陈副")
    assert outcomes(house) == ["case"]


def test_where_no_finding_waits_there_is_nothing_to_confirm(house):
    signal = taken(house, urgency="red")
    with pytest.raises(NothingToConfirm):
        confirmed(house, signal, "陈副")


def test_who_raised_it_is_no_second_reader(house):
    signal = taken(house, urgency="red", by="陈副")
    closed(house, signal, "unfounded", NOTHING)
    with pytest.raises(SecondReaderNeeded):
        confirmed(house, signal, "陈副")
    assert confirmed(house, signal, "赵磊").is_final is True


def told(house: House, name: str) -> int:
    return Notice.objects.filter(user=house.user(name)).count()


def test_where_no_recipient_may_answer_a_head_is_asked_and_who_reported_is_not(house):
    first = taken(house, urgency="red")
    joined(house, raised(house, by="陈副", urgency="red"), first)
    before = {name: told(house, name) for name in ("陈副", "赵磊", "周敏")}
    closed(house, first, "unfounded", NOTHING)
    assert {name: told(house, name) - before[name] for name in before} == {
        "陈副": 0,
        "赵磊": 1,
        "周敏": 0,
    }


def test_what_waits_for_a_second_reader_stands_first_among_the_taken_and_says_so(client, house):
    red = taken(house, urgency="red")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        talked, later = taken(house), taken(house)
    closed(house, red, "unfounded", NOTHING)
    closed(house, talked, "observe")
    lines = lines_of(signals_for(house.user("周敏")))
    assert [(line.signal_id, line.waits_for_second) for line in lines] == [
        (red.pk, True),
        (later.pk, False),
        (talked.pk, False),
    ]
    client.force_login(house.user("周敏"))
    page = client.get("/wellbeing/").content.decode()
    words = [page.index(word) for word in ("等待复核", "还没有结果", "已谈过，继续留意")]
    assert words == sorted(words)
    confirmed(house, red, "陈副")
    assert not any(line.waits_for_second for line in lines_of(signals_for(house.user("周敏"))))


def test_a_signal_has_one_end_whatever_is_written(house):
    signal = taken(house)
    closed(house, signal, "observe")
    own = house.people["陈副"]
    with pytest.raises(DatabaseError), transaction.atomic():
        SignalClosing.objects.create(
            signal=signal, outcome="case", reason=TALKED, by=own, is_final=True
        )


def test_pages_lead_the_owner_and_the_second_reader(client, house):
    signal = taken(house, urgency="red")
    other = raised(house, by="王芳", urgency="red")
    page = f"/wellbeing/signals/{signal.pk}/"
    client.force_login(house.user("周敏"))
    text = client.get(page).content.decode()
    assert all(mark in text for mark in ('data-testid="close"', f"/signals/{other.pk}/"))
    assert 'data-testid="join"' not in text
    further = client.get(f"/wellbeing/signals/{other.pk}/").content.decode()
    assert f'action="{page}joined/{other.pk}/"' in further
    for _click in range(2):
        assert client.post(f"{page}joined/{other.pk}/")["Location"] == page
    short = client.post(f"{page}closing/", {"outcome": "unfounded", "reason": "无"})
    assert short.status_code == 422
    sent = client.post(f"{page}closing/", {"outcome": "unfounded", "reason": NOTHING})
    assert sent["Location"] == page
    text = client.get(page).content.decode()
    assert NOTHING in text
    assert "要由第二个人复核后才结束" in text
    assert 'data-testid="confirm"' not in text
    assert AuditEvent.objects.filter(verb="wellbeing.read_signals").count() == 3
    client.force_login(house.user("赵磊"))
    home = client.get("/home/").content.decode()
    assert "1 条信号的结果等您复核" in home
    assert NOTHING not in home
    assert 'data-testid="confirm"' in client.get(page).content.decode()
    for _click in range(2):
        answer = client.post(f"{page}second-reading/", {"reason": "我也问过，确无此事"})
        assert answer["Location"] == page
    text = client.get(page).content.decode()
    assert "我也问过，确无此事" in text
    assert 'data-testid="confirm"' not in text
    assert "1 条信号的结果等您复核" not in client.get("/home/").content.decode()
