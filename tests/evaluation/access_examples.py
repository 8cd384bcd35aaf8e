"""Objects of evaluation for the access sweep."""

from __future__ import annotations

from datetime import date

from evaluation.models import Scheme, Sheet, TermEvaluation
from evaluation.selectors.sheets import scheme_for
from schools.models import Teacher, Term, Unit
from tests.access.examples import Case, example
from tests.access.town import Town
from tests.mentoring.build import a_term
from tests.people import a_bureau

READERS = {"principal", "schooladmin"}
HEADS = {"principal"}
REASON = {"reason": "公示期满，无异议"}


def a_begun_term() -> Term:
    """A term that is over, of a year when nothing else happens."""
    return a_term("2024-9", date(2024, 2, 19), date(2024, 7, 6))


def a_sheet(unit: Unit, mentor: Teacher) -> Sheet:
    """A mentor's sheet of a term at the school, with one number."""
    term = a_begun_term()
    row, _made = TermEvaluation.objects.get_or_create(unit=unit, term=term, scheme=scheme_for(term))
    sheet = Sheet.objects.create(evaluation=row, mentor=mentor)
    sheet.lines.create(code="covered_days", version=1, numerator=1, denominator=2)
    return sheet


def sheets_in(town: Town) -> tuple[Sheet, Sheet, Sheet]:
    """One sheet in the own school, one in another, one in another county."""
    return (
        a_sheet(town.school, town.people["teacher"]),
        a_sheet(town.other_school, town.people["neighbour"]),
        a_sheet(town.far_school, town.people["stranger"]),
    )


@example("api:evaluation_rows", "evaluation:sheet")
def sheets(town: Town) -> list[Case]:
    ours, theirs, far = sheets_in(town)
    return [
        Case("own school", {"sheet_id": ours.pk}, READERS | {"teacher"}),
        Case("other school", {"sheet_id": theirs.pk}, {"neighbour"}),
        Case("other county", {"sheet_id": far.pk}, {"stranger"}),
    ]


@example("evaluation:rows")
def rows(town: Town) -> list[Case]:
    ours, theirs, far = sheets_in(town)
    code = {"indicator": "covered_days"}
    return [
        Case("own school", {"sheet_id": ours.pk} | code, READERS | {"teacher"}),
        Case("other school", {"sheet_id": theirs.pk} | code, {"neighbour"}),
        Case("other county", {"sheet_id": far.pk} | code, {"stranger"}),
    ]


def terms_for(town: Town, readers: set[str]) -> list[Case]:
    """The same term in the own school, in another, and in another county."""
    sheets_in(town)
    return [
        Case(place, {"unit_id": unit.pk, "term": "2024-9"}, who, body=REASON)
        for place, unit, who in (
            ("own school", town.school, readers),
            ("other school", town.other_school, set()),
            ("other county", town.far_school, set()),
        )
    ]


@example("evaluation:term", "evaluation:compute")
def terms(town: Town) -> list[Case]:
    return terms_for(town, READERS)


@example("evaluation:what_if")
def terms_to_try(town: Town) -> list[Case]:
    Scheme.objects.create(
        version=2, starts_on=date(2098, 2, 1), weights={"required_products": 1},
        floors=[9000, 7500, 5000], margin=0, effective_from=7500, notice_days=5,
    )  # fmt: skip
    return terms_for(town, READERS)


@example("evaluation:overview")
def overseen(town: Town) -> list[Case]:
    a_begun_term()
    places = (
        ("own county", town.school.parent, {"county", "bureau"}),
        ("bureau", a_bureau(), {"bureau"}),
        ("other county", town.far_school.parent, {"bureau"}),
        ("a school", town.school, set()),
    )
    return [
        Case(place, {"unit_id": unit.pk, "term": "2024-9"}, who)
        for place, unit, who in places
        if unit is not None
    ]


@example("evaluation:announce", "evaluation:freeze")
def terms_to_settle(town: Town) -> list[Case]:
    return terms_for(town, HEADS)


def evaluations(town: Town, readers: set[str]) -> list[Case]:
    """What was evaluated of the same term in three schools."""
    ours, theirs, far = sheets_in(town)
    return [
        Case("own school", {"evaluation_id": ours.evaluation_id}, readers, body=REASON),
        Case("other school", {"evaluation_id": theirs.evaluation_id}, set(), body=REASON),
        Case("other county", {"evaluation_id": far.evaluation_id}, set(), body=REASON),
    ]


@example("api:evaluation_term")
def evaluations_to_read(town: Town) -> list[Case]:
    return evaluations(town, READERS)


@example("api:evaluation_announcement", "api:evaluation_freeze")
def evaluations_to_settle(town: Town) -> list[Case]:
    return evaluations(town, HEADS)
