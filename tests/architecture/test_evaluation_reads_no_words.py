"""Pay hangs on facts of contact: evaluation reaches no text, no category, no tier, no score."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

ROOT = Path(settings.BASE_DIR)
SOURCES = sorted(
    path for path in (ROOT / "evaluation").rglob("*.py") if "migrations" not in path.parts
)
DOORS = ("mentoring.selectors.records", "mentoring.rules.")
"""What evaluation takes from mentoring: bare facts, and the rules of counting."""
TABLES = {
    "certification_qualification",
    "mentoring_carecadence",
    "mentoring_contact",
    "mentoring_contactpupil",
    "mentoring_contactvoid",
    "mentoring_mentorassignment",
    "mentoring_ruleset",
    "schools_calendarday",
    "schools_classmembership",
    "schools_pupil",
    "schools_schoolclass",
    "schools_term",
}
COLUMNS = {
    "id",
    "pupil_id",
    "mentor_id",
    "unit_id",
    "teacher_id",
    "contact_id",
    "household_id",
    "school_class_id",
    "starts_on",
    "ends_on",
    "day",
    "kind",
    "outcome",
    "occurred_at",
    "recorded_at",
    "escalated",
    "days",
    "weight",
    "cadence_days",
    "care_weight",
}
NAME = re.compile(r'"(\w+)"')
OF_THE_QUERY = re.compile(r"[A-Z]\d+|is_void|\w+__\w+|pupil|pk|a")
"""Names that a query gives to its own parts."""


def imported(source: str) -> set[str]:
    tree = ast.parse(source)
    found = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_evaluation_takes_bare_facts_from_mentoring_and_nothing_from_the_locked_room(path):
    names = imported(path.read_text(encoding="utf-8"))
    assert [name for name in names if name.startswith("wellbeing")] == []
    of_mentoring = {name for name in names if name.startswith("mentoring")}
    assert {name for name in of_mentoring if not name.startswith(DOORS)} == set()


@pytest.mark.django_db
def test_what_the_database_is_asked_for_is_exactly_this():
    from core import clock
    from evaluation.selectors.sheets import scheme_for, sheets_of_term
    from tests.evaluation.build import JULY, a_worked_term

    school = a_worked_term()
    scheme = scheme_for(school.term)
    with clock.frozen(JULY), CaptureQueriesContext(connection) as asked:
        sheets_of_term(school.unit, school.term, scheme)
    named = {name for query in asked.captured_queries for name in NAME.findall(query["sql"])}
    assert {name for name in named if not OF_THE_QUERY.fullmatch(name)} - COLUMNS == TABLES
