"""Civil dates: how they are written, and on which day a certificate ends."""

from __future__ import annotations

import datetime as dt

import pytest

from certification.rules import dates


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2026, 11, 23), "二〇二六年十一月二十三日"),
        (dt.date(2030, 1, 1), "二〇三〇年一月一日"),
        (dt.date(2026, 10, 10), "二〇二六年十月十日"),
        (dt.date(2026, 12, 20), "二〇二六年十二月二十日"),
        (dt.date(2026, 8, 31), "二〇二六年八月三十一日"),
    ],
)
def test_a_formal_date_is_written_in_characters(day: dt.date, written: str):
    assert dates.formal(day) == written


def test_a_date_on_screen_has_no_leading_zeros():
    assert dates.plain(dt.date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(
    ("issued", "years", "last"),
    [
        (dt.date(2026, 11, 23), 3, dt.date(2029, 11, 22)),
        (dt.date(2026, 1, 1), 1, dt.date(2026, 12, 31)),
        (dt.date(2028, 2, 29), 1, dt.date(2029, 2, 28)),
        (dt.date(2028, 2, 29), 4, dt.date(2032, 2, 28)),
        (dt.date(2026, 11, 23), None, None),
    ],
)
def test_the_last_valid_day_is_the_eve_of_the_anniversary(
    issued: dt.date, years: int | None, last: dt.date | None
):
    assert dates.last_valid_day(issued, years) == last


def test_a_validity_of_no_years_is_refused():
    with pytest.raises(ValueError, match="at least one year"):
        dates.last_valid_day(dt.date(2026, 1, 1), 0)


def test_the_last_day_itself_is_valid():
    last = dt.date(2026, 11, 23)
    assert not dates.has_expired(last, dt.date(2026, 11, 23))
    assert dates.has_expired(last, dt.date(2026, 11, 24))
    assert not dates.has_expired(None, dt.date(9999, 12, 31))
