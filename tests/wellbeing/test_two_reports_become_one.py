"""Further reports about a pupil become part of the one that somebody took on, or stay apart."""

from __future__ import annotations

import pytest

from core.models import AuditEvent
from tests.wellbeing.build import raised
from tests.wellbeing.findings import NOTHING, closed, confirmed, joined, seen, taken
from wellbeing import services
from wellbeing.models import Acknowledgement, SignalClosing
from wellbeing.permissions import can_view_signal
from wellbeing.rules.closing import may_become_part
from wellbeing.selectors.closing import joinable_to, joined_into, targets_of
from wellbeing.services.closing import NotJoinable, NotOwner, SecondReaderNeeded, SignalEnded
from wellbeing.services.signals import OwnSignal, TakenBefore

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    ("urgency", "of", "kept", "of_kept", "allowed"),
    [
        ("yellow", "red", [], [], True),
        ("orange", "orange", ["陈副"], ["陈副", "赵磊"], True),
        ("red", "orange", [], [], False),
        ("orange", "yellow", [], [], False),
        ("orange", "orange", ["陈副"], [], False),
        ("orange", "orange", ["陈副"], ["赵磊"], False),
    ],
)
def test_a_report_becomes_part_of_none_less_urgent_nor_open_to_whom_it_names(
    urgency, of, kept, of_kept, allowed
):
    assert may_become_part(urgency, of, kept, of_kept) is allowed


def test_a_report_stays_apart_where_whom_it_names_reads_the_first(house):
    first, second = taken(house), raised(house, by="王芳", names="陈副校长")
    assert joinable_to(house.user("周敏"), first) == []
    assert targets_of(house.user("周敏"), second) == []
    with pytest.raises(NotJoinable):
        joined(house, second, first)
    assert not SignalClosing.objects.exists()


def test_reports_that_are_kept_from_the_same_person_become_one(house):
    first = taken(house, names="陈副校长")
    joined(house, raised(house, by="王芳", names="陈副校长"), first)
    assert len(joined_into(house.user("周敏"), first)) == 1
    assert not can_view_signal(house.user("陈副"), first)


def test_a_red_report_is_joined_to_no_other_and_an_orange_one_to_it(house):
    first, red = taken(house), raised(house, by="王芳", urgency="red")
    assert joinable_to(house.user("周敏"), first) == []
    with pytest.raises(NotJoinable):
        joined(house, red, first)
    services.acknowledge_signal(actor=house.user("周敏"), signal=red)
    assert joined(house, first, red).into == red
    assert can_view_signal(house.user("赵磊"), red)


def test_what_comes_in_after_the_finding_is_not_confirmed_with_it(house):
    first = taken(house, urgency="red")
    closed(house, first, "unfounded", NOTHING)
    fresh = raised(house, by="王芳", urgency="red", text="他现在站在楼顶")
    assert joinable_to(house.user("周敏"), first) == []
    with pytest.raises(NotJoinable):
        joined(house, fresh, first)
    assert confirmed(house, first, "陈副").is_final is True
    assert [one.signal for one in SignalClosing.objects.all()] == [first, first]


def test_the_button_stands_on_the_page_of_the_further_report_for_the_owner_only(house):
    first, second = taken(house), raised(house, by="王芳")
    assert [one.signal_id for one in targets_of(house.user("周敏"), second)] == [first.pk]
    assert targets_of(house.user("陈副"), second) == []
    own = raised(house, by="周敏")
    assert targets_of(house.user("周敏"), own) == []
    services.acknowledge_signal(actor=house.user("陈副"), signal=second)
    assert targets_of(house.user("周敏"), seen(house, "周敏", second)) == []
    third = raised(house)
    joined(house, third, first)
    assert targets_of(house.user("周敏"), seen(house, "周敏", third)) == []


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
