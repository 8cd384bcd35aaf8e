"""Reads of the register, for screens and for higher rooms."""

from schools.selectors.register import (
    county_of,
    current_unit_of,
    help_lines,
    place_of,
    school_days,
    school_year_on,
    stopped_days,
    teacher_of,
    term_on,
    unit_of,
    working_days,
)

__all__ = [
    "county_of",
    "current_unit_of",
    "help_lines",
    "place_of",
    "school_days",
    "school_year_on",
    "stopped_days",
    "teacher_of",
    "term_on",
    "unit_of",
    "working_days",
]
