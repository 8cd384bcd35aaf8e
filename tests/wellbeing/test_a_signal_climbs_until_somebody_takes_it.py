"""Taking a signal on, and where it stands while nobody does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core import clock
from core.clock import SHANGHAI
from core.models import AuditEvent
from schools.models import CalendarDay
from tests.wellbeing.build import MONDAY, raised
from wellbeing import services
from wellbeing.models import Acknowledgement, Urgency
from wellbeing.permissions import can_view_signal
from wellbeing.rules.escalation import Level, climbed_at, climbed_on
from wellbeing.selectors.signals import lines_of, overdue_for, signals_for, waiting_count
from wellbeing.services.reading import open_signal, open_signals
from wellbeing.services.signals import OwnSignal, TakenBefore

START = datetime.fromisoformat(MONDAY)


def standing_with(house) -> set[str]:
    """Who has something before them now: reads it, or is told that it waits."""
    people = {name: house.user(name) for name in ("周敏", "陈副", "赵磊", "冯涛", "韩冰", "许静")}
    return {name for name, user in people.items() if waiting_count(user) or overdue_for(user)}


@pytest.mark.parametrize(
    ("urgency", "after", "expected"),
    [
        ("red", timedelta(), {"周敏", "陈副", "赵磊"}),
        ("red", timedelta(minutes=34, seconds=59), {"周敏", "陈副", "赵磊"}),
        ("red", timedelta(minutes=35), {"周敏", "陈副", "赵磊", "冯涛"}),
        ("red", timedelta(minutes=65), {"周敏", "陈副", "赵磊", "冯涛", "韩冰"}),
        ("orange", timedelta(hours=7, minutes=59), {"周敏", "陈副"}),
        ("orange", timedelta(hours=8), {"周敏", "陈副", "赵磊"}),
        ("orange", timedelta(hours=32), {"周敏", "陈副", "赵磊", "冯涛"}),
        ("orange", timedelta(hours=56), {"周敏", "陈副", "赵磊", "冯涛", "韩冰"}),
        ("yellow", timedelta(days=14), {"周敏", "陈副"}),
        ("yellow", timedelta(days=15), {"周敏", "陈副", "赵磊"}),
        ("yellow", timedelta(days=29), {"周敏", "陈副", "赵磊", "冯涛"}),
        ("yellow", timedelta(days=300), {"周敏", "陈副", "赵磊", "冯涛"}),
    ],
)
def test_each_level_has_it_when_its_time_has_come(house, urgency, after, expected):
    raised(house, urgency=urgency)
    with clock.frozen(START + after):
        assert standing_with(house) == expected


@pytest.mark.parametrize(
    ("level", "stopped", "expected"),
    [
        (Level.SCHOOL_LEAD, [], date(2026, 2, 15)),
        (Level.SCHOOL_LEAD, [date(2026, 2, 27)], date(2026, 2, 12)),
        (Level.COUNTY, [], date(2026, 2, 1)),
        (Level.BUREAU, [], None),
    ],
)
def test_yellow_waits_whole_school_days(level, stopped, expected):
    assert climbed_on(level, date(2026, 3, 2), stopped) == expected


def test_a_calendar_that_never_runs_does_not_hold_a_signal_for_ever():
    every_day = {date(2024, 1, 1) + timedelta(days=n) for n in range(1000)}
    assert climbed_on(Level.COUNTY, date(2026, 3, 2), every_day) == date(2025, 1, 25)


def test_red_and_orange_have_a_wait_for_every_level():
    now = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
    assert climbed_at("red", Level.SCHOOL_LEAD, now) == now - timedelta(minutes=20)
    assert climbed_at("red", Level.RECIPIENTS, now) is None
    assert set(Urgency.values) == {"red", "orange", "yellow"}


def test_holidays_hold_a_yellow_signal_and_no_red_one(house):
    raised(house, urgency="yellow")
    for number in range(14):
        CalendarDay.objects.create(
            day=date(2026, 3, 3) + timedelta(days=number), kind="holiday", name="停课"
        )
    with clock.frozen(START + timedelta(days=15)):
        assert standing_with(house) == {"周敏", "陈副"}
        raised(house, urgency="red")
    with clock.frozen(START + timedelta(days=15, minutes=35)):
        assert "冯涛" in standing_with(house)


def test_above_the_school_nothing_is_told_but_that_it_waits(house):
    raised(house, urgency="red", names="王芳")
    with clock.frozen(START + timedelta(hours=2)):
        (line,) = overdue_for(house.user("冯涛"))
        assert (line.unit_name, line.urgency, line.raised_at) == ("浉河区第一小学", "red", START)
        assert not {"pupil_name", "about", "text", "reporter"} & set(line.__slots__)
        assert list(signals_for(house.user("冯涛"))) == []


def test_a_named_county_officer_is_told_nothing(house):
    raised(house, urgency="red", names="县里的冯涛")
    with clock.frozen(START + timedelta(hours=2)):
        assert standing_with(house) == {"周敏", "陈副", "赵磊", "韩冰"}


def test_whoever_takes_it_on_is_its_owner_and_it_climbs_no_further(house):
    signal = raised(house)
    with clock.frozen(START + timedelta(hours=1)):
        services.acknowledge_signal(actor=house.user("周敏"), signal=signal)
    with clock.frozen(START + timedelta(days=9)):
        assert standing_with(house) == set()
        again = services.acknowledge_signal(actor=house.user("周敏"), signal=signal)
        with pytest.raises(TakenBefore, match="周敏 已经接手"):
            services.acknowledge_signal(actor=house.user("陈副"), signal=signal)
        (line,) = lines_of(signals_for(house.user("陈副")))
    assert (line.owner, line.taken_at) == ("周敏", START + timedelta(hours=1))
    assert Acknowledgement.objects.get() == again


def test_the_head_who_had_it_before_it_was_taken_still_reads_who_has_it(house):
    late, soon = raised(house), raised(house)
    services.acknowledge_signal(actor=house.user("周敏"), signal=soon)
    with clock.frozen(START + timedelta(hours=9)):
        services.acknowledge_signal(actor=house.user("周敏"), signal=late)
        assert can_view_signal(house.user("赵磊"), late)
        assert not can_view_signal(house.user("赵磊"), soon)
        with pytest.raises(TakenBefore):
            services.acknowledge_signal(actor=house.user("赵磊"), signal=late)


def test_nobody_takes_on_what_he_raised_himself(house):
    signal = raised(house, by="周敏", urgency="red")
    with pytest.raises(OwnSignal, match="另一个人"):
        services.acknowledge_signal(actor=house.user("周敏"), signal=signal)
    services.acknowledge_signal(actor=house.user("赵磊"), signal=signal)


def test_what_waits_stands_first_and_the_most_urgent_on_top(house):
    yellow = raised(house, urgency="yellow")
    taken, red = raised(house, urgency="red"), raised(house, urgency="red")
    orange = raised(house)
    services.acknowledge_signal(actor=house.user("陈副"), signal=taken)
    assert list(signals_for(house.user("周敏"))) == [red, orange, yellow, taken]
    assert waiting_count(house.user("周敏")) == 3


def test_every_look_and_the_owner_leave_a_trace(house):
    signal = raised(house)
    open_signals(actor=house.user("周敏"))
    open_signal(actor=house.user("陈副"), signal_id=signal.pk)
    services.acknowledge_signal(actor=house.user("陈副"), signal=signal)
    traced = AuditEvent.objects.filter(verb__startswith="wellbeing.").values_list("verb", flat=True)
    assert sorted(traced) == [
        "wellbeing.acknowledge_signal",
        "wellbeing.raise_signal",
        "wellbeing.read_signal",
        "wellbeing.read_signals",
    ]


def test_a_longer_inbox_asks_no_more(house, django_assert_max_num_queries):
    for child in ("林小雨", "高子涵", "陈思远", "查无此人"):
        raised(house, pupil_name=child)
    viewer = house.user("周敏")
    with django_assert_max_num_queries(8):
        assert len(lines_of(signals_for(viewer))) == 4
