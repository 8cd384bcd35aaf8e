"""The owner says how a worry ended; where one pair of eyes is not enough, a second reader does."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Notice
from core.errors import Missing
from core.models import AuditEvent
from core.reasons import ReasonMissing
from tests.wellbeing.build import House, raised
from wellbeing import services
from wellbeing.models import Acknowledgement, Signal, SignalClosing
from wellbeing.rules.closing import needs_second_reader
from wellbeing.selectors.closing import joinable_to, joined_into
from wellbeing.selectors.signals import get_signal_for, lines_of, signals_for
from wellbeing.services.closing import (
    NothingToConfirm,
    NotJoinable,
    NotOwner,
    OutcomeWrong,
    SecondReaderNeeded,
    SignalEnded,
)
from wellbeing.services.signals import OwnSignal, TakenBefore

pytestmark = pytest.mark.django_db
TALKED = "三月二日课间谈过，情绪平稳，周五再看"
NOTHING = "问过本人和同桌，是玩笑话"


def seen(house: House, name: str, signal: Signal) -> Signal:
    return get_signal_for(house.user(name), signal.pk)


def taken(house: House, name: str = "周敏", **changes) -> Signal:
    signal = raised(house, **changes)
    services.acknowledge_signal(actor=house.user(name), signal=signal)
    return seen(house, name, signal)


def closed(house: House, signal: Signal, outcome: str, reason: str = TALKED, by: str = "周敏"):
    return services.close_signal(
        actor=house.user(by), signal=seen(house, by, signal), outcome=outcome, reason=reason
    )


def confirmed(house: House, signal: Signal, by: str, reason: str = NOTHING) -> SignalClosing:
    return services.confirm_unfounded(
        actor=house.user(by), signal=seen(house, by, signal), reason=reason
    )


def joined(house: House, signal: Signal, into: Signal, by: str = "周敏") -> SignalClosing:
    return services.join_signal(
        actor=house.user(by), signal=seen(house, by, signal), into=seen(house, by, into)
    )


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


def test_a_second_signal_about_the_pupil_becomes_part_of_the_first(house):
    first, second = taken(house), raised(house, by="王芳", text="说过不想活了")
    assert [one.signal_id for one in joinable_to(house.user("周敏"), first)] == [second.pk]
    row = joined(house, second, first)
    assert (row.into, row.is_final, row.reason) == (first, True, None)
    assert Acknowledgement.objects.get(signal=second).by.name == "周敏"
    assert joined(house, second, first) == row
    assert [one.signal_id for one in joined_into(house.user("周敏"), first)] == [second.pk]
    assert joinable_to(house.user("周敏"), first) == []
    assert seen(house, "周敏", second).text == "说过不想活了"
    assert AuditEvent.objects.filter(verb="wellbeing.join_signal").count() == 1


def test_two_sources_in_one_take_a_second_reader_who_raised_neither(house):
    first, second = taken(house), raised(house, by="陈副")
    joined(house, second, first)
    assert closed(house, first, "unfounded", NOTHING).is_final is False
    with pytest.raises(SecondReaderNeeded):
        confirmed(house, first, "陈副")


def test_whom_a_joined_signal_names_learns_nothing_of_it_from_the_first(house):
    first, second = taken(house), raised(house, by="王芳", names="陈副校长")
    joined(house, second, first)
    assert joined_into(house.user("陈副"), seen(house, "陈副", first)) == []
    assert len(joined_into(house.user("周敏"), first)) == 1


def test_only_signals_about_one_known_pupil_are_joined(house):
    first = taken(house)
    other = raised(house, pupil_name="陈思远", class_name="2024级2班")
    unknown = raised(house, pupil_name="穿红外套的男生")
    for signal in (other, unknown, first):
        with pytest.raises(NotJoinable):
            joined(house, signal, first)
    assert SignalClosing.objects.count() == 0
    assert Acknowledgement.objects.count() == 1


def test_nobody_joins_to_what_another_owns_nor_takes_what_another_owns(house):
    first, second = taken(house), raised(house)
    with pytest.raises(NotOwner):
        joined(house, second, first, by="陈副")
    services.acknowledge_signal(actor=house.user("陈副"), signal=second)
    with pytest.raises(TakenBefore):
        joined(house, second, first)
    own = raised(house, by="周敏")
    with pytest.raises(OwnSignal):
        joined(house, own, first)
    assert not SignalClosing.objects.exists()


def test_neither_what_has_ended_nor_what_others_hang_on_is_joined(house):
    first, second, third = taken(house), raised(house), raised(house)
    joined(house, second, first)
    fresh = taken(house)
    with pytest.raises(NotJoinable):
        joined(house, first, fresh)
    closed(house, first, "observe")
    with pytest.raises(SignalEnded):
        joined(house, third, first)


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
    other = raised(house, by="王芳", submission_key=uuid4())
    page = f"/wellbeing/signals/{signal.pk}/"
    client.force_login(house.user("周敏"))
    text = client.get(page).content.decode()
    assert all(mark in text for mark in ('data-testid="close"', 'data-testid="join"'))
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
    assert AuditEvent.objects.filter(verb="wellbeing.read_signals").count() == 2
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
