"""Raising a signal: two recipients, never whom it names, nothing told back, once."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.models import Notice, User
from core.errors import Missing
from core.models import AuditEvent
from schools.models import Post
from tests.people import a_pupil, a_teacher
from tests.wellbeing.build import raised, recipients
from wellbeing import services
from wellbeing.models import Signal
from wellbeing.permissions import can_view_signal, visible_signals
from wellbeing.rules.recipients import Candidate, choose
from wellbeing.services.signals import SignalWrong

A, B, C, D = (UUID(int=number) for number in range(1, 5))


@pytest.mark.parametrize(
    ("held", "kept_out", "expected"),
    [
        ([(A, "psychology_teacher"), (B, "deputy"), (C, "principal")], [], [A, B]),
        ([(A, "psychology_teacher"), (C, "principal"), (D, "county_officer")], [], [A, C]),
        ([(A, "psychology_teacher"), (D, "county_officer")], [], [A, D]),
        ([(A, "psychology_teacher"), (B, "deputy"), (C, "principal")], [A], [B, C]),
        ([(A, "psychology_teacher"), (B, "deputy"), (C, "principal")], [B], [A, C]),
        ([(A, "psychology_teacher"), (A, "deputy"), (C, "principal")], [], [A, C]),
        ([(A, "psychology_teacher"), (B, "psychology_teacher")], [], [A, B]),
        ([(B, "bureau_officer"), (C, "county_officer")], [], [C, B]),
        ([], [], []),
    ],
)
def test_the_two_seats_are_filled_in_order(held, kept_out, expected):
    assert choose([Candidate(*one) for one in held], kept_out) == expected


def test_psychology_teacher_and_deputy_get_it_and_a_notice_without_content(house):
    signal = raised(house)
    assert recipients(signal) == {"周敏", "陈副"}
    assert signal.pupil_id == house.pupils["林小雨"].pk
    notices = Notice.objects.order_by("user__name")
    assert {notice.user.name for notice in notices} == {"周敏", "陈副"}
    assert {(notice.words, notice.url) for notice in notices} == {
        ("您有一条待处理事项，请尽快登录查看。", "/wellbeing/")
    }


def test_without_a_deputy_the_principal_has_it_and_without_both_the_county(house):
    Post.objects.filter(role="deputy").delete()
    assert recipients(raised(house)) == {"周敏", "赵磊"}
    Post.objects.filter(role="principal").delete()
    assert recipients(raised(house)) == {"周敏", "冯涛"}
    User.objects.filter(name="周敏").update(is_active=False)
    assert recipients(raised(house)) == {"冯涛", "韩冰"}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("周敏", {"陈副", "赵磊"}),
        ("副校长陈副和校长赵磊", {"周敏", "冯涛"}),
        ("周 敏老师", {"陈副", "赵磊"}),
        ("周敏、陈副、赵磊、冯涛", {"韩冰"}),
        ("校外人员", {"周敏", "陈副"}),
    ],
)
def test_whom_it_names_never_gets_it(house, named, expected):
    signal = raised(house, names=named, urgency="red")
    assert recipients(signal) == expected
    for name in ("周敏", "陈副", "赵磊", "冯涛"):
        if name in named.replace(" ", ""):
            assert not can_view_signal(house.user(name), signal), name
            assert not Notice.objects.filter(user=house.user(name)).exists()


def test_who_raises_it_is_no_recipient(house):
    assert recipients(raised(house, by="周敏")) == {"陈副", "赵磊"}
    assert recipients(raised(house, by="陈副")) == {"周敏", "赵磊"}


def test_namesakes_and_unknown_names_are_taken_all_the_same(house):
    a_pupil("林小雨", school_class=house.classes[1])
    assert raised(house, class_name="二（1）班").pupil_id == house.pupils["林小雨"].pk
    for name, words in (("林小雨", ""), ("林小雨", "初三9班"), ("查无此人", "1班")):
        signal = raised(house, pupil_name=name, class_name=words)
        assert signal.pupil_id is None
        assert signal.about == f"{name} {words}".strip()
        assert recipients(signal) == {"周敏", "陈副"}
    elsewhere = raised(house, pupil_name="苏晓晓")
    assert elsewhere.pupil_id is None, "a pupil of another school is not looked up"


def test_the_same_sending_twice_is_one_signal(house):
    key = uuid4()
    first = raised(house, submission_key=key)
    assert raised(house, submission_key=key, text="另外的话") == first
    assert (Signal.objects.count(), Notice.objects.count()) == (1, 2)
    with pytest.raises(Missing):
        raised(house, by="王芳", submission_key=key)


def test_red_goes_out_without_a_word_and_the_rest_says_something(house):
    assert raised(house, urgency="red", text="").text == ""
    wrong = [
        ({"text": " "}, {"text"}),
        ({"urgency": "purple"}, {"urgency"}),
        ({"pupil_name": ""}, {"pupil_name"}),
        ({"text": "长" * 2001}, {"text"}),
        ({"names": "名" * 101}, {"names"}),
    ]
    for changes, fields in wrong:
        with pytest.raises(SignalWrong) as refused:
            raised(house, **changes)
        assert refused.value.fields.keys() == fields
    assert Signal.objects.count() == 1


def test_only_who_works_at_a_school_raises_by_name(house):
    for name in ("冯涛", "韩冰"):
        with pytest.raises(Missing):
            raised(house, by=name)
    with pytest.raises(Missing):
        services.raise_signal(
            actor=User.objects.create_superuser("root", "x", name="管理"),
            urgency="red",
            text="",
            submission_key=uuid4(),
            pupil_name="林小雨",
        )
    assert not Signal.objects.exists()


def test_a_room_that_knows_the_pupil_raises_it_in_the_pupils_school(house):
    signal = services.raise_signal(
        actor=house.user("李娜"),
        pupil=house.pupils["苏晓晓"],
        urgency="yellow",
        text="家访时发现姐姐状态不好",
        submission_key=uuid4(),
    )
    assert (signal.unit.name, recipients(signal)) == ("浉河区第二小学", {"许静", "冯涛"})


@pytest.mark.parametrize("name", ["李娜", "王芳", "李强", "赵磊", "冯涛", "韩冰", "许静", "金星"])
def test_nobody_else_reads_it_not_even_who_raised_it(house, name):
    signal = raised(house, urgency="yellow")
    assert not can_view_signal(house.user(name), signal)
    with pytest.raises(Missing):
        services.acknowledge_signal(actor=house.user(name), signal=signal)


def test_who_sees_a_signal_is_who_finds_it_in_the_list(house):
    signals = [raised(house), raised(house, urgency="red"), raised(house, names="周敏")]
    for name in house.people:
        user = house.user(name)
        seen = set(visible_signals(user))
        assert seen == {signal for signal in signals if can_view_signal(user, signal)}, name
    assert set(visible_signals(house.user("周敏"))) == set(signals[:2])
    assert set(visible_signals(house.user("陈副"))) == set(signals)
    assert set(visible_signals(house.user("赵磊"))) == set(signals[1:])


def test_a_recipient_whose_post_ends_reads_it_no_more(house):
    signal = raised(house)
    Post.objects.filter(role="deputy").update(ends_on="2026-03-02")
    assert not can_view_signal(house.user("陈副"), signal)
    a_teacher("新副", school=house.unit, posts=["deputy"])
    assert can_view_signal(house.user("周敏"), signal)


def test_a_dump_and_the_trace_tell_nothing_of_it(house):
    raised(house, names="王芳打了他")
    with connection.cursor() as cursor:
        dumped = b""
        for table in ("wellbeing_signal", "wellbeing_signalkept", "accounts_notice"):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                dumped += b"|".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    pupil, wang = house.pupils["林小雨"], house.people["王芳"]
    hidden = ["林小雨", "不想活", "王芳", str(pupil.pk), pupil.pk.hex, str(wang.pk), wang.pk.hex]
    for words in hidden:
        assert words.encode() not in dumped
        assert words not in str(list(AuditEvent.objects.values()))
