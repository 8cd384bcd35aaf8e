"""Civil dates on certificates: formal Chinese writing and the last valid day.

Source: GB/T 15835-2011 (years digit by digit with 〇, months and days as numerals of counting).
"""

import calendar
import datetime as dt
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"


def _counting(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def formal(day: dt.date) -> str:
    """The date in formal Chinese: 2026-11-23 → 二〇二六年十一月二十三日."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{_counting(day.month)}月{_counting(day.day)}日"


def plain(day: dt.date) -> str:
    """The date as read on screens: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def last_valid_day(issued_on: dt.date, validity_years: int | None) -> dt.date | None:
    """The last civil day (Asia/Shanghai) on which the certificate is valid; None is for ever.

    Three years from 2026-11-23 end with 2029-11-22; a leap day ends with the last of February.
    """
    if validity_years is None:
        return None
    if validity_years < 1:
        raise ValueError("a validity is at least one year")
    year = issued_on.year + validity_years
    day = min(issued_on.day, calendar.monthrange(year, issued_on.month)[1])
    anniversary = dt.date(year, issued_on.month, day)
    if day != issued_on.day:
        return anniversary
    return anniversary - dt.timedelta(days=1)


def has_expired(expires_on: dt.date | None, today: dt.date) -> bool:
    """Whether the last valid day is over; `today` is the civil date in Asia/Shanghai."""
    return expires_on is not None and today > expires_on
