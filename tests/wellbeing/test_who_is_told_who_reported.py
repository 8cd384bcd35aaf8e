"""Who raised a worry is told to the psychology teacher, and to its owner where there is none."""

from __future__ import annotations

import pytest

from core import clock
from schools.models import Post, Role
from tests.wellbeing.build import House, raised, recipients
from wellbeing import services
from wellbeing.models import Signal
from wellbeing.selectors.signals import get_signal_for
from wellbeing.services.reading import open_signal_page

pytestmark = pytest.mark.django_db


def told(house: House, name: str, signal: Signal) -> str:
    return open_signal_page(actor=house.user(name), signal_id=signal.pk).reporter


def taken_on(house: House, name: str, signal: Signal) -> None:
    row = get_signal_for(house.user(name), signal.pk)
    services.acknowledge_signal(actor=house.user(name), signal=row)


def without(*roles: Role) -> None:
    """Nobody holds these posts from today."""
    Post.objects.filter(role__in=roles).update(ends_on=clock.today())


def test_the_psychology_teacher_is_told_and_nobody_else_who_takes_it_on(house):
    signal = raised(house)
    taken_on(house, "陈副", signal)
    assert [told(house, name, signal) for name in ("周敏", "陈副")] == ["李娜", ""]


def test_where_there_is_no_psychology_teacher_the_owner_is_told_and_not_before(house):
    without(Role.PSYCHOLOGY_TEACHER)
    signal = raised(house, urgency="red")
    assert [told(house, name, signal) for name in ("陈副", "赵磊")] == ["", ""]
    taken_on(house, "陈副", signal)
    assert [told(house, name, signal) for name in ("陈副", "赵磊")] == ["李娜", ""]


def test_a_county_officer_who_took_it_on_for_a_school_without_anybody_is_told(house):
    without(Role.PSYCHOLOGY_TEACHER, Role.DEPUTY)
    signal = raised(house, names="赵磊校长")
    assert recipients(signal) == {"冯涛", "韩冰"}
    taken_on(house, "冯涛", signal)
    assert [told(house, name, signal) for name in ("冯涛", "韩冰")] == ["李娜", ""]


def test_where_the_worry_names_the_psychology_teacher_the_owner_is_told(house):
    signal = raised(house, names="周敏老师")
    taken_on(house, "陈副", signal)
    assert told(house, "陈副", signal) == "李娜"


def test_where_the_psychology_teacher_raised_it_the_owner_knows_whom_to_ask(house):
    signal = raised(house, by="周敏")
    taken_on(house, "陈副", signal)
    assert told(house, "陈副", signal) == "周敏"


def test_a_psychology_teacher_of_the_county_is_one_of_the_school_too(house):
    without(Role.PSYCHOLOGY_TEACHER)
    house.people["冯涛"].posts.create(
        role=Role.PSYCHOLOGY_TEACHER, unit=house.unit.parent, starts_on=clock.today()
    )
    signal = raised(house)
    taken_on(house, "陈副", signal)
    assert [told(house, name, signal) for name in ("冯涛", "陈副")] == ["李娜", ""]


def test_the_page_sends_an_owner_who_is_told_to_ask(client, house):
    without(Role.PSYCHOLOGY_TEACHER)
    signal = raised(house, urgency="red", text="")
    client.force_login(house.user("陈副"))
    address = f"/wellbeing/signals/{signal.pk}/"
    assert "请马上见学生本人" in client.get(address).content.decode()
    taken_on(house, "陈副", signal)
    page = client.get(address).content.decode()
    assert "请马上找报告人了解" in page
    assert "李娜" in page
