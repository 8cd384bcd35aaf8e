"""A worry stands on the homes of those who must act, and on the next level's once it climbs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import clock
from core.models import AuditEvent
from schools.models import Post
from tests.wellbeing.build import House, proposed, raised
from wellbeing import services

pytestmark = pytest.mark.django_db


def home_of(client, house: House, name: str):
    client.force_login(house.user(name))
    return client.get("/home/")


def room_of(client, house: House, name: str):
    sections = home_of(client, house, name).context["home"].sections
    return next((section for section in sections if section.code == "wellbeing"), None)


def due(client, house: House, name: str) -> list[tuple[str, str]]:
    return [(str(one.title), str(one.note)) for one in room_of(client, house, name).due]


def test_both_recipients_find_it_at_home_without_a_name(client, house):
    signal = raised(house)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        for name in ("周敏", "陈副"):
            assert due(client, house, name) == [("橙：今天要有人找他谈", "已等 5\xa0分钟")]
            answer = home_of(client, house, name)
            assert f"/wellbeing/signals/{signal.pk}/" in answer.content.decode()
            assert "林小雨" not in answer.content.decode()
    assert AuditEvent.objects.filter(verb="wellbeing.read_signals").exists()


def test_nothing_is_traced_where_nothing_waits(client, house):
    assert due(client, house, "周敏") == []
    assert not AuditEvent.objects.filter(verb="wellbeing.read_signals").exists()


@pytest.mark.parametrize(
    ("minutes", "principal", "county", "bureau"),
    [(1, 1, 0, 0), (35, 1, 1, 0), (65, 1, 1, 1)],
)
def test_a_red_signal_climbs_from_home_to_home(client, house, minutes, principal, county, bureau):
    raised(house, urgency="red")
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        seen = [len(due(client, house, name)) for name in ("赵磊", "冯涛", "韩冰")]
    assert seen == [principal, county, bureau]


def test_an_orange_signal_reaches_the_principal_after_eight_hours(client, house):
    raised(house)
    with clock.frozen(clock.now() + timedelta(hours=7, minutes=59)):
        assert due(client, house, "赵磊") == []
    with clock.frozen(clock.now() + timedelta(hours=8)):
        told = [("橙：今天要有人找他谈", "已等 8\xa0小时 · 已升级至学校领导")]
        assert due(client, house, "赵磊") == told
        assert due(client, house, "周敏") == told


def test_the_county_reads_the_school_the_urgency_and_the_age_only(client, house):
    raised(house, urgency="red")
    with clock.frozen(clock.now() + timedelta(minutes=40)):
        assert due(client, house, "冯涛") == [
            ("浉河区第一小学还没有人接手", "红：现在就有危险 · 已等 40\xa0分钟")
        ]


def test_once_taken_on_it_leaves_every_home_and_its_owner_owes_a_finding(client, house):
    signal = raised(house, urgency="red")
    services.acknowledge_signal(actor=house.user("周敏"), signal=signal)
    with clock.frozen(clock.now() + timedelta(hours=3)):
        assert [due(client, house, name) for name in ("赵磊", "冯涛", "韩冰")] == [[]] * 3
        owed = [("1 条由您负责的信号还没有写结果", "打开信号后办理。")]
        assert due(client, house, "周敏") == owed
        services.close_signal(
            actor=house.user("周敏"), signal=signal, outcome="observe", reason="已谈过，情绪平稳"
        )
        assert due(client, house, "周敏") == []


def test_an_owner_who_leaves_is_missed_at_the_homes_of_the_heads_whom_it_does_not_name(
    client, house
):
    for names in ("", "赵磊"):
        signal = raised(house, names=names)
        services.acknowledge_signal(actor=house.user("周敏"), signal=signal)
    done = raised(house)
    services.acknowledge_signal(actor=house.user("周敏"), signal=done)
    services.close_signal(
        actor=house.user("周敏"), signal=done, outcome="observe", reason="已谈过，情绪平稳"
    )
    assert [due(client, house, name) for name in ("赵磊", "陈副")] == [[], []]
    Post.objects.filter(teacher=house.people["周敏"]).update(
        ends_on=clock.today() - timedelta(days=1)
    )
    note = "请心理教师找出这些信号，去看学生；还要办理的，重新报告一条。"
    assert due(client, house, "赵磊") == [("1 条信号还没有结果，接手人已离任", note)]
    assert due(client, house, "陈副") == [("2 条信号还没有结果，接手人已离任", note)]
    assert "林小雨" not in home_of(client, house, "陈副").content.decode()


def test_whom_it_names_finds_nothing_at_home(client, house):
    raised(house, urgency="red", names="赵磊")
    with clock.frozen(clock.now() + timedelta(hours=3)):
        assert due(client, house, "赵磊") == []


def test_an_entry_waits_on_the_class_teachers_home_and_not_on_the_proposers(client, house):
    proposed(house)
    assert [title for title, _note in due(client, house, "王芳")] == ["1 条关注记录等您确认"]
    assert due(client, house, "周敏") == []
    assert due(client, house, "李强") == []


@pytest.mark.parametrize("name", ["李娜", "金星"])
def test_others_have_no_such_section(client, house, name):
    raised(house)
    assert room_of(client, house, name) is None
