"""`reconcile` finds a cadence that is not what the ledger demands, and tells nothing of why."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import date

import pytest
from django.core.management import call_command

from core import clock
from core.models import OutboxEvent
from mentoring.models import CareCadence
from mentoring.selectors.reconcile import differing_cadences
from mentoring.services import set_care_cadence, settle_cadences
from tests.wellbeing.build import House, confirmed, ended, proposed
from wellbeing.models import LedgerCategory

pytestmark = pytest.mark.django_db
LATER = "2026-04-06T09:00:00+08:00"


def reconcile(*arguments: str) -> list[dict[str, str]]:
    """What differs in mentoring."""
    out = io.StringIO()
    with suppress(SystemExit):
        call_command("reconcile", "--json", *arguments, stdout=out)
    return [row for row in json.loads(out.getvalue())["drift"] if row["figure"] == "mentoring"]


def differing(house: House) -> list[str]:
    names = {pupil.pk: name for name, pupil in house.pupils.items()}
    return sorted(names[one.thing_id] for one in differing_cadences())


def cadences() -> list[tuple[int, int, bool, str, str]]:
    rows = CareCadence.objects.order_by("starts_on", "created_at")
    return [(r.days, r.weight, r.needs_qualified, str(r.starts_on), str(r.ends_on)) for r in rows]


def the_fact_is_lost() -> None:
    OutboxEvent.objects.update(delivered_at=clock.now())


def test_nothing_differs_where_each_fact_arrived(house, deliver):
    confirmed(house)
    confirmed(house, pupil="陈思远", category="family_upheaval")
    proposed(house, pupil="高子涵")
    deliver()
    assert differing(house) == []


def test_a_fact_on_its_way_is_no_difference(house):
    confirmed(house)
    assert differing(house) == []


def test_a_lost_fact_is_found_and_the_cadence_begins_on_the_day_of_signing(house):
    confirmed(house)
    the_fact_is_lost()
    with clock.frozen(LATER):
        assert differing(house) == ["林小雨"]
        assert settle_cadences() == 1
        assert cadences() == [(30, 2, False, "2026-03-02", "None")]
        assert (differing(house), settle_cadences()) == ([], 0)


def test_a_cadence_that_outlived_its_entry_ends_on_the_day_the_entry_did(house, deliver):
    entry = confirmed(house)
    deliver()
    with clock.frozen("2026-03-20T09:00:00+08:00"):
        ended(house, entry)
    the_fact_is_lost()
    with clock.frozen(LATER):
        assert differing(house) == ["林小雨"]
        settle_cadences()
    assert cadences() == [(30, 2, False, "2026-03-02", "2026-03-20")]


def test_a_cadence_behind_which_nothing_ever_stood_ends_today(house):
    proposed(house, pupil="高子涵")
    set_care_cadence(
        pupil_id=house.pupils["高子涵"].pk, days=7, weight=4, needs_qualified=True,
        on=date(2026, 2, 20),
    )  # fmt: skip
    assert differing(house) == ["高子涵"]
    settle_cadences()
    assert cadences() == [(7, 4, True, "2026-02-20", "2026-03-02")]


def test_a_figure_that_was_altered_is_found(house, deliver):
    confirmed(house)
    deliver()
    CareCadence.objects.update(days=90)
    assert differing(house) == ["林小雨"]


def test_a_new_version_of_a_category_holds_from_its_first_day(house, deliver):
    confirmed(house)
    deliver()
    old = LedgerCategory.objects.get(code="left_behind")
    LedgerCategory.objects.filter(pk=old.pk).update(ends_on=date(2026, 4, 1))
    LedgerCategory.objects.create(
        code="left_behind", name=old.name, days=21, weight=2, starts_on=date(2026, 4, 1)
    )
    with clock.frozen("2026-03-31T09:00:00+08:00"):
        assert differing(house) == []
    with clock.frozen(LATER):
        assert differing(house) == ["林小雨"]
        settle_cadences()
        assert differing(house) == []
    assert cadences() == [
        (30, 2, False, "2026-03-02", "2026-04-01"),
        (21, 2, False, "2026-04-01", "None"),
    ]


def test_what_is_told_is_the_pupil_and_neither_figures_nor_a_category(house):
    confirmed(house, category="family_upheaval")
    the_fact_is_lost()
    key = str(house.pupils["林小雨"].pk)
    told = [{"figure": "mentoring", "kind": "cadence_differs", "id": key, "detail": ""}]
    assert reconcile() == told
    assert reconcile("--repair") == []
    assert cadences() == [(14, 3, True, "2026-03-02", "None")]


def test_a_longer_ledger_asks_no_more_while_nothing_differs(
    house, deliver, django_assert_num_queries
):
    confirmed(house)
    deliver()
    with django_assert_num_queries(4):
        list(differing_cadences())
    confirmed(house, pupil="陈思远")
    confirmed(house, pupil="高子涵")
    deliver()
    with django_assert_num_queries(4):
        list(differing_cadences())
