"""Objects of evaluation for the access sweep."""

from __future__ import annotations

from datetime import date

from evaluation.models import Sheet, TermEvaluation
from evaluation.selectors.sheets import scheme_for
from schools.models import Teacher, Unit
from tests.access.examples import Case, example
from tests.access.town import Town
from tests.mentoring.build import a_term

READERS = {"principal", "schooladmin"}


def a_sheet(unit: Unit, mentor: Teacher) -> Sheet:
    """A mentor's sheet of a term at the school, with one number."""
    term = a_term("2099-1", date(2099, 2, 16), date(2099, 7, 11))
    row, _made = TermEvaluation.objects.get_or_create(unit=unit, term=term, scheme=scheme_for(term))
    sheet = Sheet.objects.create(evaluation=row, mentor=mentor)
    sheet.lines.create(code="covered_days", version=1, numerator=1, denominator=2)
    return sheet


@example("api:evaluation_rows")
def sheets(town: Town) -> list[Case]:
    ours = a_sheet(town.school, town.people["teacher"])
    theirs = a_sheet(town.other_school, town.people["neighbour"])
    far = a_sheet(town.far_school, town.people["stranger"])
    return [
        Case("own school", {"sheet_id": ours.pk}, READERS | {"teacher"}),
        Case("other school", {"sheet_id": theirs.pk}, {"neighbour"}),
        Case("other county", {"sheet_id": far.pk}, {"stranger"}),
    ]
