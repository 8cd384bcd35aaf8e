"""Objects of evaluation for the access sweep."""

from __future__ import annotations

from datetime import date, timedelta

from core import clock
from evaluation.models import Announcement, Objection, Scheme, Sheet, TermEvaluation
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


def a_notice(sheet: Sheet) -> Announcement:
    """The sheet's figures, on notice today."""
    row, today = sheet.evaluation, clock.today()
    row.sha256, row.computed_at, row.as_of = "a" * 64, clock.now(), row.term.ends_on
    row.save()
    return Announcement.objects.create(
        evaluation=row, sha256=row.sha256, announced_on=today, open_until=today + timedelta(days=7)
    )


def an_objection(sheet: Sheet) -> Objection:
    """The mentor's objection to the one number of the sheet."""
    return Objection.objects.create(
        announcement=a_notice(sheet), mentor=sheet.mentor, indicator="covered_days",
        numerator=1, denominator=2, sha256="b" * 64, reason="三月的谈话没有算进去",
    )  # fmt: skip


@example("evaluation:object")
def figures_to_object_to(town: Town) -> list[Case]:
    ours, theirs, far = sheets_in(town)
    for sheet in (ours, theirs, far):
        a_notice(sheet)
    code = {"indicator": "covered_days"}
    body = {"reason": "三月的谈话没有算进去"}
    return [
        Case("own school", {"sheet_id": ours.pk} | code, {"teacher"}, body=body),
        Case("other school", {"sheet_id": theirs.pk} | code, {"neighbour"}, body=body),
        Case("other county", {"sheet_id": far.pk} | code, {"stranger"}, body=body),
    ]


def objections_for(town: Town, own: bool, heads: set[str]) -> list[Case]:
    """An objection in the own school, in another, and in another county."""
    body = {"outcome": "dismissed", "reason": "当天的签到里没有"}
    mentors = [{name} if own else set() for name in ("teacher", "neighbour", "stranger")]
    places = ("own school", "other school", "other county")
    return [
        Case(place, {"objection_id": an_objection(sheet).pk}, who | mentor, body=body)
        for place, sheet, mentor, who in zip(
            places, sheets_in(town), mentors, (heads, set(), set()), strict=True
        )
    ]


@example("evaluation:objection")
def objections_to_read(town: Town) -> list[Case]:
    return objections_for(town, own=True, heads=HEADS)


@example("evaluation:answer_objection")
def objections_to_answer(town: Town) -> list[Case]:
    return objections_for(town, own=False, heads=HEADS)


@example("evaluation:withdraw_objection")
def objections_to_withdraw(town: Town) -> list[Case]:
    return objections_for(town, own=True, heads=set())


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
