"""Which grade a class is in: its entry year against the school year, by the kind of school.

Unit: whole school years. Source: 义务教育法 第十一条 and 河南省义务教育课程设置 (primary six years,
junior three); senior and vocational schools three years. A class has no stored grade, so nobody
forgets to move it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIRST_AND_LAST = {
    "kindergarten": (-2, 0),
    "primary": (1, 6),
    "junior": (7, 9),
    "senior": (10, 12),
    "nine_year": (1, 9),
    "twelve_year": (1, 12),
    "secondary": (7, 12),
    "vocational": (10, 12),
    "special": (1, 9),
}
"""The first and the last grade of a school, by its stage; one class goes through all of them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a class is: its grade, or before the first (`not_begun`) or after the last one."""

    grade: int | None
    state: str


def standing_of(stage: str, entry_year: int, school_year: int) -> Standing:
    """The grade of a class that entered in the autumn of `entry_year`, in the school year that
    begins in the autumn of `school_year`.

    Grades run from 1 to 12 through primary, junior and senior school; those of a kindergarten are
    -2, -1 and 0. `state` is ``running``, ``not_begun`` or ``graduated``. Raises KeyError for an
    unknown stage.
    """
    first, last = FIRST_AND_LAST[stage]
    grade = first + school_year - entry_year
    if grade < first:
        return Standing(None, "not_begun")
    if grade > last:
        return Standing(None, "graduated")
    return Standing(grade, "running")


def last_school_year(stage: str, entry_year: int) -> int:
    """The autumn in which the last school year of a class begins."""
    first, last = FIRST_AND_LAST[stage]
    return entry_year + last - first


def autumn_by_custom(day: date) -> int:
    """The year in whose autumn the school year of a civil date began, where no calendar says."""
    return day.year if day.month >= 9 else day.year - 1
