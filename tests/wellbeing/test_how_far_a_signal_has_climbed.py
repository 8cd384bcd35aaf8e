"""The level of a signal that nobody took on, to the minute; and the words said to who raised it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from schools.models import HelpLine
from wellbeing.rules.escalation import Level, level_at
from wellbeing.selectors.phones import phones
from wellbeing.selectors.steps import steps_of

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgency", "waited", "level"),
    [
        ("red", timedelta(minutes=19), Level.RECIPIENTS),
        ("red", timedelta(minutes=20), Level.SCHOOL_LEAD),
        ("red", timedelta(minutes=35), Level.COUNTY),
        ("red", timedelta(minutes=65), Level.BUREAU),
        ("orange", timedelta(hours=7, minutes=59), Level.RECIPIENTS),
        ("orange", timedelta(hours=8), Level.SCHOOL_LEAD),
        ("orange", timedelta(hours=32), Level.COUNTY),
        ("orange", timedelta(days=30), Level.BUREAU),
        ("yellow", timedelta(days=14), Level.RECIPIENTS),
        ("yellow", timedelta(days=15), Level.SCHOOL_LEAD),
        ("yellow", timedelta(days=29), Level.COUNTY),
    ],
)
def test_a_signal_climbs_by_its_urgency(urgency, waited, level):
    now = MONDAY + waited
    reached = level_at(
        urgency,
        raised_at=MONDAY,
        raised_on=MONDAY.date(),
        now=now,
        today=now.date(),
        stopped=frozenset(),
    )
    assert reached == level


def test_the_page_after_it_says_when_each_level_reads():
    assert [step.when for step in steps_of("red")] == ["马上", "马上", "35 分钟后", "65 分钟后"]
    assert [step.when for step in steps_of("orange")][1:] == ["8 小时后", "32 小时后", "56 小时后"]
    assert [step.when for step in steps_of("yellow")][1:] == ["10 个教学日后", "20 个教学日后"]


@pytest.mark.django_db
def test_the_three_numbers_stand_there_whatever_the_register_says():
    HelpLine.objects.filter(number__in=["110", "120", "12356"]).delete()
    HelpLine.objects.create(number="120", name="医疗急救", starts_on=date(2020, 1, 1))
    assert [(one.number, one.name) for one in phones()] == [
        ("110", "报警：有人受伤害或有危险"),
        ("120", "医疗急救"),
        ("12356", "全国统一心理援助热线"),
    ]
