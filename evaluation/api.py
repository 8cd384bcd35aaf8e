"""Evaluation's part of the API: terms computed, announced and frozen; sheets and their rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from core.api import Router, idempotent, page_of
from core.openapi import refusals
from core.reasons import ReasonMissing
from evaluation import schemas, services
from evaluation.selectors.terms import (
    asked_terms,
    evaluation_by_id,
    get_school_named,
    get_term,
    standing_by_id,
)
from evaluation.services.computing import Frozen
from evaluation.services.deciding import (
    FiguresChanged,
    NobodyMentored,
    NotAnnounced,
    NotComputed,
    ObjectionsWaiting,
    Superseded,
    TermRuns,
)

router = Router(tags=["evaluation"])


@router.get("evaluation/sheets", response=schemas.SheetPage, url_name="evaluation_sheets")
def list_sheets(request: HttpRequest, asked: Query[schemas.SheetsAsked]) -> dict[str, Any]:
    """The caller's own sheets, and those of the schools that the caller leads."""
    sheets = services.open_sheets(actor=request.user, term=asked.term)
    return page_of(sheets, request, asked, schemas.sheet_out)


@router.get(
    "evaluation/sheets/{uuid:sheet_id}/rows",
    response=schemas.RowsOut,
    url_name="evaluation_rows",
)
def show_rows(
    request: HttpRequest, sheet_id: UUID, asked: Query[schemas.RowsAsked]
) -> dict[str, Any]:
    """What one number of a sheet is made of, and why every other record does not count."""
    _sheet, line, behind = services.open_rows(
        actor=request.user, sheet_id=sheet_id, code=asked.indicator
    )
    return schemas.rows_out(line, behind)


@router.get("evaluation/terms", response=schemas.TermEvaluationPage, url_name="evaluation_terms")
def list_terms(request: HttpRequest, asked: Query[schemas.TermsAsked]) -> dict[str, Any]:
    """The computed terms of the schools that the caller leads, and how far each is."""
    found = asked_terms(viewer=request.user, term=asked.term)
    return page_of(found, request, asked, schemas.standing_out)


@router.post(
    "evaluation/terms",
    response={202: schemas.TermEvaluationOut},
    url_name="evaluation_terms",
    openapi_extra=refusals(Frozen),
)
@idempotent
def compute(request: HttpRequest, body: schemas.TermIn) -> tuple[int, dict[str, Any]]:
    """Have a job compute the sheets of a school's term; asking while one waits starts no other."""
    unit = get_school_named(viewer=request.user, key=body.school)
    row = services.compute_sheets(actor=request.user, unit=unit, term=get_term(body.term))
    return 202, _standing(request, row.pk)


@router.get(
    "evaluation/terms/{uuid:evaluation_id}",
    response=schemas.TermEvaluationOut,
    url_name="evaluation_term",
)
def show_term(request: HttpRequest, evaluation_id: UUID) -> dict[str, Any]:
    """How far a school's term is."""
    return _standing(request, evaluation_id)


@router.post(
    "evaluation/terms/{uuid:evaluation_id}/announcement",
    response=schemas.TermEvaluationOut,
    url_name="evaluation_announcement",
    openapi_extra=refusals(Superseded, TermRuns, NotComputed, NobodyMentored),
)
@idempotent
def announce(request: HttpRequest, evaluation_id: UUID) -> dict[str, Any]:
    """Put the sheets that stand on notice, and tell every mentor."""
    row = evaluation_by_id(viewer=request.user, evaluation_id=evaluation_id)
    services.announce_sheets(actor=request.user, evaluation=row)
    return _standing(request, evaluation_id)


@router.post(
    "evaluation/terms/{uuid:evaluation_id}/freeze",
    response=schemas.TermEvaluationOut,
    url_name="evaluation_freeze",
    openapi_extra=refusals(
        ReasonMissing, Superseded, NotAnnounced, ObjectionsWaiting, FiguresChanged, Frozen
    ),
)
@idempotent
def freeze(request: HttpRequest, evaluation_id: UUID, body: schemas.FreezeIn) -> dict[str, Any]:
    """Keep the sheets whose notice is over for ever, chained within the term."""
    row = evaluation_by_id(viewer=request.user, evaluation_id=evaluation_id)
    services.freeze_sheets(actor=request.user, evaluation=row, reason=body.reason)
    return _standing(request, evaluation_id)


def _standing(request: HttpRequest, evaluation_id: UUID) -> dict[str, Any]:
    return schemas.standing_out(standing_by_id(viewer=request.user, evaluation_id=evaluation_id))
