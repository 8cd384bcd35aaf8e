"""The grade of a class follows from its entry year; nobody has to move it up."""

from __future__ import annotations

import pytest

from schools.models import Stage
from schools.rules.grades import FIRST_AND_LAST, Standing, last_school_year, standing_of


@pytest.mark.parametrize(
    ("stage", "entry_year", "grade"),
    [
        ("primary", 2026, 1),
        ("primary", 2021, 6),
        ("junior", 2026, 7),
        ("junior", 2024, 9),
        ("senior", 2025, 11),
        ("nine_year", 2020, 7),
        ("twelve_year", 2015, 12),
        ("secondary", 2023, 10),
        ("vocational", 2026, 10),
        ("special", 2018, 9),
        ("kindergarten", 2026, -2),
        ("kindergarten", 2024, 0),
    ],
)
def test_a_running_class_has_the_grade_of_its_years(stage: str, entry_year: int, grade: int):
    assert standing_of(stage, entry_year, 2026) == Standing(grade, "running")


def test_a_class_of_next_autumn_has_not_begun():
    assert standing_of("primary", 2027, 2026) == Standing(None, "not_begun")


def test_a_primary_class_has_graduated_after_six_years():
    assert standing_of("primary", 2021, 2026).grade == 6
    assert standing_of("primary", 2020, 2026) == Standing(None, "graduated")
    assert last_school_year("primary", 2020) == 2025


def test_a_junior_class_that_began_in_2024_ends_in_the_year_of_2026():
    assert last_school_year("junior", 2024) == 2026


def test_every_stage_of_a_school_has_its_grades():
    assert set(FIRST_AND_LAST) == set(Stage.values)
