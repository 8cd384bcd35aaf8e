"""Outside, a pupil has a number of days, a weight and perhaps the need of a qualified mentor."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core import clock, events
from core.models import OutboxEvent
from mentoring.models import CareCadence
from tests.wellbeing.build import confirmed, ended, proposed
from wellbeing.models import LedgerCategory
from wellbeing.rules.care import Care, together
from wellbeing.selectors import CareSince, care_of


def cadences() -> list[tuple[int, int, bool, str, str]]:
    rows = CareCadence.objects.order_by("starts_on", "created_at")
    return [(r.days, r.weight, r.needs_qualified, str(r.starts_on), str(r.ends_on)) for r in rows]


@pytest.mark.parametrize(
    ("cares", "expected"),
    [
        ([], None),
        ([Care(30, 2, False)], Care(30, 2, False)),
        ([Care(30, 2, False), Care(14, 1, True)], Care(14, 2, True)),
    ],
)
def test_several_categories_demand_the_strictest_of_each(cares, expected):
    assert together(cares) == expected


def test_a_proposal_alone_changes_no_cadence(house, deliver):
    entry = proposed(house)
    assert care_of(entry.pupil_id) is None
    deliver()
    assert cadences() == []


def test_the_second_signature_sets_the_cadence_from_that_day(house, deliver):
    confirmed(house)
    deliver()
    assert cadences() == [(30, 2, False, "2026-03-02", "None")]


def test_a_second_category_tightens_it_and_its_end_loosens_it_again(house, deliver):
    confirmed(house)
    deliver()
    with clock.frozen("2026-03-09T09:00:00+08:00"):
        second = confirmed(house, category="family_upheaval")
        deliver()
    with clock.frozen("2026-04-06T09:00:00+08:00"):
        ended(house, second)
        deliver()
    assert cadences() == [
        (30, 2, False, "2026-03-02", "2026-03-09"),
        (14, 3, True, "2026-03-09", "2026-04-06"),
        (30, 2, False, "2026-04-06", "None"),
    ]


def test_the_last_end_leaves_no_cadence(house, deliver):
    entry = confirmed(house)
    deliver()
    with clock.frozen("2026-04-06T09:00:00+08:00"):
        ended(house, entry)
        assert care_of(entry.pupil_id) == CareSince(None, date(2026, 4, 6))
        deliver()
    assert cadences() == [(30, 2, False, "2026-03-02", "2026-04-06")]


def test_an_old_fact_delivered_late_or_again_sets_nothing_old(house, deliver):
    entry = confirmed(house)
    deliver()
    with clock.frozen("2026-03-09T09:00:00+08:00"):
        confirmed(house, category="family_upheaval")
        deliver()
    before = cadences()
    with clock.frozen("2026-03-20T09:00:00+08:00"):
        OutboxEvent.objects.update(delivered_at=None, due_at=clock.now() - timedelta(minutes=1))
        for fact in OutboxEvent.objects.order_by("-created_at"):
            assert events.deliver(fact.pk)
    assert cadences() == before
    assert entry.pupil_id == house.pupils["林小雨"].pk


def test_the_fact_carries_the_pupil_and_no_reason(house):
    confirmed(house)
    (fact,) = OutboxEvent.objects.filter(kind__startswith="wellbeing.")
    assert fact.payload == {"pupil_id": str(house.pupils["林小雨"].pk)}


def test_an_entry_keeps_the_care_of_a_category_that_was_retired(house, deliver):
    entry = confirmed(house)
    with clock.frozen("2026-05-11T09:00:00+08:00"):
        LedgerCategory.objects.filter(code="left_behind").update(ends_on=date(2026, 5, 1))
        assert care_of(entry.pupil_id) == CareSince(Care(30, 2, False), date(2026, 3, 2))
