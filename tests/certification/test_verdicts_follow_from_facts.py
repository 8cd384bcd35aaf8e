"""State and verdict: which fact outweighs which, and which field gives a claim away."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from certification.rules import verdicts

TODAY = dt.date(2026, 11, 23)
PAST = dt.date(2026, 11, 22)
STATED = verdicts.Stated(
    "王小明", "青少年心理健康教育", Decimal("12.50"), dt.date(2026, 3, 5), "valid"
)


@pytest.mark.parametrize(
    ("events", "expires_on", "state"),
    [
        ([], None, "pending"),
        (["requested", "held"], PAST, "pending"),
        (["requested", "issued"], None, "valid"),
        (["requested", "held", "issued"], TODAY, "valid"),
        (["requested", "issued"], PAST, "expired"),
        (["requested", "issued", "superseded"], PAST, "superseded"),
        (["requested", "issued", "revoked"], PAST, "revoked"),
        (["requested", "revoked"], None, "revoked"),
        (["requested", "issued", "superseded", "revoked"], None, "revoked"),
    ],
)
def test_the_state_follows_from_events_and_day(
    events: list[str], expires_on: dt.date | None, state: str
):
    assert verdicts.state(events, expires_on, TODAY) == state


@pytest.mark.parametrize(
    ("claim", "field"),
    [
        ({"name": "王小明"}, ""),
        ({"name": "王 小明", "course": "《青少年心理健康教育》"}, ""),
        ({"name": "王小明", "credit_hours": "12.5"}, ""),
        ({"name": "王小明", "credit_hours": "12.50学时"}, ""),
        ({"name": "王小明", "issued_on": "2026年3月5日"}, ""),
        ({"name": "王小明", "issued_on": "2026-03-05T00:00:00"}, ""),
        ({"name": "王小明", "issued_on": "20260305"}, ""),
        ({"name": "王小明", "issued_on": "2026.3.5"}, ""),
        ({"name": "王晓明", "course": "别的课程"}, "name"),
        ({}, "name"),
        ({"name": "王小明", "course": "家校沟通"}, "course"),
        ({"name": "王小明", "credit_hours": "15"}, "credit_hours"),
        ({"name": "王小明", "credit_hours": "十二"}, "credit_hours"),
        ({"name": "王小明", "issued_on": "2026-03-06"}, "issued_on"),
        ({"name": "王小明", "issued_on": "三月五日"}, "issued_on"),
    ],
)
def test_the_first_field_that_differs_is_named(claim: dict[str, str], field: str):
    assert verdicts.differing_field(claim, STATED) == field


def test_a_claim_gets_its_verdict():
    assert verdicts.of_claim({"name": "王小明"}, STATED) == ("valid", "")
    assert verdicts.of_claim({"name": "王晓明"}, STATED) == ("mismatch", "name")
    assert verdicts.of_claim({"name": "王小明"}, None) == ("unknown", "number")
    assert set(verdicts.VERDICTS) == {
        "valid", "superseded", "revoked", "expired", "pending", "mismatch", "unknown",
    }  # fmt: skip
