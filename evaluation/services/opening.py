"""Looking at sheets leaves a trace, in the transaction that reads them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from core import audit
from evaluation.models import Objection, Sheet, SheetLine
from evaluation.permissions import READERS, is_own_objection
from evaluation.rules.standing import TermStage
from evaluation.selectors.objections import get_objection_for
from evaluation.selectors.reading import get_sheet_for, line_of, sheets_for
from evaluation.selectors.terms import Standing, get_school_for, get_term, standing_of
from schools.permissions import scope_of


@transaction.atomic
def open_sheets(*, actor: Any, term: str = "") -> Any:
    """The sheets that the actor may read, in order; a look at those of others leaves a trace."""
    sheets = sheets_for(viewer=actor, term=term)
    scope = scope_of(actor)
    for path in scope.paths(*READERS):
        audit.record(actor, "evaluation.open_sheets", unit_path=path, basis="post", term=term)
    return sheets


@transaction.atomic
def open_term(*, actor: Any, unit_id: UUID, term: str) -> Standing:
    """How far a school's term is; where it has sheets the look at them leaves a trace.

    Raises Missing.
    """
    unit = get_school_for(viewer=actor, unit_id=unit_id)
    standing = standing_of(unit, get_term(term))
    if standing.has_sheets and standing.stage != TermStage.COMPUTING:
        audit.record(
            actor, "evaluation.open_sheets", standing.evaluation, unit=unit, basis="post", term=term
        )
    return standing


@transaction.atomic
def open_sheet(*, actor: Any, sheet_id: UUID) -> Sheet:
    """One sheet; a look at somebody else's leaves a trace. Raises Missing."""
    sheet = get_sheet_for(viewer=actor, sheet_id=sheet_id)
    own = scope_of(actor).teacher
    if own is None or sheet.mentor_id != own.pk:
        unit = sheet.evaluation.unit
        audit.record(actor, "evaluation.open_sheets", sheet, unit=unit, basis="post")
    return sheet


@transaction.atomic
def open_rows(*, actor: Any, sheet_id: UUID, code: str) -> tuple[Sheet, SheetLine, SheetLine]:
    """A sheet, one of its numbers, and the line whose rows it is taken from. Raises Missing."""
    sheet = get_sheet_for(viewer=actor, sheet_id=sheet_id)
    line, behind = line_of(sheet, code)
    audit.record(
        actor, "evaluation.open_rows", sheet, unit=sheet.evaluation.unit, indicator=line.code
    )
    return sheet, line, behind


@transaction.atomic
def open_objection(*, actor: Any, objection_id: UUID) -> Objection:
    """One objection with its words; a look at somebody else's leaves a trace. Raises Missing."""
    objection = get_objection_for(viewer=actor, objection_id=objection_id)
    if not is_own_objection(actor, objection):
        unit = objection.announcement.evaluation.unit
        audit.record(actor, "evaluation.open_objection", objection, unit=unit, basis="post")
    return objection
