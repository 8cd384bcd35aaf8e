"""Windows are civil dates, half-open, in Asia/Shanghai."""

from datetime import UTC, date, datetime

import pytest

from courses.rules.windows import Window

MARCH = Window(date(2026, 3, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("day", "holds", "ahead"),
    [
        (date(2026, 2, 28), False, True),
        (date(2026, 3, 1), True, False),
        (date(2026, 3, 31), True, False),
        (date(2026, 4, 1), False, False),
    ],
)
def test_the_first_day_is_inside_and_the_closing_day_is_not(day, holds, ahead):
    assert MARCH.holds(day) is holds
    assert MARCH.is_ahead(day) is ahead


def test_a_window_without_an_end_stays_open():
    endless = Window(date(2026, 3, 1), None)
    assert endless.holds(date(2036, 3, 1))
    assert endless.closes_at() is None


def test_a_window_closes_at_midnight_in_shanghai():
    assert MARCH.closes_at() == datetime(2026, 3, 31, 16, tzinfo=UTC)
